import type { TransposeModel } from "../../src/lessons/transpose-model.js";
import type { TransposeChoice } from "../../src/show/lesson-transpose-sheet.js";
import type { PanelCell } from "../lesson/cells.js";
import { nearestWindow } from "../lesson/nearest-window.js";

/** What a number of the way down belongs to: the column it makes, or the cell that columns are added to. */
export function choiceAt(
  model: TransposeModel,
  choice: TransposeChoice,
  { panel, map, y, x }: PanelCell,
): TransposeChoice {
  const { filter, column } = choice;
  switch (panel) {
    case "signal":
      return { ...choice, row: undefined, filter: map, column: y * model.windows[1] + x };
    case "signalRow":
      return { ...choice, row: undefined, filter: y, column: x };
    case "weightTransposed":
      return { ...choice, filter: x, row: y };
    case "columnsBelow":
      return { filter, column: x, row: y, cell: model.sources[y]?.[x] ?? undefined };
    case "signalBelow":
    case "painted":
      return { filter, column: nearestWindow(model.places, column, y, x), cell: { map, y, x } };
    default:
      return choice;
  }
}

/** The number that comes down one further down or to the right. */
export function moved(
  { windows: [height, width] }: TransposeModel,
  { filter, column }: TransposeChoice,
  down: number,
  across: number,
): TransposeChoice {
  const within = (at: number, length: number): number => Math.max(0, Math.min(at, length - 1));
  const y = within(Math.floor(column / width) + down, height);
  return { filter, column: y * width + within((column % width) + across, width) };
}
