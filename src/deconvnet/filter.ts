import { type Engine, loadEngine } from "../engine/engine.js";
import { ShapeError } from "../errors.js";
import type { FeatureMaps, Shape } from "../maps.js";
import type { Filters } from "../network/filters.js";
import { places, slides } from "../network/sliding.js";
import {
  emptySignals,
  type Landing,
  land,
  placesOf,
  type Signals,
  valuesOf,
  wholeMaps,
  wholeSignal,
} from "./signals.js";

/**
 * DOWN, step 3: the same filters transposed, without bias (section 2.1: "this means flipping each filter vertically and
 * horizontally"). Each value paints its filter, times itself, over the window that it was computed from; what overlaps
 * adds up.
 *
 * @param signal `[height, width, channels]`, one map a filter
 * @param filters the ones used on the way up
 * @param inputShape `[height, width, inChannels]` of what they were slid over, which a stride alone does not tell
 * @returns maps of `inputShape`
 * @throws {ShapeError} when the signal is not of the shape that the filters make of `inputShape`
 * @see {@link convnet.filter}, its twin on the way up
 * @example
 * const edge = new Filters({ size: [1, 2], inChannels: 1, channels: 1, weights: Float32Array.of(-1, 1) });
 * toRows(await deconvnet.filter(fromRows([[2, 0]]), edge, [1, 3, 1])); // [[-2, 2, 0]]
 */
export async function filter(signal: FeatureMaps, filters: Filters, inputShape: Shape): Promise<FeatureMaps> {
  const [vertical, horizontal] = slides(filters);
  const made = [places(inputShape[0], vertical), places(inputShape[1], horizontal), filters.channels];
  if (made.some((side, i) => side !== signal.shape[i]) || inputShape[2] !== filters.inChannels) {
    throw new ShapeError(
      "deconvnet.filter",
      "signal",
      signal.shape,
      made,
      `which these filters make of [${inputShape.join(",")}]`,
    );
  }
  return wholeMaps(
    filterWindows(await loadEngine(), wholeSignal(signal), filters, inputShape),
    0,
    inputShape,
  );
}

/** `filter` for windows: gives the signals of the filters' input. */
export function filterWindows(
  engine: Engine,
  signals: Signals,
  filters: Filters,
  inputShape: Shape,
): Signals {
  const count = signals.places.length;
  if (
    filters.size[0] === 1 &&
    filters.size[1] === 1 &&
    signals.height * signals.width === 1 &&
    filters.groups === 1 &&
    inputShape[0] * inputShape[1] === 1
  ) {
    const data = engine.multiply(signals.data, count, filters.weights, filters.inChannels, "transposed");
    return { places: signals.places, height: 1, width: 1, channels: filters.inChannels, data };
  }
  const [vertical, horizontal] = slides(filters);
  const rows = land(
    signals.places.map(({ y }) => y),
    signals.height,
    vertical,
    inputShape[0],
  );
  const columns = land(
    signals.places.map(({ x }) => x),
    signals.width,
    horizontal,
    inputShape[1],
  );
  const where = placesOf(rows.starts, columns.starts);

  // A transposed convolution is an ordinary one of the spread signal with the flipped filters, padded so that every
  // filter is painted whole. Where all windows begin with the same painted cell, the padding alone trims them.
  const spread = dilated(signals, filters.stride);
  const [top, bottom] = paddings(rows, spread.height, vertical.dilation * (vertical.size - 1));
  const [left, right] = paddings(columns, spread.width, horizontal.dilation * (horizontal.size - 1));
  const trimmed = [top, bottom, left, right].every((cells) => cells >= 0);
  const full = {
    top: vertical.dilation * (vertical.size - 1),
    left: horizontal.dilation * (horizontal.size - 1),
  };
  const padding = trimmed ? { top, bottom, left, right } : { ...full, bottom: full.top, right: full.left };
  const painted = engine.convolve(
    { shape: [count, spread.height, spread.width, signals.channels], data: spread.data },
    filters.transposed,
    { ...filters, channels: filters.inChannels, stride: [1, 1], padding },
  );
  if (trimmed)
    return {
      places: where,
      height: rows.size,
      width: columns.size,
      channels: filters.inChannels,
      data: painted.data,
    };
  const out = emptySignals(where, rows.size, columns.size, filters.inChannels);
  const [, height, width, channels] = painted.shape;
  for (let unit = 0; unit < count; unit++) {
    const from = painted.data.subarray(
      unit * height * width * channels,
      (unit + 1) * height * width * channels,
    );
    cut(from, height, width, valuesOf(out, unit), out, rows.skipped[unit], columns.skipped[unit]);
  }
  return out;
}

/** Padding that makes the convolution end in exactly the kept cells; negative where it can't for all windows at once. */
function paddings({ skipped, size }: Landing, spread: number, full: number): [before: number, after: number] {
  if (skipped.some((cells) => cells !== skipped[0])) return [-1, -1];
  const before = full - skipped[0];
  return [before, size + full - spread - before];
}

/** Zeros between the values: what a stride left out on the way up. */
function dilated(
  signals: Signals,
  [down, right]: readonly [number, number],
): { data: Float32Array; height: number; width: number } {
  if (down === 1 && right === 1) return signals;
  const { channels } = signals;
  const [height, width] = [(signals.height - 1) * down + 1, (signals.width - 1) * right + 1];
  const data = new Float32Array(signals.places.length * height * width * channels);
  for (let unit = 0; unit < signals.places.length; unit++) {
    for (let y = 0; y < signals.height; y++) {
      for (let x = 0; x < signals.width; x++) {
        const from = ((unit * signals.height + y) * signals.width + x) * channels;
        data.set(
          signals.data.subarray(from, from + channels),
          ((unit * height + y * down) * width + x * right) * channels,
        );
      }
    }
  }
  return { data, height, width };
}

/** Copies the kept part of one unit's painted cells. */
function cut(
  from: Float32Array,
  height: number,
  width: number,
  to: Float32Array,
  kept: Signals,
  down: number,
  right: number,
): void {
  const { channels } = kept;
  const first = Math.max(0, -right);
  const last = Math.min(kept.width, width - right);
  for (let row = Math.max(0, -down); row < Math.min(kept.height, height - down); row++) {
    const start = ((row + down) * width + first + right) * channels;
    to.set(from.subarray(start, start + (last - first) * channels), (row * kept.width + first) * channels);
  }
}
