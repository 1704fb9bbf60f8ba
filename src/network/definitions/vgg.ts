import type { Network } from "../network.js";
import { evenPadding, noPadding } from "../sliding.js";
import { rectified, sequence } from "./sequence.js";

/** Blue, green, red with ImageNet's means subtracted and no scaling: as the original was trained. */
const preprocessing = {
  channelOrder: "bgr",
  scale: 1,
  mean: [103.939, 116.779, 123.68],
  deviation: [1, 1, 1],
} as const;

/** How a VGG ends. */
export interface VggOptions {
  /** `"convolutions"` ends at pool5; `"classifier"` adds fc6, fc7, fc8 and the softmax. */
  readonly head?: "convolutions" | "classifier";
}

/**
 * VGG16 without weights (Simonyan & Zisserman 2015, configuration D): 13 convolutions, 5 max pools.
 *
 * @param options.head `"convolutions"` (default) or `"classifier"`
 * @example
 * parameterCount(vgg16Definition({ head: "classifier" })); // 138357544
 */
export function vgg16Definition(options: VggOptions = {}): Network {
  return vgg("VGG16", [2, 2, 3, 3, 3], options);
}

/** VGG19 without weights (configuration E): 16 convolutions, 5 max pools. Options as `vgg16Definition`'s. */
export function vgg19Definition(options: VggOptions = {}): Network {
  return vgg("VGG19", [2, 2, 4, 4, 4], options);
}

function vgg(name: string, depths: readonly number[], { head = "convolutions" }: VggOptions): Network {
  const channels = [64, 128, 256, 512, 512];
  const blocks = depths.flatMap((depth, b) => [
    ...Array.from({ length: depth }, (_, i) =>
      rectified({
        kind: "convolution",
        name: `conv${b + 1}_${i + 1}`,
        channels: channels[b],
        size: [3, 3],
        stride: [1, 1],
        padding: evenPadding(1),
        dilation: [1, 1],
        groups: 1,
      }),
    ).flat(),
    {
      kind: "maxPool",
      name: `pool${b + 1}`,
      size: [2, 2],
      stride: [2, 2],
      padding: noPadding,
      rounding: "floor",
    } as const,
  ]);
  const classifier = [
    { kind: "flatten", name: "flatten", order: "chw" } as const,
    ...rectified({ kind: "dense", name: "fc6", channels: 4096 }),
    { kind: "dropout", name: "drop6", rate: 0.5 } as const,
    ...rectified({ kind: "dense", name: "fc7", channels: 4096 }),
    { kind: "dropout", name: "drop7", rate: 0.5 } as const,
    { kind: "dense", name: "fc8", channels: 1000 } as const,
    { kind: "softmax", name: "probability" } as const,
  ];
  return sequence(name, { height: 224, width: 224, channels: 3, preprocessing }, [
    ...blocks,
    ...(head === "classifier" ? classifier : []),
  ]);
}
