import {
  checkNetwork,
  forward,
  fromRows,
  type Layer,
  type Network,
  type Projection,
  project,
} from "../../src/index.js";
import type { FeatureMaps } from "../../src/maps.js";
import type { LayerWeights } from "../../src/network/layer.js";
import type { ProjectOptions } from "../../src/project.js";
import type { Seed } from "../../src/seed.js";

export const noPadding = { top: 0, bottom: 0, left: 0, right: 0 } as const;
export const around = { top: 1, bottom: 1, left: 1, right: 1 } as const;

/** A convolution of stride 1 without padding, unless told. */
export function convolution(name: string, from: string, channels: number, more: object = {}): Layer {
  const { size, stride, padding, dilation } = {
    ...{ size: [1, 1] as const, stride: [1, 1] as const, padding: noPadding, dilation: [1, 1] as const },
    ...more,
  };
  return { kind: "convolution", name, inputs: [from], channels, size, stride, padding, dilation, groups: 1 };
}

export function relu(name: string, from: string): Layer {
  return { kind: "relu", name, inputs: [from] };
}

export function maxPool(name: string, from: string, size = 2, stride = size): Layer {
  return {
    ...{ kind: "maxPool", name, inputs: [from], padding: noPadding, rounding: "floor" },
    ...{ size: [size, size], stride: [stride, stride] },
  };
}

/** A network of these layers, with filters by their layer's name and no bias. */
export function network(
  [height, width, channels]: readonly [number, number, number],
  layers: readonly Layer[],
  filters: Readonly<Record<string, readonly number[]>>,
  more: Readonly<Record<string, LayerWeights>> = {},
): Network {
  const weights = new Map<string, LayerWeights>(Object.entries(more));
  for (const [name, numbers] of Object.entries(filters))
    weights.set(name, { filters: Float32Array.from(numbers) });
  return checkNetwork({ name: "toy", input: { height, width, channels }, layers, weights });
}

/** Up, and down from a seed. */
export async function down(
  net: Network,
  input: FeatureMaps,
  seed: Seed,
  options: ProjectOptions = {},
): Promise<Projection> {
  return project(await forward(net, input), seed, options);
}

/** 4 × 4 numbers, doubled, rectified and pooled: 10 at (0, 1), 16 at (1, 3), 18 at (3, 0), 14 at (2, 2). */
export const doubled: Network = network(
  [4, 4, 1],
  [convolution("c", "input", 1), relu("c_relu", "c"), maxPool("p", "c_relu")],
  { c: [2] },
);
export const numbers: FeatureMaps = fromRows([
  [1, 5, 2, 0],
  [3, 2, 4, 8],
  [0, 1, 7, 6],
  [9, 0, 3, 2],
]);

/** x tripled and rectified, added to x itself. */
export const residual: Network = network(
  [2, 2, 1],
  [
    convolution("a", "input", 1),
    relu("a_relu", "a"),
    { kind: "add", name: "added", inputs: ["a_relu", "input"] },
  ],
  { a: [3] },
);

/** Two channels into one map and into two, joined. */
export const inception: Network = network(
  [2, 2, 2],
  [
    convolution("a", "input", 1),
    convolution("b", "input", 2),
    { kind: "concat", name: "joined", inputs: ["a", "b"] },
  ],
  // [kh, kw, in, out]: a takes 1 and 2 of the channels; b's maps take 1, 0 and 10, 100.
  { a: [1, 2], b: [1, 10, 0, 100] },
);
