import { noPadding } from "../../network/sliding.js";
import type { ReadPart } from "../draft.js";
import type { LayerReader } from "./layer-reader.js";
import { activationOf } from "./plain-types.js";
import { slidingWindow } from "./pool-types.js";

export function convolution(layer: LayerReader): void {
  const { settings, shape } = layer;
  const channels = settings.number("filters");
  const groups = settings.number("groups", 1);
  const size = settings.pair("kernel_size");
  const window = slidingWindow(layer, size, [1, 1]);
  const activated = activationOf(layer);
  const parts = withBias(layer, "kernel", [...size, shape[2] / groups, channels], channels);
  layer.add({ kind: "convolution", ...window, channels, groups }, parts);
  layer.activate(activated);
}

/** Each channel has filters of its own: a convolution in as many groups as channels. */
export function depthwiseConvolution(layer: LayerReader): void {
  const { settings, shape } = layer;
  const multiplier = settings.number("depth_multiplier", 1);
  const [, , groups] = shape;
  if (settings.number("groups", 1) !== 1) settings.refuse("one in further groups is not known");
  const channels = groups * multiplier;
  const size = settings.pair("kernel_size");
  const window = slidingWindow(layer, size, [1, 1]);
  const activated = activationOf(layer);
  // [height, width, channel, multiplier] holds the same numbers in the same order as [height, width, 1, out].
  const parts = withBias(layer, "depthwise_kernel", [...size, groups, multiplier], channels);
  layer.add({ kind: "convolution", ...window, channels, groups }, parts);
  layer.activate(activated);
}

/** A depthwise convolution and then a 1×1 convolution of its maps; the latter bears the layer's name. */
export function separableConvolution(layer: LayerReader): void {
  const { settings, shape } = layer;
  const [, , groups] = shape;
  if (settings.number("groups", 1) !== 1) settings.refuse("one in groups is not known");
  const between = groups * settings.number("depth_multiplier", 1);
  const channels = settings.number("filters");
  const size = settings.pair("kernel_size");
  const window = slidingWindow(layer, size, [1, 1]);
  const activated = activationOf(layer);
  const wanted: Record<string, readonly number[]> = {
    depthwise_kernel: [...size, groups, between / groups],
    pointwise_kernel: [1, 1, between, channels],
    ...(settings.flag("use_bias", true) ? { bias: [channels] } : {}),
  };
  const arrays: Readonly<Partial<Record<string, ReadPart>>> = layer.arrays(wanted);
  const { depthwise_kernel, pointwise_kernel, bias } = arrays;
  layer.precede(
    "depthwise",
    { kind: "convolution", ...window, channels: between, groups },
    { filters: depthwise_kernel! },
  );
  layer.add(
    { kind: "convolution", ...onePlace, channels, groups: 1 },
    { filters: pointwise_kernel!, ...(bias ? { bias } : {}) },
  );
  layer.activate(activated);
}

const onePlace = { size: [1, 1], stride: [1, 1], dilation: [1, 1], padding: noPadding } as const;

/** Over maps a dense layer goes place by place, which is a 1×1 convolution. */
export function dense(layer: LayerReader): void {
  const { settings, shape } = layer;
  const [height, width, inputs] = shape;
  const channels = settings.number("units");
  const activated = activationOf(layer);
  const parts = withBias(layer, "kernel", [inputs, channels], channels);
  if (height === 1 && width === 1) layer.add({ kind: "dense", channels }, parts);
  else layer.add({ kind: "convolution", ...onePlace, channels, groups: 1 }, parts);
  layer.activate(activated);
}

function withBias(
  layer: LayerReader,
  kernel: string,
  kernelShape: readonly number[],
  channels: number,
): { readonly filters: ReadPart; readonly bias?: ReadPart } {
  if (!layer.settings.flag("use_bias", true))
    return { filters: layer.arrays({ [kernel]: kernelShape })[kernel] };
  const arrays = layer.arrays({ [kernel]: kernelShape, bias: [channels] });
  return { filters: arrays[kernel], bias: arrays.bias };
}
