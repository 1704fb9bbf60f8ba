import { count } from "./number.js";
import type { Operation, StageView } from "./step-through-state.js";
import { type Caption, type Captions, number, signed, type Values, valueAt } from "./stepper-caption.js";
import { cellAt, type Partner, placeOf } from "./stepper-links.js";
import type { Related } from "./stepper-related.js";

export function filtered(
  view: StageView,
  { size, kernels, sorted }: Operation & { kind: "kernels" },
  values: Values,
  { focus, inputs, output }: Related,
): Captions {
  const out = values(view.output.buffer);
  if (focus.side === "input") {
    const shown = inputs.findIndex((cells) => cells.length > 0);
    const input = view.inputs[shown];
    if (!input) return { input: [], operation: [], output: [] };
    const cells = output.map(({ place }) => cellAt(view.output, place));
    const [first, last] = [cells[0], cells[cells.length - 1]];
    return {
      input: [`map ${input.map}, `, ...valueAt(input, inputs[shown][0].place, values)],
      operation: [
        size[0] * size[1] === 1 ? "times its weight" : `times each of ${size[0] * size[1]} weights`,
      ],
      output: first
        ? [`painted over ${span("row", first.y, last.y)}, ${span("column", first.x, last.x)}`]
        : ["reaches no cell"],
    };
  }
  const place = output[0]?.place;
  if (place === undefined) return { input: [], operation: [], output: [] };
  const parts = inputs.map((cells, i) =>
    brought(cells, values(view.inputs[i].buffer), values(kernels[i]), size),
  );
  const others = remainder(out[place], parts);
  const more = sorted.all - inputs.length;
  return {
    input: [`map${inputs.length > 1 ? "s" : ""} ${view.inputs.map(({ map }) => map).join(", ")}`],
    operation: [
      ...parts.flatMap((part, i): Caption => [i ? " " : "", { value: signed(part) }]),
      ...(more ? [`, ${sorted.first ? "other " : ""}${more} maps `, { value: signed(others) }] : []),
    ],
    output: valueAt(view.output, place, values),
  };
}

/** "row 3", "rows 3–5". */
function span(what: string, first: number, last: number): string {
  return first === last ? `${what} ${first}` : `${what}s ${first}–${last}`;
}

/** The sum of the products of the cells that lead to one cell and the taps that they lead there by. */
function brought(
  cells: readonly Partner[],
  values: Float32Array,
  kernel: Float32Array,
  [height, width]: readonly [number, number],
): number {
  // The kernel is shown flipped: its first weight is the last tap's.
  return cells.reduce((sum, { place, tap = 0 }) => sum + values[place] * kernel[height * width - 1 - tap], 0);
}

export function weighed(
  view: StageView,
  { buffer }: Operation & { kind: "weights" },
  values: Values,
  { focus, inputs, output }: Related,
): Captions {
  const [from, weights] = [values(view.inputs[0].buffer), values(buffer)];
  // The weights are those of one map that goes out; another one's come when it is clicked.
  if (focus.side === "output" && focus.map !== view.output.map)
    return {
      input: [],
      operation: ["click to see its weights"],
      output: valueAt(view.output, output[0].place, values),
    };
  const place = placeOf(view.output, { map: view.output.map, y: 0, x: 0 });
  const at = focus.side === "input" ? (inputs[0][0]?.place ?? 0) : strongestProduct(from, weights);
  const product = from[at] * weights[at];
  const others = remainder(values(view.output.buffer)[place], [product]);
  return {
    input: valueAt(view.inputs[0], at, values),
    operation: [
      ...["× ", number(weights[at]), " = ", { value: signed(product) }],
      ...(from.length > 1 ? [`, other ${count(from.length - 1)} `, { value: signed(others) }] : []),
    ],
    output: valueAt(view.output, place, values),
  };
}

function strongestProduct(values: Float32Array, weights: Float32Array): number {
  return values.reduce(
    (best, value, i) => (Math.abs(value * weights[i]) > Math.abs(values[best] * weights[best]) ? i : best),
    0,
  );
}

/** What is left of a sum without some of its parts; what rounding alone leaves is nothing. */
function remainder(total: number, parts: readonly number[]): number {
  const rest = parts.reduce((left, part) => left - part, total);
  const size = parts.reduce((sum, part) => sum + Math.abs(part), Math.abs(total));
  return Math.abs(rest) < 1e-5 * size ? 0 : rest;
}

export function summed(
  view: StageView,
  { sorted }: Operation & { kind: "plus" },
  values: Values,
  { focus, inputs, output }: Related,
): Captions {
  const parts = view.inputs.map((input, i) => {
    const at = inputs[i][0]?.place;
    return at === undefined ? 0 : values(input.buffer)[at];
  });
  const at = output[0]?.place;
  const total = at === undefined ? 0 : values(view.output.buffer)[at];
  const more = sorted.all - parts.length;
  return {
    input: [`at ${focus.y}, ${focus.x}`],
    operation: [
      ...parts.flatMap(
        (part, i): Caption => (i ? [part < 0 ? " − " : " + ", number(Math.abs(part))] : [number(part)]),
      ),
      ...(more ? [`, ${more} others `, { value: signed(remainder(total, parts)) }] : []),
    ],
    output: at === undefined ? [] : valueAt(view.output, at, values),
  };
}

export function shared(
  view: StageView,
  operation: Operation & { kind: "shares" },
  values: Values,
  { inputs, output }: Related,
): Captions {
  const from = inputs[0];
  const divisors = from.map(({ place }) => values(operation.divisors)[place]);
  const same = divisors.length > 0 && divisors.every((one) => one === divisors[0]);
  return {
    input:
      from.length > 1
        ? [`${from.length} windows reach it`]
        : from.length
          ? valueAt(view.inputs[0], from[0].place, values)
          : ["no window reaches it"],
    operation: same ? ["each cell gets 1 of ", number(divisors[0]), " parts"] : ["their shares add up"],
    output: output.length ? valueAt(view.output, output[0].place, values) : [],
  };
}
