import { count, shortNumber } from "./number.js";
import type { Cell, Operation, Picture, PinnedCell, StageView } from "./step-through-state.js";
import { cellAt, type Partner, placeOf } from "./stepper-links.js";
import { type Related, related } from "./stepper-related.js";

/** Words with the numbers in them told apart, which are set in bold. */
export type Caption = readonly (string | { readonly value: string })[];

/** A line below each of the three panels. */
export interface Captions {
  readonly input: Caption;
  readonly operation: Caption;
  readonly output: Caption;
}

/** The numbers of a view by the number of their buffer. */
export type Values = (buffer: number) => Float32Array;

/** What the pictures say about one cell, with its numbers: where its value came from, what was done, where it went. */
export function captions(view: StageView, values: Values, focus: PinnedCell): Captions {
  const found = related(view, focus);
  const { operation } = view;
  switch (operation.kind) {
    case "switches":
      return unpooled(view, operation, values, found);
    case "rectify":
      return { ...plain(view, values, found), operation: rectified(view, operation, values, found) };
    case "kernels":
      return filtered(view, operation, values, found);
    case "weights":
      return weighed(view, operation, values, found);
    case "plus":
      return summed(view, operation, values, found);
    case "shares":
      return shared(view, operation, values, found);
    case "factor":
      return { ...plain(view, values, found), operation: ["× ", number(operation.factor)] };
    case "branch":
      return { ...plain(view, values, found), operation: ["the same value to each"] };
    case "split": {
      const { to, first } = operation.parts[operation.chosen];
      const renamed = first ? `, map ${view.output.map} there` : "";
      return { ...plain(view, values, found), operation: [`to ${to}${renamed}`] };
    }
    case "words":
      return { ...plain(view, values, found), operation: [] };
  }
}

/** One cell that comes in, one that goes out. */
function plain(view: StageView, values: Values, { inputs, output }: Related): Captions {
  return {
    input: inputs[0].length
      ? valueAt(view.inputs[0], inputs[0][0].place, values)
      : ["outside what came down"],
    operation: [],
    output: output.length ? valueAt(view.output, output[0].place, values) : ["outside what goes down"],
  };
}

function unpooled(
  view: StageView,
  { size, stride, start, duplicates }: Operation & { kind: "switches" },
  values: Values,
  { inputs, output }: Related,
): Captions {
  const [input] = view.inputs;
  const from = inputs[0];
  if (output.length === 0 || from.length === 0)
    return {
      input: from.length ? valueAt(input, from[0].place, values) : ["no value goes there"],
      operation: ["no switch points there"],
      output: output.length ? valueAt(view.output, output[0].place, values) : ["outside"],
    };
  const overlapping = size[0] > stride[0] || size[1] > stride[1];
  const others =
    overlapping || output.length > 1
      ? 0
      : inside(view, cellAt(input, from[0].place), size, stride, start) - 1;
  const rest = others > 0 ? [`, other ${others} are `, number(0)] : [];
  if (from.length > 1)
    return {
      input: list(from.map(({ place }) => valueAt(input, place, values))),
      operation: [
        `${from.length} windows share this place: ${duplicates === "add" ? "added" : "the last is kept"}`,
      ],
      output: valueAt(view.output, output[0].place, values),
    };
  const cell = cellAt(input, from[0].place);
  const place = cellAt(view.output, output[0].place);
  const within: [number, number] = [
    place.y - start[0] - cell.y * stride[0],
    place.x - start[1] - cell.x * stride[1],
  ];
  const many =
    output.length > 1 ? [`${output.length} equal maxima`] : ["switch: ", { value: corner(within, size) }];
  return {
    input: valueAt(input, from[0].place, values),
    operation: many,
    output: [...valueAt(view.output, output[0].place, values), ...rest],
  };
}

/** How many cells of a pool's window lie inside what is shown. */
function inside(
  { output: { window } }: StageView,
  { y, x }: Cell,
  size: readonly number[],
  stride: readonly number[],
  start: readonly number[],
): number {
  const along = (at: number, axis: 0 | 1, from: number, length: number): number => {
    const first = start[axis] + at * stride[axis];
    return Math.min(first + size[axis], from + length) - Math.max(first, from);
  };
  return along(y, 0, window.y, window.height) * along(x, 1, window.x, window.width);
}

/** Where in its window a maximum was, in words. */
function corner([y, x]: readonly [number, number], [height, width]: readonly [number, number]): string {
  if (height === 2 && width === 2) return `${y ? "bottom" : "top"} ${x ? "right" : "left"}`;
  if (height === 3 && width === 3) {
    if (y === 1 && x === 1) return "centre";
    const [row, column] = [["top", "", "bottom"][y], ["left", "", "right"][x]];
    return [row, column].filter(Boolean).join(" ");
  }
  return `row ${y}, column ${x} of ${height} × ${width}`;
}

function rectified(
  view: StageView,
  operation: Operation & { kind: "rectify" },
  values: Values,
  { inputs }: Related,
): Caption {
  const at = inputs[0][0]?.place;
  if (at === undefined) return [];
  const value = values(view.inputs[0].buffer)[at];
  const sign = value > 0 ? "above zero" : value < 0 ? "below zero" : "zero";
  if (operation.up === undefined)
    return [value > 0 ? `${sign}, so it goes on` : value < 0 ? `${sign}, so it stops here` : sign];
  const above = values(operation.up)[at];
  const passes = above > 0 && !(operation.rule === "guided" && value < 0);
  const because = operation.rule === "guided" && above > 0 ? `, signal ${sign}` : "";
  return ["on the way up ", number(above), `${because}: ${passes ? "goes on" : "stops here"}`];
}

function filtered(
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

function weighed(
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

function summed(
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

function shared(
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

function list(captions: readonly Caption[]): Caption {
  return captions.flatMap((caption, i) => (i ? ["; ", ...caption] : caption));
}

/** "at 10, 9: 206.5". */
function valueAt(picture: Picture, place: number, values: Values): Caption {
  const { map, y, x } = cellAt(picture, place);
  const where = picture.layout === "channels" ? `map ${map}` : `at ${y}, ${x}`;
  return [`${where}: `, number(values(picture.buffer)[place])];
}

function number(value: number): { value: string } {
  return { value: shortNumber(value) };
}

/** With its sign, as in a sum. */
function signed(value: number): string {
  return value > 0 ? `+${shortNumber(value)}` : shortNumber(value);
}

/** A caption without its marks. */
export function captionText(caption: Caption): string {
  return caption.map((word) => (typeof word === "string" ? word : word.value)).join("");
}
