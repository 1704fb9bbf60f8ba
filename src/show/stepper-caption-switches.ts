import type { Cell, Operation, StageView } from "./step-through-state.js";
import { type Caption, type Captions, number, type Values, valueAt } from "./stepper-caption.js";
import { cellAt } from "./stepper-links.js";
import type { Related } from "./stepper-related.js";

export function unpooled(
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

function list(captions: readonly Caption[]): Caption {
  return captions.flatMap((caption, i) => (i ? ["; ", ...caption] : caption));
}
