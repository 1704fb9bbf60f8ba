import type { Convolution, LocalResponseNorm } from "../layer.js";
import type { Network, NetworkInput } from "../network.js";
import { evenPadding, noPadding } from "../sliding.js";
import { rectified, sequence } from "./sequence.js";

/** ImageNet's pixels, 0…255, less their mean; the paper subtracts a mean of each pixel, which it does not print. */
const input: NetworkInput = {
  height: 224,
  width: 224,
  channels: 3,
  preprocessing: { channelOrder: "rgb", scale: 1, mean: [123.68, 116.779, 103.939], deviation: [1, 1, 1] },
};

/** What the ablations of Table 3 change. */
export interface PaperNetworkOptions {
  /** Units in fc6 and fc7, default 4096. */
  readonly dense?: number;
  /** Maps of convolutions 3, 4 and 5. */
  readonly maps?: readonly [number, number, number];
  /** Classes of the softmax, default 1000. */
  readonly classes?: number;
}

/**
 * The paper's network without weights (Fig. 3): 7×7 filters at stride 2, then 5×5, then three times 3×3.
 *
 * The paper does not print the paddings; these give its sizes 110, 55, 26, 13, 13, 13, 13, 6: conv1 pads 1, pools 1
 * and 2 round up. Contrast normalisation has Krizhevsky's constants.
 *
 * @param options sizes, where they are not the paper's; `maps` are `[384, 384, 256]` by default
 * @example
 * parameterCount(zfnet()); // 62357608
 */
export function zfnet({
  dense = 4096,
  maps = [384, 384, 256],
  classes = 1000,
}: PaperNetworkOptions = {}): Network {
  return sequence("ZFNet", input, [
    ...rectified(convolution("conv1", 96, 7, 2, 1)),
    { kind: "maxPool", name: "pool1", size: [3, 3], stride: [2, 2], padding: noPadding, rounding: "ceil" },
    contrastNorm("norm1"),
    ...rectified(convolution("conv2", 256, 5, 2, 0)),
    { kind: "maxPool", name: "pool2", size: [3, 3], stride: [2, 2], padding: noPadding, rounding: "ceil" },
    contrastNorm("norm2"),
    ...rectified(convolution("conv3", maps[0], 3, 1, 1)),
    ...rectified(convolution("conv4", maps[1], 3, 1, 1)),
    ...rectified(convolution("conv5", maps[2], 3, 1, 1)),
    { kind: "maxPool", name: "pool5", size: [3, 3], stride: [2, 2], padding: noPadding, rounding: "floor" },
    ...classifier(dense, classes),
  ]);
}

/**
 * Krizhevsky's network without weights, as the paper replicates it on one card (Table 3): 11×11 filters at
 * stride 4, no groups; options as `zfnet`'s.
 *
 * @example
 * shapes(krizhevsky()).get("conv1"); // [55, 55, 96]
 */
export function krizhevsky({
  dense = 4096,
  maps = [384, 384, 256],
  classes = 1000,
}: PaperNetworkOptions = {}): Network {
  return sequence("Krizhevsky", input, [
    // 224 + 2 + 1 − 11 over 4 gives the 55 columns that Krizhevsky 2012 states.
    ...rectified({
      ...convolution("conv1", 96, 11, 4, 1),
      padding: { top: 1, bottom: 2, left: 1, right: 2 },
    }),
    contrastNorm("norm1"),
    { kind: "maxPool", name: "pool1", size: [3, 3], stride: [2, 2], padding: noPadding, rounding: "floor" },
    ...rectified(convolution("conv2", 256, 5, 1, 2)),
    contrastNorm("norm2"),
    { kind: "maxPool", name: "pool2", size: [3, 3], stride: [2, 2], padding: noPadding, rounding: "floor" },
    ...rectified(convolution("conv3", maps[0], 3, 1, 1)),
    ...rectified(convolution("conv4", maps[1], 3, 1, 1)),
    ...rectified(convolution("conv5", maps[2], 3, 1, 1)),
    { kind: "maxPool", name: "pool5", size: [3, 3], stride: [2, 2], padding: noPadding, rounding: "floor" },
    ...classifier(dense, classes),
  ]);
}

function convolution(
  name: string,
  channels: number,
  size: number,
  stride: number,
  padding: number,
): Omit<Convolution, "inputs"> {
  return {
    kind: "convolution",
    name,
    channels,
    size: [size, size],
    stride: [stride, stride],
    padding: evenPadding(padding),
    dilation: [1, 1],
    groups: 1,
  };
}

/** Krizhevsky 2012, section 3.3: k = 2, n = 5, α = 1e-4, β = 0.75. */
function contrastNorm(name: string): Omit<LocalResponseNorm, "inputs"> {
  return { kind: "localResponseNorm", name, size: 5, alpha: 1e-4, beta: 0.75, k: 2 };
}

function classifier(dense: number, classes: number): Parameters<typeof sequence>[2] {
  return [
    { kind: "flatten", name: "flatten", order: "hwc" },
    ...rectified({ kind: "dense", name: "fc6", channels: dense }),
    { kind: "dropout", name: "drop6", rate: 0.5 },
    ...rectified({ kind: "dense", name: "fc7", channels: dense }),
    { kind: "dropout", name: "drop7", rate: 0.5 },
    { kind: "dense", name: "fc8", channels: classes },
    { kind: "softmax", name: "probability" },
  ];
}
