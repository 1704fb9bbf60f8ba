import { FileError } from "../../errors.js";
import type { Network } from "../../network/network.js";
import { readBytes } from "../file.js";
import { parseJson } from "../json.js";
import { architecture } from "../keras/architecture.js";
import { build } from "../keras/build.js";
import type { FindArrays } from "../keras/layer-reader.js";
import { isPart } from "../keras/weights-file.js";
import type { LoadOptions } from "../options.js";
import { type ManifestArray, manifestArrays } from "./manifest.js";

const where = "loadLayersModel";

/**
 * A network from a tfjs LayersModel: `model.json` and its weights beside it, as `model.save` or tensorflowjs_converter
 * write them. Layers are read as `loadKeras` reads them. Quantized weights become what tfjs makes of them.
 *
 * @param path of model.json; its weights must lie in the same folder or below
 * @param options.inputSize height and width, where the model leaves them open
 * @param options.preprocessing the file cannot say it: without it `forward` takes only maps preprocessed by hand
 * @throws {UnsupportedLayerError} for a layer type or setting that is not known, before weights are read
 * @throws {FileError} when a file is missing, damaged, not what it claims or outside the folder
 * @example
 * const net = await loadLayersModel("test/reference/models/tfjs-sequential/model.json");
 */
export async function loadLayersModel(path: string, options: LoadOptions = {}): Promise<Network> {
  const text = new TextDecoder().decode(await readBytes(where, path, options));
  const model = parseJson(where, path, text, "it") as Readonly<Record<string, unknown>> | null;
  if (typeof model !== "object" || model === null || !("modelTopology" in model)) {
    throw new FileError(where, path, "malformed", "holds no modelTopology; is it a model.json?");
  }
  if (model.format === "graph-model") {
    const sentence = "is a graph model, whose layers are gone; export a layers model, or ONNX";
    throw new FileError(where, path, "malformed", sentence);
  }
  const topology = model.modelTopology as Readonly<Record<string, unknown>> | null;
  const described = architecture(where, path, topology?.model_config ?? topology);
  return build(
    where,
    described,
    finder(path, await manifestArrays(path, model.weightsManifest ?? [])),
    options,
  );
}

/** Finds arrays by names like `conv1/kernel`, which may have a model's name in front. */
function finder(path: string, arrays: readonly ManifestArray[]): FindArrays {
  const byLayer = new Map<string, ManifestArray[]>();
  for (const array of arrays) {
    const layer = array.name.split("/").at(-2) ?? "";
    byLayer.set(layer, [...(byLayer.get(layer) ?? []), array]);
  }
  return ({ name }, parts) => {
    const here = byLayer.get(name) ?? [];
    return parts.map((part) => {
      const found = here.filter((array) => isPart(array.name, part));
      if (found.length === 1) return found[0];
      const sentence = `has ${found.length} weights ${JSON.stringify(part)} of layer ${JSON.stringify(name)}, wanted one`;
      throw new FileError(where, path, "malformed", sentence);
    });
  };
}
