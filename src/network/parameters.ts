import type { Shape } from "../maps.js";
import type { Layer, LayerWeights } from "./layer.js";
import type { Network } from "./network.js";
import { shapes } from "./shapes.js";

/** The shape of each part of a layer's weights; `bias` may be left out of the weights themselves. */
export type ParameterShapes = { readonly [part in keyof LayerWeights]?: readonly number[] };

/** The shapes of all weights by layer name; layers without weights have no entry. */
export function parameterShapes(network: Network): ReadonlyMap<string, ParameterShapes> {
  const outputs = shapes(network);
  const found = new Map<string, ParameterShapes>();
  for (const layer of network.layers) {
    const parts = layerParameters(layer, outputs.get(layer.inputs[0])!);
    if (Object.keys(parts).length > 0) found.set(layer.name, parts);
  }
  return found;
}

/** The shapes of one layer's weights, given its input's shape. */
export function layerParameters(layer: Layer, input: Shape): ParameterShapes {
  switch (layer.kind) {
    case "convolution":
      return { filters: [...layer.size, input[2] / layer.groups, layer.channels], bias: [layer.channels] };
    case "dense":
      return { filters: [input[2], layer.channels], bias: [layer.channels] };
    case "batchNorm":
      return { scale: [input[2]], offset: [input[2]], mean: [input[2]], variance: [input[2]] };
    default:
      return {};
  }
}

/**
 * How many numbers the network has, biases included.
 *
 * @example
 * parameterCount(zfnet()); // 62357608
 */
export function parameterCount(network: Network): number {
  let count = 0;
  for (const parts of parameterShapes(network).values()) {
    for (const shape of Object.values(parts)) count += shape.reduce((a, b) => a * b, 1);
  }
  return count;
}
