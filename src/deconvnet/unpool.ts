import { maxPool, type Pooling } from "../convnet/pool.js";
import { ShapeError } from "../errors.js";
import { FeatureMaps, type Shape, type Switches } from "../maps.js";
import type { MaxPool } from "../network/layer.js";
import { slides } from "../network/sliding.js";
import { emptySignals, land, placesOf, type Signals, valuesOf, wholeSignal } from "./signals.js";

/**
 * What happens where the windows of two pooled cells share one switch: their values `"add"` (the adjoint of pooling, as
 * Caffe, PyTorch's gradient and cuda-convnet do), or the later window in row-major order is kept, `"overwrite"`.
 */
export type Duplicates = "add" | "overwrite";

/**
 * Where a value goes when its window had several equal maxima: to the `"first"` in row-major order, its switch, or to
 * `"all"` of them, as cuda-convnet, the paper's own code base, did.
 */
export type Ties = "first" | "all";

/** How `unpool` treats shared switches and equal maxima. */
export interface Unpooling {
  /** Default `"add"`. */
  readonly duplicates?: Duplicates;
  /** For `ties: "all"`: the maps that went into the pool, and how it slid. The switch alone by default. */
  readonly ties?: { readonly input: FeatureMaps; readonly pooling: Pooling };
}

/**
 * DOWN, step 1: puts each value back where its maximum was, zeros elsewhere (section 2.1, "unpooling": "placing the
 * reconstructions from the layer above into appropriate locations, preserving the structure of the stimulus").
 *
 * @param signal `[height, width, channels]`, of the pooled maps' shape
 * @param switches recorded by `convnet.pool` on the way up
 * @param options.duplicates `"add"` (default) or `"overwrite"`
 * @param options.ties the switch alone by default; give the pool's input to reach all equal maxima
 * @returns maps of the shape that went into the pool
 * @throws {ShapeError} when signal and switches differ in shape
 * @see {@link convnet.pool}, its twin on the way up
 * @example
 * const { switches } = convnet.pool(fromRows([[1, 5], [3, 2]]), { size: 2 });
 * toRows(deconvnet.unpool(fromRows([[7]]), switches)); // [[0, 7], [0, 0]]
 */
export function unpool(signal: FeatureMaps, switches: Switches, options: Unpooling = {}): FeatureMaps {
  if (signal.shape.some((side, i) => side !== switches.shape[i])) {
    throw new ShapeError(
      "deconvnet.unpool",
      "values",
      signal.shape,
      switches.shape,
      "pass the switches recorded by the same pool",
    );
  }
  const out = new FeatureMaps(switches.inputShape);
  const whole = wholeSignal(out);
  const { duplicates = "add", ties } = options;
  if (ties) placeAtTies(wholeSignal(signal), 0, whole, ties.input, maxPool(ties.pooling), duplicates);
  else placeAtSwitches(wholeSignal(signal), 0, whole, switches, duplicates);
  return out;
}

/** `unpool` for windows: gives the signals of the pool's input. */
export function unpoolWindows(
  signals: Signals,
  layer: MaxPool,
  switches: Switches,
  { duplicates, ties }: { duplicates: Duplicates; ties: FeatureMaps | undefined },
): Signals {
  const [vertical, horizontal] = slides(layer);
  const rows = land(
    signals.places.map(({ y }) => y),
    signals.height,
    vertical,
    switches.inputShape[0],
  );
  const columns = land(
    signals.places.map(({ x }) => x),
    signals.width,
    horizontal,
    switches.inputShape[1],
  );
  const out = emptySignals(placesOf(rows.starts, columns.starts), rows.size, columns.size, signals.channels);
  for (let unit = 0; unit < signals.places.length; unit++) {
    if (ties) placeAtTies(signals, unit, out, ties, layer, duplicates);
    else placeAtSwitches(signals, unit, out, switches, duplicates);
  }
  return out;
}

/** Each value of one unit's window goes to the position its switch names. */
function placeAtSwitches(
  from: Signals,
  unit: number,
  to: Signals,
  switches: Switches,
  duplicates: Duplicates,
): void {
  const { channels } = from;
  const values = valuesOf(from, unit);
  const out = valuesOf(to, unit);
  const { positions } = switches;
  const inputWidth = switches.inputShape[1];
  const { y: top, x: left } = to.places[unit];
  const corner = top * to.width + left;
  const adds = duplicates === "add";
  const perRow = 1 / inputWidth;
  const narrower = inputWidth - to.width;
  for (let cell = 0; cell < from.height * from.width; cell++) {
    const y = from.places[unit].y + Math.floor(cell / from.width);
    const first = (y * switches.shape[1] + from.places[unit].x + (cell % from.width)) * channels;
    for (let c = 0; c < channels; c++) {
      const position = positions[first + c];
      // The half keeps a whole quotient from being rounded down; faster than a division of integers.
      const row = ((position + 0.5) * perRow) | 0;
      const place = (position - row * narrower - corner) * channels + c;
      if (adds) out[place] += values[cell * channels + c];
      else out[place] = values[cell * channels + c];
    }
  }
}

/** Each value goes to every position of its window that held the maximum. */
function placeAtTies(
  from: Signals,
  unit: number,
  to: Signals,
  input: FeatureMaps,
  { size, stride, padding }: MaxPool,
  duplicates: Duplicates,
): void {
  const [height, width, channels]: Shape = input.shape;
  const values = valuesOf(from, unit);
  const out = valuesOf(to, unit);
  const { y: top, x: left } = to.places[unit];
  for (let i = 0; i < values.length; i++) {
    const c = i % channels;
    const cell = Math.floor(i / channels);
    const startY = (from.places[unit].y + Math.floor(cell / from.width)) * stride[0] - padding.top;
    const startX = (from.places[unit].x + (cell % from.width)) * stride[1] - padding.left;
    const [endY, endX] = [Math.min(height, startY + size[0]), Math.min(width, startX + size[1])];
    let greatest = Number.NEGATIVE_INFINITY;
    for (let y = Math.max(0, startY); y < endY; y++) {
      for (let x = Math.max(0, startX); x < endX; x++)
        greatest = Math.max(greatest, input.data[(y * width + x) * channels + c]);
    }
    for (let y = Math.max(0, startY); y < endY; y++) {
      for (let x = Math.max(0, startX); x < endX; x++) {
        if (!Object.is(input.data[(y * width + x) * channels + c] + 0, greatest + 0)) continue;
        const place = ((y - top) * to.width + x - left) * channels + c;
        if (duplicates === "add") out[place] += values[i];
        else out[place] = values[i];
      }
    }
  }
}
