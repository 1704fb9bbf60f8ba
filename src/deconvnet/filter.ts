import { positivePart } from "../convnet/positive-part.js";
import { type Batch, type Engine, loadEngine } from "../engine/engine.js";
import { ShapeError } from "../errors.js";
import type { FeatureMaps, Shape } from "../maps.js";
import type { Filters } from "../network/filters.js";
import { places, reach, type Slide, slides } from "../network/sliding.js";
import { paint, paintsFaster } from "./paint.js";
import { type Landing, land, placesOf, type Signals, wholeMaps, wholeSignal } from "./signals.js";

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
    filterWindows(await loadEngine(), wholeSignal(signal), filters, inputShape, false),
    0,
    inputShape,
  );
}

/**
 * `filter` for windows: gives the signals of the filters' input.
 *
 * @param andRectify sets negative sums to 0 in the same go, which is faster than doing it afterwards
 */
export function filterWindows(
  engine: Engine,
  signals: Signals,
  filters: Filters,
  inputShape: Shape,
  andRectify: boolean,
): Signals {
  const count = signals.places.length;
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
  if (paintsFaster(signals, filters, count * rows.size * columns.size)) {
    const sums = paint(engine, signals, filters, where, rows, columns);
    if (andRectify) positivePart(sums.data, sums.data);
    return sums;
  }

  // A transposed convolution is an ordinary one of the spread signal with the flipped filters, padded so that every
  // cell that any of the windows keeps is painted.
  const spread = dilated(signals, filters.stride);
  const [top, bottom] = padding(rows, spread.height, vertical);
  const [left, right] = padding(columns, spread.width, horizontal);
  const painted = engine.convolve(
    { shape: [count, spread.height, spread.width, signals.channels], data: spread.data },
    filters.transposed,
    { ...filters, channels: filters.inChannels, stride: [1, 1], padding: { top, bottom, left, right } },
    { rectify: andRectify },
  );
  const before = { rows: top - (reach(vertical) - 1), columns: left - (reach(horizontal) - 1) };
  const data = cutOut(painted, rows, columns, before);
  return { places: where, height: rows.size, width: columns.size, channels: filters.inChannels, data };
}

/** The least padding with which a convolution of `spread` cells ends in every cell that one of the windows keeps. */
function padding({ skipped, size }: Landing, spread: number, slide: Slide): [before: number, after: number] {
  const before = reach(slide) - 1 - Math.min(...skipped);
  const after = Math.max(...skipped) + size - spread;
  return [Math.max(0, before), Math.max(0, after)];
}

/** Each unit's kept part of what was painted, moved together in place; nothing to do where all of it is kept. */
function cutOut(
  { shape: [count, height, width, channels], data }: Batch,
  rows: Landing,
  columns: Landing,
  before: { readonly rows: number; readonly columns: number },
): Float32Array {
  if (height === rows.size && width === columns.size) return data;
  const run = columns.size * channels;
  for (let unit = 0; unit < count; unit++) {
    const down = rows.skipped[unit] + before.rows;
    const right = columns.skipped[unit] + before.columns;
    for (let row = 0; row < rows.size; row++) {
      const from = ((unit * height + row + down) * width + right) * channels;
      data.copyWithin((unit * rows.size + row) * run, from, from + run);
    }
  }
  return data.subarray(0, count * rows.size * run);
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
