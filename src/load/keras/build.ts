import { ArgumentError } from "../../errors.js";
import { inputName } from "../../network/graph.js";
import type { Network, NetworkInput } from "../../network/network.js";
import { Draft, unknownType } from "../draft.js";
import type { LoadOptions } from "../options.js";
import type { Architecture } from "./architecture.js";
import { type FindArrays, type LayerOutput, LayerReader } from "./layer-reader.js";
import { layerTypes } from "./layer-types.js";

/**
 * A network from a Keras model's description and its weights.
 *
 * @throws {UnsupportedLayerError} for a layer type or setting that is not known, before weights are read
 */
export async function build(
  where: string,
  architecture: Architecture,
  find: FindArrays,
  options: LoadOptions,
): Promise<Network> {
  for (const { type, name } of architecture.layers) {
    if (type !== "InputLayer" && !layerTypes.has(type)) {
      throw unknownType(where, type, name, ["InputLayer", ...layerTypes.keys()]);
    }
  }
  const { inputShape } = architecture;
  const draft = new Draft(networkInput(where, inputShape, options));
  const outputs = new Map<string, LayerOutput>();
  for (const layer of architecture.layers) {
    options.signal?.throwIfAborted();
    if (layer.type === "InputLayer") {
      outputs.set(layer.name, { output: inputName, flat: inputShape.length === 2 });
      continue;
    }
    const inputs = layer.inputs.map((name) => outputs.get(name)!);
    const reader = new LayerReader(where, draft, layer, inputs, find);
    layerTypes.get(layer.type)!(reader);
    outputs.set(layer.name, { output: reader.output, flat: reader.flat });
  }
  return draft.finish(options.name ?? (architecture.name || "keras model"), options);
}

function networkInput(
  where: string,
  inputShape: Architecture["inputShape"],
  { inputSize, preprocessing }: LoadOptions,
): NetworkInput {
  const [stated, channels] =
    inputShape.length === 2 ? [[1, 1], inputShape[1]] : [[inputShape[1], inputShape[2]], inputShape[3]];
  const [height, width] = inputSize ?? stated;
  if (height === null || width === null) {
    throw new ArgumentError(
      where,
      "inputSize",
      inputSize,
      "[height, width], for the model leaves its size open",
    );
  }
  if (channels === null) throw new ArgumentError(where, "channels", null, "a model that says its channels");
  return { height, width, channels, ...(preprocessing ? { preprocessing } : {}) };
}
