import type { Padding, Pair } from "../../network/layer.js";
import { noPadding } from "../../network/sliding.js";
import { samePadding } from "../same-padding.js";
import type { LayerReader } from "./layer-reader.js";
import { shown } from "./settings.js";

export function maxPooling(layer: LayerReader): void {
  const size = layer.settings.pair("pool_size", [2, 2]);
  const { dilation, ...window } = slidingWindow(layer, size, size);
  layer.add({ kind: "maxPool", ...window, rounding: "floor" });
}

/** A window that overhangs is divided by what lies inside of it. */
export function averagePooling(layer: LayerReader): void {
  const size = layer.settings.pair("pool_size", [2, 2]);
  const { dilation, ...window } = slidingWindow(layer, size, size);
  layer.add({ kind: "averagePool", ...window, rounding: "floor", divisor: "inside" });
}

export function globalAveragePooling(layer: LayerReader): void {
  layer.settings.channelsLast();
  const keeps = layer.settings.flag("keepdims", false);
  layer.add({ kind: "globalAveragePool" }, {}, !keeps);
}

export function zeroPadding(layer: LayerReader): void {
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

/** A window's geometry; `"same"` is worked out for the input's size. */
export function slidingWindow(
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
