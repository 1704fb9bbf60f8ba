import { UnknownNameError } from "../errors.js";
import type { Layer } from "./layer.js";
import type { Network } from "./network.js";

/** The name that stands for the picture itself in a layer's `inputs`. */
export const inputName = "input";

/** The layer of that name. @throws {UnknownNameError} listing the right names, nearest first */
export function layerNamed(network: Network, name: string): Layer {
  const layer = network.layers.find((one) => one.name === name);
  if (layer) return layer;
  throw new UnknownNameError(
    network.name,
    "layer",
    name,
    network.layers.map((one) => one.name),
  );
}

/** The layers that read the layer of that name (or `"input"`). */
export function readersOf(network: Network, name: string): readonly Layer[] {
  return network.layers.filter((one) => one.inputs.includes(name));
}

/**
 * The layer whose output a name means. A convolution, dense layer or batch norm that is followed, through
 * batch norm only and without a fork, by a ReLU means that ReLU's output, as "conv5_1" does in the field;
 * every other name means its own layer's.
 */
export function outputOf(network: Network, name: string): Layer {
  const named = layerNamed(network, name);
  if (named.kind !== "convolution" && named.kind !== "dense" && named.kind !== "batchNorm") return named;
  for (let layer: Layer = named; ; ) {
    const readers = readersOf(network, layer.name);
    if (readers.length !== 1) return named;
    layer = readers[0];
    if (layer.kind === "relu") return layer;
    if (layer.kind !== "batchNorm") return named;
  }
}

/**
 * The names people use: of every layer, the one that stands for its output. A ReLU goes by the name of the
 * convolution, dense layer or batch norm that it rectifies; the layers in between have no output of their own.
 */
export function outputNames(network: Network): ReadonlyMap<string, Layer> {
  const names = new Map<string, Layer>();
  const taken = new Set<Layer>();
  for (const layer of network.layers) {
    const output = outputOf(network, layer.name);
    if (taken.has(output)) continue;
    taken.add(output);
    names.set(layer.name, output);
  }
  return names;
}

/** The ReLU that alone reads a layer of filters; undefined where there is none, or the layer has no filters. */
export function rectifierOf(network: Network, layer: Layer): Layer | undefined {
  if (layer.kind !== "convolution" && layer.kind !== "dense") return undefined;
  const readers = readersOf(network, layer.name);
  return readers.length === 1 && readers[0].kind === "relu" ? readers[0] : undefined;
}

/** That layer and all below it, as names: everything a signal from it can pass on its way down. */
export function below(network: Network, name: string): ReadonlySet<string> {
  const found = new Set([name]);
  for (const layer of [...network.layers].reverse()) {
    if (found.has(layer.name)) for (const input of layer.inputs) found.add(input);
  }
  return found;
}
