import type { Shape } from "../maps.js";
import type { Flatten, ZeroPad } from "../network/layer.js";
import { union } from "../network/receptive-field.js";
import { addInto, emptySignals, land, placesOf, type Signals, valuesOf } from "./signals.js";

/**
 * Where branches meet again on the way down their signals add up, before anything rectifies the sum.
 *
 * @param shape of the layer they meet in
 */
export function sumWindows(parts: readonly Signals[], shape: Shape): Signals {
  const windows = parts[0].places.map((_, unit) =>
    parts.map((part) => ({ ...part.places[unit], height: part.height, width: part.width })).reduce(union),
  );
  const height = Math.max(...windows.map((window) => window.height));
  const width = Math.max(...windows.map((window) => window.width));
  // One size for all units; a window that would overhang for it is moved inside.
  const places = windows.map(({ y, x }) => ({
    y: Math.min(y, shape[0] - height),
    x: Math.min(x, shape[1] - width),
  }));
  const sum = emptySignals(places, height, width, shape[2]);
  for (const part of parts) addInto(sum, part);
  return sum;
}

/** The part of the channels that one input of a concat brought. */
export function channelsOf(signals: Signals, first: number, count: number): Signals {
  const out = emptySignals(signals.places, signals.height, signals.width, count);
  const cells = signals.data.length / signals.channels;
  for (let cell = 0; cell < cells; cell++) {
    const from = cell * signals.channels + first;
    out.data.set(signals.data.subarray(from, from + count), cell * count);
  }
  return out;
}

/** Takes away what a zero pad had put around the maps, channels too. */
export function cropWindows(signals: Signals, layer: ZeroPad, inputShape: Shape): Signals {
  const { padding } = layer;
  const axis = (before: number) =>
    ({ size: 1, stride: 1, before, after: 0, dilation: 1, rounding: "floor" }) as const;
  const rows = land(
    signals.places.map(({ y }) => y),
    signals.height,
    axis(padding.top),
    inputShape[0],
  );
  const columns = land(
    signals.places.map(({ x }) => x),
    signals.width,
    axis(padding.left),
    inputShape[1],
  );
  const out = emptySignals(placesOf(rows.starts, columns.starts), rows.size, columns.size, inputShape[2]);
  for (let unit = 0; unit < signals.places.length; unit++) {
    const from = valuesOf(signals, unit);
    const to = valuesOf(out, unit);
    for (let y = 0; y < out.height; y++) {
      const fromY = y + rows.skipped[unit];
      if (fromY < 0 || fromY >= signals.height) continue;
      for (let x = 0; x < out.width; x++) {
        const fromX = x + columns.skipped[unit];
        if (fromX < 0 || fromX >= signals.width) continue;
        const start = (fromY * signals.width + fromX) * signals.channels + layer.channels[0];
        to.set(from.subarray(start, start + out.channels), (y * out.width + x) * out.channels);
      }
    }
  }
  return out;
}

/** One row of values back into maps, in the order they were flattened. */
export function unflatten(signals: Signals, { order }: Flatten, [height, width, channels]: Shape): Signals {
  const out = emptySignals(signals.places, height, width, channels);
  if (order === "hwc") {
    out.data.set(signals.data);
    return out;
  }
  const cells = height * width;
  for (let unit = 0; unit < signals.places.length; unit++) {
    const from = valuesOf(signals, unit);
    const to = valuesOf(out, unit);
    for (let i = 0; i < cells; i++)
      for (let c = 0; c < channels; c++) to[i * channels + c] = from[c * cells + i];
  }
  return out;
}
