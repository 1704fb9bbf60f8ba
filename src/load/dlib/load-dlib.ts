import { basename, extname } from "node:path";
import { ArgumentError, UnsupportedLayerError } from "../../errors.js";
import type { Network, NetworkInput } from "../../network/network.js";
import { Draft } from "../draft.js";
import { readBytes } from "../file.js";
import type { LoadOptions } from "../options.js";
import { buildStack, type Stacked } from "./build.js";
import { DlibBytes } from "./bytes.js";
import { readLayer } from "./layers.js";

/** More layers than any network has; a damaged file may claim more. */
const mostLayers = 10_000;

/**
 * A network from a dlib file (`.dnn`): a classifier for RGB pictures, made of convolutions, affine layers (what dlib
 * makes of batch norms for use), ReLUs, pools, dense layers and dlib's residual blocks. Its loss becomes a softmax.
 *
 * The file names no layers: they are called by type and number from the picture upwards, `con1`, `affine1`, `relu1`,
 * `max_pool1`, `con2`, … Preprocessing and, where the file has them, the classes are the file's own.
 *
 * @param path the file
 * @param options.inputSize height and width, where the file leaves them open
 * @throws {UnsupportedLayerError} for a layer type that is not known, before weights are read
 * @throws {FileError} when the file is missing, damaged or not what it claims
 * @example
 * const net = await loadDlib(await fetchWeights("resnet34"));
 * net.classes.length; // 1000
 */
export async function loadDlib(path: string, options: LoadOptions = {}): Promise<Network> {
  const bytes = new DlibBytes(path, await readBytes("loadDlib", path, options));
  bytes.expect(1, "a network of version");
  const loss = bytes.text();
  if (!loss.startsWith("loss_")) bytes.fail("malformed", "is no dlib network");
  if (loss !== "loss_multiclass_log_") {
    throw new UnsupportedLayerError("loadDlib", loss, "the loss", "only loss_multiclass_log_ is known");
  }
  const stack = readStack(bytes, options);
  const classes = options.classes ?? readClasses(bytes);
  const draft = new Draft(stack.input);
  const last = buildStack(draft, stack.stacked);
  draft.add({ kind: "softmax", name: "softmax", inputs: [last] });
  return draft.finish(options.name ?? basename(path, extname(path)), { ...options, classes });
}

/**
 * The layers, from the picture upwards. First their kinds stand there, from the top down: version 2 is a layer that
 * computes, version 1 a mark; then the input; then what each layer is, from the picture up.
 */
function readStack(
  bytes: DlibBytes,
  options: LoadOptions,
): { readonly input: NetworkInput; readonly stacked: readonly Stacked[] } {
  const kinds: number[] = [];
  for (let version = bytes.peek(); version === 1 || version === 2; version = bytes.peek()) {
    kinds.push(bytes.integer());
    if (kinds.length > mostLayers) bytes.fail("malformed", `has more than ${mostLayers} layers`);
  }
  const input = readInput(bytes, options);
  let place = 0;
  const stacked = kinds.reverse().map((kind): Stacked => {
    options.signal?.throwIfAborted();
    return kind === 1 ? { kind: "mark" } : { kind: "layer", layer: readLayer(bytes, ++place) };
  });
  return { input, stacked };
}

/** dlib takes the mean colour from each pixel and divides by 256. */
function readInput(bytes: DlibBytes, options: LoadOptions): NetworkInput {
  const type = bytes.text();
  if (type !== "input_rgb_image" && type !== "input_rgb_image_sized") {
    const reason = "only input_rgb_image and input_rgb_image_sized are known";
    throw new UnsupportedLayerError("loadDlib", type, "the input", reason);
  }
  const mean = [bytes.real(), bytes.real(), bytes.real()];
  const stated = type === "input_rgb_image_sized" ? ([bytes.integer(), bytes.integer()] as const) : undefined;
  const size = options.inputSize ?? stated;
  if (size === undefined) {
    throw new ArgumentError(
      "loadDlib",
      "inputSize",
      undefined,
      "[height, width], for the file leaves its size open",
    );
  }
  const preprocessing = options.preprocessing ?? {
    channelOrder: "rgb",
    scale: 1,
    mean,
    deviation: [256, 256, 256],
  };
  return { height: size[0], width: size[1], channels: 3, preprocessing };
}

/** The words after the network, if any. */
function readClasses(bytes: DlibBytes): readonly string[] | undefined {
  if (bytes.left === 0) return undefined;
  const count = bytes.integer();
  if (count < 0 || count > bytes.left) bytes.fail("truncated", `claims ${count} classes`);
  const classes = Array.from({ length: count }, () => bytes.text());
  if (bytes.left > 0) bytes.fail("malformed", `goes on for ${bytes.left} bytes after its end`);
  return classes;
}
