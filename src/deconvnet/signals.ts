import { FeatureMaps, type Shape, type Signal, type Window } from "../maps.js";
import type { Slide } from "../network/sliding.js";

/**
 * The signals of several units on their way down, as one batch: in one layer, with windows of one size that all lie
 * inside the layer. Outside its window a signal is zero, so only windows are computed.
 */
export interface Signals {
  /** Where each unit's window begins. */
  readonly places: readonly Place[];
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** float32 `[units, height, width, channels]` */
  readonly data: Float32Array;
}

/** A window's first row and column. */
export interface Place {
  readonly y: number;
  readonly x: number;
}

/** Zeros for so many windows. */
export function emptySignals(
  places: readonly Place[],
  height: number,
  width: number,
  channels: number,
): Signals {
  return {
    places,
    height,
    width,
    channels,
    data: new Float32Array(places.length * height * width * channels),
  };
}

/** One unit's values, not copied. */
export function valuesOf(signals: Signals, unit: number): Float32Array {
  const size = signals.height * signals.width * signals.channels;
  return signals.data.subarray(unit * size, (unit + 1) * size);
}

/** One unit's signal as plain values. */
export function signalOf(signals: Signals, unit: number): Signal {
  const { height, width, channels } = signals;
  const window: Window = { ...signals.places[unit], height, width };
  return { window, maps: new FeatureMaps([height, width, channels], valuesOf(signals, unit)) };
}

/** Whole maps as a signal whose window is the whole layer. */
export function wholeSignal(maps: FeatureMaps): Signals {
  const [height, width, channels] = maps.shape;
  return { places: [{ y: 0, x: 0 }], height, width, channels, data: maps.data };
}

/** One unit's signal with the zeros around its window: whole maps of the layer's shape. */
export function wholeMaps(signals: Signals, unit: number, shape: Shape): FeatureMaps {
  const out = new FeatureMaps(shape);
  const values = valuesOf(signals, unit);
  const { y, x } = signals.places[unit];
  const run = signals.width * signals.channels;
  for (let row = 0; row < signals.height; row++) {
    out.data.set(values.subarray(row * run, (row + 1) * run), ((y + row) * shape[1] + x) * shape[2]);
  }
  return out;
}

/** Where windows land along one axis of the layer below. */
export interface Landing {
  /** The size of all windows there. */
  readonly size: number;
  /** Where each begins. */
  readonly starts: readonly number[];
  /** Which of the cells that it paints each window begins with: less than 0 where zeros come first. */
  readonly skipped: readonly number[];
}

/**
 * What windows of `size` cells paint of an input of `length` cells that the geometry slid over. A window that would
 * overhang is moved inside, so that one size serves all; what lies in the padding reaches nothing below.
 */
export function land(starts: readonly number[], size: number, slide: Slide, length: number): Landing {
  const painted = (size - 1) * slide.stride + slide.dilation * (slide.size - 1) + 1;
  const kept = Math.min(painted, length);
  const raw = starts.map((start) => start * slide.stride - slide.before);
  const landed = raw.map((start) => Math.min(Math.max(start, 0), length - kept));
  return { size: kept, starts: landed, skipped: landed.map((start, i) => start - raw[i]) };
}

/** Places from their rows and columns. */
export function placesOf(rows: readonly number[], columns: readonly number[]): Place[] {
  return rows.map((y, i) => ({ y, x: columns[i] }));
}

/** The same signals in larger windows at other places; `size` holds every one of them. */
export function inWindows(
  signals: Signals,
  places: readonly Place[],
  height: number,
  width: number,
): Signals {
  const out = emptySignals(places, height, width, signals.channels);
  addInto(out, signals);
  return out;
}

/** Adds signals to others whose windows hold theirs. */
export function addInto(sum: Signals, part: Signals): void {
  const { channels } = sum;
  const run = part.width * channels;
  for (let unit = 0; unit < sum.places.length; unit++) {
    const to = valuesOf(sum, unit);
    const from = valuesOf(part, unit);
    const down = part.places[unit].y - sum.places[unit].y;
    const right = part.places[unit].x - sum.places[unit].x;
    for (let row = 0; row < part.height; row++) {
      const start = ((down + row) * sum.width + right) * channels;
      for (let i = 0; i < run; i++) to[start + i] += from[row * run + i];
    }
  }
}
