import { FileError } from "../../errors.js";
import type { Network } from "../../network/network.js";
import { readBytes } from "../file.js";
import { Hdf5File } from "../hdf5/hdf5-file.js";
import { parseJson } from "../json.js";
import type { LoadOptions } from "../options.js";
import { architecture } from "./architecture.js";
import { keras3Archive } from "./archive.js";
import { build } from "./build.js";
import { KerasWeightsFile } from "./weights-file.js";

/**
 * A network from a whole Keras model: `.keras`, or `.h5` as Keras 2 and 3 save it; Sequential or Functional, with
 * channels last.
 *
 * A layer's name is Keras's. An activation that is part of a layer becomes a layer of its own: `conv1` with
 * activation "relu" is followed by `conv1_relu`. Padding "same" is worked out for the input's size, a `Rescaling`
 * becomes a batch norm.
 *
 * @param path the file
 * @param options.inputSize height and width, where the model leaves them open
 * @param options.preprocessing the file cannot say it: without it `forward` takes only maps preprocessed by hand
 * @throws {UnsupportedLayerError} for a layer type or setting that is not known, before weights are read
 * @throws {FileError} when the file is missing, damaged or not what it claims
 * @example
 * const net = await loadKeras("test/reference/models/keras3-sequential.keras");
 */
export async function loadKeras(path: string, options: LoadOptions = {}): Promise<Network> {
  const where = "loadKeras";
  const bytes = await readBytes(where, path, options);
  const archive = startsWith(bytes, "PK") ? keras3Archive(where, path, bytes) : undefined;
  const hdf5 = await openHdf5(where, path, archive?.weights ?? bytes, options);
  try {
    const config = archive?.config ?? hdf5.group("")?.texts.model_config;
    if (typeof config !== "string") {
      const sentence =
        "holds weights alone, without the model's layers; use loadKerasWeights with a definition";
      throw new FileError(where, path, "malformed", sentence);
    }
    const described = architecture(
      where,
      path,
      parseJson(where, path, config, "its description of the model"),
    );
    return await build(where, described, new KerasWeightsFile(where, path, hdf5).find, options);
  } finally {
    await hdf5.close();
  }
}

/** Opens bytes as HDF5 after a look at how they begin. */
export async function openHdf5(
  where: string,
  path: string,
  bytes: Uint8Array,
  options: LoadOptions,
): Promise<Hdf5File> {
  if (!startsWith(bytes, "\x89HDF\r\n\x1a\n")) {
    throw new FileError(
      where,
      path,
      "malformed",
      "is no Keras file: neither HDF5 (.h5) nor a zip archive (.keras)",
    );
  }
  return Hdf5File.open(where, path, bytes, options);
}

function startsWith(bytes: Uint8Array, signature: string): boolean {
  return [...signature].every((letter, i) => bytes[i] === letter.charCodeAt(0));
}
