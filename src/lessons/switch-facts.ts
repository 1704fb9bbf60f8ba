import { maxPool, type Pooling, pool } from "../convnet/pool.js";
import { unpool } from "../deconvnet/unpool.js";
import { FeatureMaps, type Switches, type Window } from "../maps.js";
import type { Cell } from "./model.js";
import { plain } from "./rows.js";

/** One window of a pool over one map, and what it did. */
export interface PoolWindow {
  /** `A`, `B`, … in row-major order. */
  readonly name: string;
  /** Its cell in the pooled map. */
  readonly cell: Cell;
  /** What it covers of the input: without padding, which is never a maximum. */
  readonly window: Window;
  readonly maximum: number;
  /** Where its maximum was: the first in row-major order. */
  readonly switch: Cell;
  /** All cells of the window that hold the maximum, its switch among them. */
  readonly ties: readonly Cell[];
}

/** A cell that is the switch of several windows. */
export interface SharedSwitch extends Cell {
  /** The names of the windows. */
  readonly windows: readonly string[];
}

/** What a pool of one map keeps, shares and loses. */
export interface SwitchFacts {
  readonly pooled: FeatureMaps;
  readonly switches: Switches;
  readonly windows: readonly PoolWindow[];
  readonly shared: readonly SharedSwitch[];
  /** Cells that are no window's switch: their values are lost for good. */
  readonly lost: readonly Cell[];
}

/**
 * Looks into a pool: windows, maxima, switches, shared positions, ties, and what is lost.
 *
 * @param input `[height, width, 1]`
 * @param pooling the window's size, stride, padding and rounding
 * @example
 * const { shared, lost } = switchFacts(fromRows([[1, 9, 2]]), { size: [1, 2], stride: 1 });
 * [shared, lost.length]; // [[{ y: 0, x: 1, windows: ["A", "B"] }], 2]
 */
export function switchFacts(input: FeatureMaps, pooling: Pooling): SwitchFacts {
  const { size, stride, padding } = maxPool(pooling);
  const { maps: pooled, switches } = pool(input, pooling);
  const [height, width] = input.shape;
  const cellOf = (position: number): Cell => ({ y: Math.floor(position / width), x: position % width });
  const windows = Array.from(switches.positions, (position, i): PoolWindow => {
    const cell = { y: Math.floor(i / pooled.shape[1]), x: i % pooled.shape[1] };
    const [y, x] = [cell.y * stride[0] - padding.top, cell.x * stride[1] - padding.left];
    const [top, left] = [Math.max(0, y), Math.max(0, x)];
    return {
      name: nameOf(i),
      cell,
      window: {
        y: top,
        x: left,
        height: Math.min(height, y + size[0]) - top,
        width: Math.min(width, x + size[1]) - left,
      },
      maximum: plain(pooled.data[i]),
      switch: cellOf(position),
      ties: tiesOf(i, input, switches, pooling).map(cellOf),
    };
  });
  const byPosition = new Map<number, string[]>();
  switches.positions.forEach((position, i) => {
    byPosition.set(position, [...(byPosition.get(position) ?? []), nameOf(i)]);
  });
  return {
    pooled,
    switches,
    windows,
    shared: [...byPosition]
      .filter(([, names]) => names.length > 1)
      .map(([position, names]) => ({ ...cellOf(position), windows: names })),
    lost: Array.from(input.data.keys())
      .filter((position) => !byPosition.has(position))
      .map(cellOf),
  };
}

/** Where a signal at this window alone would go, were it to go to all equal maxima. */
function tiesOf(window: number, input: FeatureMaps, switches: Switches, pooling: Pooling): number[] {
  const one = new FeatureMaps(switches.shape);
  one.data[window] = 1;
  const { data } = unpool(one, switches, { ties: { input, pooling } });
  return Array.from(data.keys()).filter((position) => data[position] !== 0);
}

/** A … Z, then AA, AB, … */
function nameOf(i: number): string {
  const last = String.fromCharCode(65 + (i % 26));
  return i < 26 ? last : nameOf(Math.floor(i / 26) - 1) + last;
}
