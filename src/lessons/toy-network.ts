import { checkNetwork } from "../network/check.js";
import type { Convolution, Layer } from "../network/layer.js";
import type { Network } from "../network/network.js";
import { noPadding } from "../network/sliding.js";
import { type Kernels, type Rows, weightsOfKernels } from "./rows.js";

/** One layer's numbers as they are typed. */
export interface ToyLayer {
  /** For each filter one matrix a channel. */
  readonly filters: Kernels;
  /** One a filter. */
  readonly bias: readonly number[];
}

/** The numbers of a two-layer network: `conv1` reads the picture, `conv2` the pooled maps. */
export interface ToyWeights {
  /** Two filters, 3 × 3. */
  readonly conv1: ToyLayer;
  /** Two filters of two channels, 2 × 2. */
  readonly conv2: ToyLayer;
}

/**
 * A seven, 7 × 7. Numbers chosen so that everything on the way up and down is a small whole number, two windows share a
 * switch, one map is silent in half of its windows, and the three rules give three pictures.
 */
export const sevenPicture: Rows = [
  [0, 0, 0, 0, 0, 0, 0],
  [0, 3, 1, 1, 1, 3, 0],
  [0, 0, 0, 0, 0, 3, 0],
  [0, 0, 0, 0, 1, 0, 0],
  [0, 0, 0, 1, 0, 0, 0],
  [0, 0, 0, 1, 0, 0, 0],
  [0, 0, 0, 0, 0, 0, 0],
];

/** A level stroke and a slanting one; then two ways to put them together. */
export const sevenWeights: ToyWeights = {
  conv1: {
    filters: [
      [
        [
          [-1, -1, -1],
          [1, 1, 1],
          [0, 0, 0],
        ],
      ],
      [
        [
          [-1, 0, 1],
          [0, 1, 0],
          [1, 0, -1],
        ],
      ],
    ],
    bias: [-3, -1],
  },
  conv2: {
    filters: [
      [
        [
          [1, 1],
          [1, -1],
        ],
        [
          [0, -1],
          [-1, 2],
        ],
      ],
      [
        [
          [0, 1],
          [2, -1],
        ],
        [
          [2, -1],
          [2, 1],
        ],
      ],
    ],
    bias: [-2, -2],
  },
};

/**
 * The two-layer network of lessons 5 and 6, as an ordinary network: `conv1` → ReLU → `pool1` 3 × 3 / 2 → `conv2`, and
 * then what stands on top.
 *
 * @param weights whole numbers, or what they have become by learning
 * @param top `"relu"`: `conv2` is rectified, as lesson 5 projects it; `"softmax"`: its two maps are scores of two classes
 */
export function toyNetwork(weights: ToyWeights, top: "relu" | "softmax"): Network {
  const layers: Layer[] = [
    convolution("conv1", "input", 3),
    { kind: "relu", name: "relu1", inputs: ["conv1"] },
    {
      kind: "maxPool",
      name: "pool1",
      inputs: ["relu1"],
      size: [3, 3],
      stride: [2, 2],
      padding: noPadding,
      rounding: "floor",
    },
    convolution("conv2", "pool1", 2),
    top === "relu"
      ? { kind: "relu", name: "relu2", inputs: ["conv2"] }
      : { kind: "softmax", name: "softmax", inputs: ["conv2"] },
  ];
  return checkNetwork({
    name: "two layers",
    input: { height: 7, width: 7, channels: 1 },
    layers,
    weights: new Map(
      (["conv1", "conv2"] as const).map((name) => [
        name,
        { filters: weightsOfKernels(weights[name].filters), bias: Float32Array.from(weights[name].bias) },
      ]),
    ),
  });
}

function convolution(name: string, input: string, size: number): Convolution {
  return {
    kind: "convolution",
    name,
    inputs: [input],
    channels: 2,
    size: [size, size],
    stride: [1, 1],
    padding: noPadding,
    dilation: [1, 1],
    groups: 1,
  };
}
