import type { Padding, Pair } from "../../network/layer.js";
import { noPadding } from "../../network/sliding.js";
import type { ReadPart } from "../draft.js";
import { samePadding } from "../same-padding.js";
import type { LayerReader } from "./layer-reader.js";
import { shown } from "./settings.js";

/** Every layer type that is known, by Keras's name for it: checks all that it says and adds its layers. */
export const layerTypes: ReadonlyMap<string, (layer: LayerReader) => void> = new Map<
  string,
  (layer: LayerReader) => void
>([
  ["Activation", activation],
  ["Add", (layer) => layer.add({ kind: "add" })],
  ["AveragePooling2D", averagePooling],
  ["BatchNormalization", batchNormalization],
  ["Concatenate", concatenate],
  ["Conv2D", convolution],
  ["Dense", dense],
  ["DepthwiseConv2D", depthwiseConvolution],
  ["Dropout", dropout],
  ["Flatten", flatten],
  ["GlobalAveragePooling2D", globalAveragePooling],
  ["MaxPooling2D", maxPooling],
  ["ReLU", relu],
  ["Rescaling", rescaling],
  ["Reshape", reshape],
  ["SeparableConv2D", separableConvolution],
  ["Softmax", softmax],
  ["SpatialDropout2D", dropout],
  ["ZeroPadding2D", zeroPadding],
]);

function convolution(layer: LayerReader): void {
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
function depthwiseConvolution(layer: LayerReader): void {
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
function separableConvolution(layer: LayerReader): void {
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
function dense(layer: LayerReader): void {
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

/** The name of a layer's activation; one that is more than a name is refused by that. */
function activationOf(layer: LayerReader): string {
  const value = layer.settings.take("activation") ?? "linear";
  return typeof value === "string" ? value : layer.settings.refuse(`its activation is ${shown(value)}`);
}

function activation(layer: LayerReader): void {
  const { settings } = layer;
  layer.one();
  const kind = activationOf(layer);
  settings.finish();
  if (kind === "linear") return;
  if (kind !== "relu" && kind !== "softmax") {
    return settings.refuse(`activation ${shown(kind)} is not known, only linear, relu and softmax`);
  }
  layer.add({ kind });
}

function relu(layer: LayerReader): void {
  const { settings } = layer;
  const most = settings.take("max_value");
  const slope = settings.number("negative_slope", 0);
  const threshold = settings.number("threshold", 0);
  if (most !== undefined || slope !== 0 || threshold !== 0) {
    settings.refuse("one with a maximum, a slope or a threshold is not known");
  }
  layer.add({ kind: "relu" });
}

function softmax(layer: LayerReader): void {
  checkAxis(layer, layer.settings.take("axis") ?? -1);
  layer.add({ kind: "softmax" });
}

function maxPooling(layer: LayerReader): void {
  const size = layer.settings.pair("pool_size", [2, 2]);
  const { dilation, ...window } = slidingWindow(layer, size, size);
  layer.add({ kind: "maxPool", ...window, rounding: "floor" });
}

/** A window that overhangs is divided by what lies inside of it. */
function averagePooling(layer: LayerReader): void {
  const size = layer.settings.pair("pool_size", [2, 2]);
  const { dilation, ...window } = slidingWindow(layer, size, size);
  layer.add({ kind: "averagePool", ...window, rounding: "floor", divisor: "inside" });
}

function globalAveragePooling(layer: LayerReader): void {
  layer.settings.channelsLast();
  const keeps = layer.settings.flag("keepdims", false);
  layer.add({ kind: "globalAveragePool" }, {}, !keeps);
}

function batchNormalization(layer: LayerReader): void {
  const { settings, shape } = layer;
  checkAxis(layer, settings.take("axis") ?? -1);
  const epsilon = settings.number("epsilon", 1e-3);
  const each = [shape[2]];
  const filled = (value: number) => (): Float32Array => new Float32Array(shape[2]).fill(value);
  const wanted: Record<string, readonly number[]> = {
    ...(settings.flag("scale", true) ? { gamma: each } : {}),
    ...(settings.flag("center", true) ? { beta: each } : {}),
    moving_mean: each,
    moving_variance: each,
  };
  const arrays: Readonly<Partial<Record<string, ReadPart>>> = layer.arrays(wanted);
  layer.add(
    { kind: "batchNorm", epsilon },
    {
      scale: arrays.gamma ?? filled(1),
      offset: arrays.beta ?? filled(0),
      mean: arrays.moving_mean!,
      variance: arrays.moving_variance!,
    },
  );
}

/** `x · scale + offset`, alike in all places: batch norm with a mean of 0 and a variance of 1. */
function rescaling(layer: LayerReader): void {
  const { settings, shape } = layer;
  const [, , channels] = shape;
  const each = (name: string, otherwise: number): ReadPart => {
    const value = settings.take(name) ?? otherwise;
    const values = Array.isArray(value) ? value : new Array<unknown>(channels).fill(value);
    if (values.length !== channels || !values.every((one) => typeof one === "number")) {
      settings.refuse(`its ${name} is ${shown(value)}, wanted a number, or one a channel`);
    }
    return () => Float32Array.from(values as number[]);
  };
  layer.add(
    { kind: "batchNorm", epsilon: 0 },
    {
      scale: each("scale", 1),
      offset: each("offset", 0),
      mean: () => new Float32Array(channels),
      variance: () => new Float32Array(channels).fill(1),
    },
  );
}

function concatenate(layer: LayerReader): void {
  checkAxis(layer, layer.settings.take("axis") ?? -1);
  layer.add({ kind: "concat" });
}

function zeroPadding(layer: LayerReader): void {
  const { settings } = layer;
  settings.channelsLast();
  const value = settings.take("padding") ?? 1;
  const pairs = typeof value === "number" ? [value, value] : value;
  const [vertical, horizontal] = Array.isArray(pairs) && pairs.length === 2 ? pairs.map(both) : [];
  if (!vertical || !horizontal) return settings.refuse(`its padding is ${shown(value)}`);
  const padding: Padding = {
    top: vertical[0],
    bottom: vertical[1],
    left: horizontal[0],
    right: horizontal[1],
  };
  layer.add({ kind: "zeroPad", padding, channels: [0, 0] });
}

function both(value: unknown): Pair | undefined {
  if (typeof value === "number") return [value, value];
  const good = Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === "number");
  return good ? [value[0], value[1]] : undefined;
}

function flatten(layer: LayerReader): void {
  layer.settings.channelsLast();
  layer.one();
  layer.add({ kind: "flatten", order: "hwc" }, {}, true);
}

/** A reshape to a row, or of a row to maps of one place; anything else would mix places and channels. */
function reshape(layer: LayerReader): void {
  const { settings, shape } = layer;
  const target = settings.take("target_shape");
  const count = shape[0] * shape[1] * shape[2];
  if (!Array.isArray(target)) return settings.refuse(`its target_shape is ${shown(target)}`);
  const sides = target.map((side) => (side === -1 ? count : side));
  const row = sides.length === 1 && sides[0] === count;
  const place = sides.length === 3 && sides.join() === `1,1,${count}`;
  if (!row && !place) settings.refuse(`it makes ${shown(target)} of [${shape}]; only a row of all is known`);
  layer.add({ kind: "flatten", order: "hwc" }, {}, row);
}

function dropout(layer: LayerReader): void {
  const rate = layer.settings.number("rate");
  layer.settings.take("data_format");
  layer.add({ kind: "dropout", rate });
}

/** Refuses any axis but that of the channels, which is the last. */
function checkAxis(layer: LayerReader, stated: unknown): void {
  const axis = Array.isArray(stated) && stated.length === 1 ? stated[0] : stated;
  if (axis !== -1 && axis !== (layer.flat ? 1 : 3))
    layer.settings.refuse(`its axis is ${shown(stated)}, only that of the channels is known`);
}

/** A window's geometry; `"same"` is worked out for the input's size. */
function slidingWindow(
  layer: LayerReader,
  size: Pair,
  otherwise: Pair,
): { readonly size: Pair; readonly stride: Pair; readonly dilation: Pair; readonly padding: Padding } {
  const { settings, shape } = layer;
  settings.channelsLast();
  const stride = settings.pair("strides", otherwise);
  const dilation = settings.pair("dilation_rate", [1, 1]);
  if (![...size, ...stride, ...dilation].every((n) => Number.isSafeInteger(n) && n > 0)) {
    settings.refuse(`its window is [${size}], its strides [${stride}], its dilation [${dilation}]`);
  }
  const padding = settings.text("padding", "valid");
  if (padding !== "valid" && padding !== "same") settings.refuse(`padding ${shown(padding)} is not known`);
  const cells = padding === "same" ? samePadding([shape[0], shape[1]], size, stride, dilation) : noPadding;
  return { size, stride, dilation, padding: cells };
}
