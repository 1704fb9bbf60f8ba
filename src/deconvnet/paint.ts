import type { Engine } from "../engine/engine.js";
import type { Filters } from "../network/filters.js";
import { emptySignals, type Landing, type Place, type Signals, valuesOf } from "./signals.js";

/**
 * What one addition in a plain loop, and the laying out of one weight for a convolution, take, counted in the engine's
 * multiplications. Measured with native TensorFlow on two cores; on wasm the faster of the two may at times be the other.
 */
const [anAddition, aWeight] = [200, 100];

/**
 * Whether `paint` is less work than a convolution over the whole window: it multiplies each value by its filter and
 * nothing by zero, which a small window, a stride or very few input channels make worth its additions.
 *
 * @param painted cells of the window that the filters reach, of all units
 */
export function paintsFaster(signals: Signals, filters: Filters, painted: number): boolean {
  if (filters.groups !== 1) return false;
  const { inChannels, channels } = filters;
  const places = filters.size[0] * filters.size[1];
  const cells = signals.places.length * signals.height * signals.width;
  // Convolutions compute at least 16 channels at a time.
  const convolution = painted * places * Math.max(inChannels, 16) * channels;
  return (
    cells * places * inChannels * (channels + anAddition) <
    convolution + places * inChannels * channels * aWeight
  );
}

/**
 * Each value paints its filter, times itself, over its window, and what overlaps adds up: Weightᵀ × Signal as one
 * product, its rows added back to where they belong.
 */
export function paint(
  engine: Engine,
  signals: Signals,
  filters: Filters,
  places: readonly Place[],
  rows: Landing,
  columns: Landing,
): Signals {
  const { inChannels, dilation, size, stride } = filters;
  const cells = signals.height * signals.width;
  const row = size[0] * size[1] * inChannels;
  const painted = engine.multiply(signals.data, places.length * cells, filters.weights, row, "transposed");
  const out = emptySignals(places, rows.size, columns.size, inChannels);
  // Weights that lie side by side in the product and in the window are added in one run.
  const together = dilation[1] === 1 ? size[1] : 1;
  for (let unit = 0; unit < places.length; unit++) {
    const to = valuesOf(out, unit);
    const [down, right] = [rows.skipped[unit], columns.skipped[unit]];
    for (let cell = 0; cell < cells; cell++) {
      const top = Math.floor(cell / signals.width) * stride[0] - down;
      const left = (cell % signals.width) * stride[1] - right;
      for (let ky = 0; ky < size[0]; ky++) {
        const y = top + ky * dilation[0];
        if (y < 0 || y >= out.height) continue;
        for (let kx = 0; kx < size[1]; kx += together) {
          const x = left + kx * dilation[1];
          const first = Math.max(0, -x) * inChannels;
          const last = Math.min(together, out.width - x) * inChannels;
          const from = (unit * cells + cell) * row + (ky * size[1] + kx) * inChannels;
          const at = (y * out.width + x) * inChannels;
          for (let i = first; i < last; i++) to[at + i] += painted[from + i];
        }
      }
    }
  }
  return out;
}
