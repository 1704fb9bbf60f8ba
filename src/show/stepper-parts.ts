import type { Filters } from "../network/filters.js";
import { slides } from "../network/sliding.js";
import type { Step } from "../projection.js";
import type { Cell } from "./step-through-state.js";

/**
 * What each map of a filter step's input brought to one cell of its output: the sum of the products of its values and
 * the taps that lead there. All of them together are the cell's value.
 *
 * @param cell row and column in its layer, and map
 * @returns float64, one a map that comes in
 */
export function partsOf({ input }: Step, filters: Filters, cell: Cell): Float64Array {
  const { window, maps } = input;
  const [vertical, horizontal] = slides(filters);
  const inGroup = filters.inChannels / filters.groups;
  const outGroup = filters.channels / filters.groups;
  const group = Math.floor(cell.map / inGroup);
  const parts = new Float64Array(filters.channels);
  for (let down = 0; down < vertical.size; down++) {
    const y = cameFrom(cell.y, down, vertical) - window.y;
    if (!(y >= 0 && y < window.height)) continue;
    for (let right = 0; right < horizontal.size; right++) {
      const x = cameFrom(cell.x, right, horizontal) - window.x;
      if (!(x >= 0 && x < window.width)) continue;
      const values = (y * window.width + x) * filters.channels;
      const weights =
        ((down * horizontal.size + right) * inGroup + cell.map - group * inGroup) * filters.channels;
      for (let map = group * outGroup; map < (group + 1) * outGroup; map++)
        parts[map] += maps.data[values + map] * filters.weights[weights + map];
    }
  }
  return parts;
}

/** Along one axis: the place whose window has a cell at one of its taps; NaN where the stride leaves it out. */
function cameFrom(
  cell: number,
  tap: number,
  { before, dilation, stride }: { before: number; dilation: number; stride: number },
): number {
  const start = cell + before - tap * dilation;
  return start % stride === 0 ? start / stride : Number.NaN;
}

/** The kernel that leads from one map that comes in to one that goes out, flipped both ways, row by row. */
export function flippedKernel(filters: Filters, input: number, output: number): Float32Array {
  const places = filters.size[0] * filters.size[1];
  const inGroup = filters.inChannels / filters.groups;
  const of = output % inGroup;
  return Float32Array.from(
    { length: places },
    (_, place) => filters.weights[((places - 1 - place) * inGroup + of) * filters.channels + input],
  );
}

/** Which maps brought most to a cell, most first. */
export function greatestFirst(parts: ArrayLike<number>): number[] {
  const magnitude = Array.from(parts, (part) =>
    Number.isNaN(part) ? Number.POSITIVE_INFINITY : Math.abs(part),
  );
  return magnitude.map((_, map) => map).sort((a, b) => magnitude[b] - magnitude[a] || a - b);
}
