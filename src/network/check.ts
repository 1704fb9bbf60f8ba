import { ArgumentError, ShapeError, UnknownNameError } from "../errors.js";
import { channelsOf } from "../image/channel-order.js";
import { inputName } from "./graph.js";
import type { Layer, Sliding } from "./layer.js";
import type { Network } from "./network.js";
import { parameterShapes } from "./parameters.js";

/**
 * Returns the network as it is, after checking that it is one: names unique, every layer after those it
 * reads, geometry in whole numbers, shapes that fit, weights (where there are any) of the right length.
 *
 * @throws {ArgumentError} for a name used twice, a number out of range, or a preprocessing for other channels
 * @throws {ShapeError} for shapes or weights that do not fit
 */
export function checkNetwork(network: Network): Network {
  const { height, width, channels } = network.input;
  for (const side of [height, width, channels]) whole(network.name, "input size", side, 1);
  checkPreprocessing(network);
  const names = new Set<string>([inputName]);
  for (const layer of network.layers) {
    if (names.has(layer.name))
      throw new ArgumentError(network.name, "layer name", layer.name, "a name of its own");
    for (const input of layer.inputs) {
      if (!names.has(input)) throw new UnknownNameError(layer.name, "earlier layer", input, [...names]);
    }
    names.add(layer.name);
    checkGeometry(layer);
  }
  const wanted = parameterShapes(network);
  for (const [name, weights] of network.weights) {
    const parts = wanted.get(name);
    if (!parts) throw new UnknownNameError(network.name, "layer with weights", name, [...wanted.keys()]);
    for (const [part, shape] of Object.entries(parts)) {
      const values = weights[part as keyof typeof weights];
      const length = shape.reduce((a, b) => a * b, 1);
      if (!values && part === "bias") continue;
      if (values?.length !== length) {
        throw new ShapeError(name, part, [values?.length ?? 0], `${length} values for [${shape.join(",")}]`);
      }
    }
  }
  return network;
}

function checkPreprocessing({ name, input: { channels, preprocessing } }: Network): void {
  if (!preprocessing) return;
  const { channelOrder } = preprocessing;
  if (channelsOf(name, channelOrder) === channels) return;
  throw new ArgumentError(
    name,
    "preprocessing.channelOrder",
    channelOrder,
    `one for the network's ${channels} input channel${channels === 1 ? "" : "s"}`,
  );
}

function checkGeometry(layer: Layer): void {
  const check = (what: string, numbers: readonly number[], least: number): void => {
    for (const n of numbers) whole(layer.name, what, n, least);
  };
  switch (layer.kind) {
    case "convolution":
      check("channels, dilation or groups", [layer.channels, ...layer.dilation, layer.groups], 1);
      checkSliding(layer, check);
      return;
    case "maxPool":
    case "averagePool":
      checkSliding(layer, check);
      return;
    case "dense":
      check("channels", [layer.channels], 1);
      return;
    case "zeroPad":
      check("padding", [...(Object.values(layer.padding) as number[]), ...layer.channels], 0);
      return;
    case "localResponseNorm":
      check("size", [layer.size], 1);
  }
}

function checkSliding(
  layer: Sliding,
  check: (what: string, numbers: readonly number[], least: number) => void,
): void {
  check("window size or stride", [...layer.size, ...layer.stride], 1);
  check("padding", Object.values(layer.padding) as number[], 0);
}

function whole(where: string, argument: string, got: number, least: number): void {
  if (!Number.isSafeInteger(got) || got < least)
    throw new ArgumentError(where, argument, got, `a whole number of at least ${least}`);
}
