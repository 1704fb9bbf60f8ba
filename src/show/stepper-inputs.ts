import type { Signal } from "../maps.js";
import type { Filters } from "../network/filters.js";
import { layerNamed } from "../network/graph.js";
import type { Projection, Step } from "../projection.js";
import type { Cell, Sorted } from "./step-through-state.js";
import { greatestFirst, partsOf } from "./stepper-parts.js";

/** One signal that comes in, with the map of it that is shown. */
export interface Input {
  readonly signal: Signal;
  readonly map: number;
  /** The layer, by its own name, that the signal came down from; of a sum's parts. */
  readonly from?: string;
}

/** Of what a filter or a sum adds up so many are shown at once. */
const atOnce = 4;

/** Where a picture has more cells, only one is shown, so that a message stays small. */
const mostCells = 100_000;

/** The signals of branches that meet at a sum, in the order of the steps that it takes them from. */
export function arrivals({ seen, steps }: Projection, sum: Step): Input[] {
  const taken = new Map<number, number>();
  return sum.from.map((place) => {
    const step = steps[place];
    const { inputs } = layerNamed(seen.network, step.layer);
    // A layer that reads another twice, such as x + x, sends it two signals.
    const parts = inputs.flatMap((input, part) => (input === sum.layer ? [part] : []));
    const nth = taken.get(place) ?? 0;
    taken.set(place, nth + 1);
    return { signal: step.outputs[parts[nth]], map: 0, from: step.layer };
  });
}

/** What a sum adds up in one map, the signal that brought most to a cell first. */
export function summed(
  projection: Projection,
  step: Step,
  cell: Cell,
  first: number,
): { inputs: Input[]; sorted: Sorted } {
  const all = arrivals(projection, step).map((one) => ({ ...one, map: cell.map }));
  // Few branches stay in their order, so that they do not change places from cell to cell.
  const order =
    all.length <= atOnce ? all.map((_, i) => i) : greatestFirst(all.map((one) => valueAt(one, cell)));
  return chosen(
    order.map((i) => all[i]),
    first,
  );
}

/** What a filter adds up into one map: the maps that brought most to a cell first; a pinned map before all others. */
export function filtered(
  step: Step,
  filters: Filters,
  cell: Cell,
  first: number,
  pinned: number | undefined,
): { inputs: Input[]; sorted: Sorted } {
  const inGroup = filters.inChannels / filters.groups;
  const outGroup = filters.channels / filters.groups;
  const group = Math.floor(cell.map / inGroup);
  const parts = partsOf(step, filters, cell).subarray(group * outGroup, (group + 1) * outGroup);
  const maps = greatestFirst(parts).map((one) => group * outGroup + one);
  if (pinned !== undefined && first === 0 && maps.indexOf(pinned) >= atOnce)
    maps.unshift(...maps.splice(maps.indexOf(pinned), 1));
  return chosen(
    maps.map((map) => ({ signal: step.input, map })),
    first,
  );
}

function chosen(all: readonly Input[], first: number): { inputs: Input[]; sorted: Sorted } {
  const { height, width } = all[0].signal.window;
  const many = height * width > mostCells ? 1 : atOnce;
  const start = Math.min(Math.floor(first / many) * many, Math.floor((all.length - 1) / many) * many);
  return { inputs: all.slice(start, start + many), sorted: { first: start, all: all.length } };
}

function valueAt({ signal: { window, maps }, map }: Input, { y, x }: Cell): number {
  const [row, column] = [y - window.y, x - window.x];
  if (row < 0 || column < 0 || row >= window.height || column >= window.width) return 0;
  return maps.data[(row * window.width + column) * maps.shape[2] + map];
}
