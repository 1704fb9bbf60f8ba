import { ShapeError } from "../../errors.js";
import { checkNetwork } from "../../network/check.js";
import type { Layer, LayerWeights } from "../../network/layer.js";
import type { Network } from "../../network/network.js";
import { type ParameterShapes, parameterShapes } from "../../network/parameters.js";
import type { Work } from "../../work.js";
import { readBytes } from "../file.js";
import { openHdf5 } from "./load-keras.js";
import { KerasWeightsFile, type Sought } from "./weights-file.js";

/** How weights are read into a definition. */
export interface LoadKerasWeightsOptions extends Work {
  /** What the file calls a layer, by the definition's name for it; where left out, both call it alike. */
  readonly names?: Readonly<Record<string, string>>;
}

/** What Keras calls a layer of each kind that has weights, in its counting. */
const counted: Partial<Record<Layer["kind"], string>> = {
  convolution: "conv2d",
  dense: "dense",
  batchNorm: "batch_normalization",
};

/** Keras's arrays of a kind, and what they are called here. */
const parts: Partial<
  Record<Layer["kind"], readonly (readonly [theirs: string, ours: keyof LayerWeights])[]>
> = {
  convolution: [
    ["kernel", "filters"],
    ["bias", "bias"],
  ],
  dense: [
    ["kernel", "filters"],
    ["bias", "bias"],
  ],
  batchNorm: [
    ["gamma", "scale"],
    ["beta", "offset"],
    ["moving_mean", "mean"],
    ["moving_variance", "variance"],
  ],
};

/**
 * A definition with the weights of a Keras weights file: `.weights.h5` of Keras 3, or `.h5` of Keras 2. What else is
 * in the file is left alone.
 *
 * A layer is found by its name; where the file names none, by its place among the layers of its type. Flattening
 * becomes Keras's own, cell by cell, since the dense weights after it were trained so.
 *
 * @param path the file
 * @param network the definition
 * @param options names, and what every long work takes
 * @param options.names what the file calls a layer: its name there, or its path in a Keras 3 file
 * @returns the definition with weights for every layer that has any
 * @throws {UnknownNameError} for a layer that is not in the file; it lists those that are
 * @throws {ShapeError} where the file's weights have another shape
 * @throws {FileError} when the file is missing, damaged or not what it claims
 * @example
 * const vgg = vgg16Definition();
 * const convolutions = vgg.layers.filter(({ kind }) => kind === "convolution");
 * const names = Object.fromEntries(convolutions.map(({ name }) => [name, name.replace("conv", "block").replace("_", "_conv")]));
 * const net = await loadKerasWeights(await fetchWeights("hed"), { ...vgg, weights: new Map() }, { names });
 * net.weights.size; // 13
 */
export async function loadKerasWeights(
  path: string,
  network: Network,
  { names = {}, ...work }: LoadKerasWeightsOptions = {},
): Promise<Network> {
  const where = "loadKerasWeights";
  const hdf5 = await openHdf5(where, path, await readBytes(where, path, work), work);
  try {
    const file = new KerasWeightsFile(where, path, hdf5);
    const wanted = parameterShapes(network);
    const weights = new Map<string, LayerWeights>();
    const counts = new Map<string, number>();
    for (const layer of network.layers) {
      const shapes = wanted.get(layer.name);
      const type = counted[layer.kind];
      if (shapes === undefined || type === undefined) continue;
      const count = counts.get(type) ?? 0;
      counts.set(type, count + 1);
      const name = Object.hasOwn(names, layer.name) ? names[layer.name] : layer.name;
      const sought = { name, counted: count === 0 ? type : `${type}_${count}` };
      weights.set(layer.name, await layerWeights(file, layer, sought, shapes, work));
      work.progress?.(weights.size, wanted.size, `read ${network.name}`);
    }
    const layers = network.layers.map(
      (layer): Layer => (layer.kind === "flatten" ? { ...layer, order: "hwc" } : layer),
    );
    return checkNetwork({ ...network, layers, weights });
  } finally {
    await hdf5.close();
  }
}

async function layerWeights(
  file: KerasWeightsFile,
  layer: Layer,
  sought: Sought,
  shapes: ParameterShapes,
  work: Work,
): Promise<LayerWeights> {
  const all = parts[layer.kind]!;
  // A layer may lack its bias; a batch norm its scale and offset, which come first.
  const optional = layer.kind === "batchNorm" ? -2 : 1;
  const present = file.present(
    sought,
    all.map(([theirs]) => theirs),
    optional,
  );
  const here = all.filter(([theirs]) => present.includes(theirs));
  const arrays = file.arrays(sought, present);
  const read: { -readonly [part in keyof LayerWeights]: Float32Array } = {};
  if (layer.kind === "batchNorm") {
    const [channels] = shapes.scale!;
    Object.assign(read, { scale: new Float32Array(channels).fill(1), offset: new Float32Array(channels) });
  }
  for (const [i, [theirs, ours]] of here.entries()) {
    const { shape } = arrays[i];
    const fits = shape.join() === shapes[ours]!.join() || isDepthwise(layer, shape, shapes[ours]!);
    if (!fits) throw new ShapeError(layer.name, theirs, shape, shapes[ours]!);
    work.signal?.throwIfAborted();
    read[ours] = await arrays[i].read(work);
  }
  return read;
}

/** Keras's `[height, width, channel, multiplier]` holds the same numbers as `[height, width, 1, out]`. */
function isDepthwise(layer: Layer, shape: readonly number[], wanted: readonly number[]): boolean {
  if (layer.kind !== "convolution" || wanted[2] !== 1 || shape.length !== 4) return false;
  const [height, width, channels, multiplier] = shape;
  const sameWindow = height === wanted[0] && width === wanted[1];
  return sameWindow && channels === layer.groups && channels * multiplier === wanted[3];
}
