import type { ReadPart } from "../draft.js";
import type { LayerReader } from "./layer-reader.js";
import { shown } from "./settings.js";

/** The name of a layer's activation; one that is more than a name is refused by that. */
export function activationOf(layer: LayerReader): string {
  const value = layer.settings.take("activation") ?? "linear";
  return typeof value === "string" ? value : layer.settings.refuse(`its activation is ${shown(value)}`);
}

export function activation(layer: LayerReader): void {
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

export function relu(layer: LayerReader): void {
  const { settings } = layer;
  const most = settings.take("max_value");
  const slope = settings.number("negative_slope", 0);
  const threshold = settings.number("threshold", 0);
  if (most !== undefined || slope !== 0 || threshold !== 0) {
    settings.refuse("one with a maximum, a slope or a threshold is not known");
  }
  layer.add({ kind: "relu" });
}

export function softmax(layer: LayerReader): void {
  checkAxis(layer, layer.settings.take("axis") ?? -1);
  layer.add({ kind: "softmax" });
}

export function batchNormalization(layer: LayerReader): void {
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
export function rescaling(layer: LayerReader): void {
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

export function concatenate(layer: LayerReader): void {
  checkAxis(layer, layer.settings.take("axis") ?? -1);
  layer.add({ kind: "concat" });
}

export function flatten(layer: LayerReader): void {
  layer.settings.channelsLast();
  layer.one();
  layer.add({ kind: "flatten", order: "hwc" }, {}, true);
}

/** A reshape to a row, or of a row to maps of one place; anything else would mix places and channels. */
export function reshape(layer: LayerReader): void {
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

export function dropout(layer: LayerReader): void {
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
