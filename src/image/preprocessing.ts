/**
 * How a picture's pixels (0…255) become a network's numbers, channel by channel in the network's own order:
 * `(pixel · scale − mean) / deviation`.
 */
export interface Preprocessing {
  /** `"grey"` is one channel: the picture's brightness, `0.299 red + 0.587 green + 0.114 blue`. */
  readonly channelOrder: "rgb" | "bgr" | "grey";
  readonly scale: number;
  /** One number a channel, in the network's order. */
  readonly mean: readonly number[];
  /** One number a channel, in the network's order. */
  readonly deviation: readonly number[];
}

const ones: readonly number[] = [1, 1, 1];
const zeros: readonly number[] = [0, 0, 0];

/**
 * The ways in common use, named as Keras's `preprocess_input` names its modes:
 * `caffe` is BGR minus ImageNet's mean colour, unscaled (the original VGG and ResNet);
 * `torch` is RGB, 0…1, minus ImageNet's mean over its standard deviation (torchvision);
 * `tf` is RGB, −1…1; `unit` is RGB, 0…1; `none` is RGB, 0…255.
 *
 * @example
 * preprocessings.caffe.mean; // [103.939, 116.779, 123.68]
 */
export const preprocessings: Readonly<Record<"caffe" | "torch" | "tf" | "unit" | "none", Preprocessing>> = {
  caffe: { channelOrder: "bgr", scale: 1, mean: [103.939, 116.779, 123.68], deviation: ones },
  torch: {
    channelOrder: "rgb",
    scale: 1 / 255,
    mean: [0.485, 0.456, 0.406],
    deviation: [0.229, 0.224, 0.225],
  },
  tf: { channelOrder: "rgb", scale: 1 / 127.5, mean: ones, deviation: ones },
  unit: { channelOrder: "rgb", scale: 1 / 255, mean: zeros, deviation: ones },
  none: { channelOrder: "rgb", scale: 1, mean: zeros, deviation: ones },
};
