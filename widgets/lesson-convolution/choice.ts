import type { ConvolutionModel } from "../../src/lessons/convolution-model.js";
import type { ConvolutionChoice } from "../../src/show/lesson-convolution-sheet.js";
import type { PanelCell } from "../lesson/cells.js";
import { nearestWindow } from "../lesson/nearest-window.js";

/** The second window of the first row: one that has moved. */
export function firstChoice(): ConvolutionChoice {
  return { filter: 0, column: 1 };
}

/** The window that a number belongs to, and its place in it. */
export function choiceAt(
  model: ConvolutionModel,
  { filter, column }: ConvolutionChoice,
  { panel, map, y, x }: PanelCell,
): ConvolutionChoice {
  const channels = model.state.input.length;
  const width = model.state.kernel[0][0][0].length;
  switch (panel) {
    case "input": {
      const window = nearestWindow(model.places, column, y, x);
      const row = model.sources.findIndex((places) => {
        const place = places[window];
        return place !== null && place.map === map && place.y === y && place.x === x;
      });
      return { filter, column: window, row: row < 0 ? undefined : row };
    }
    case "kernel":
      return {
        filter: Math.floor(map / channels),
        column,
        row: (y * width + x) * channels + (map % channels),
      };
    case "columns":
      return { filter, column: x, row: y };
    case "weight":
      return { filter: y, column, row: x };
    case "product":
      return { filter: y, column: x };
    case "output":
      return { filter: map, column: y * model.windows[1] + x };
    default:
      return { filter, column };
  }
}

/** The window one further down or to the right. */
export function moved(
  { windows: [height, width] }: ConvolutionModel,
  { filter, column }: ConvolutionChoice,
  down: number,
  across: number,
): ConvolutionChoice {
  const within = (at: number, length: number): number => Math.max(0, Math.min(at, length - 1));
  const y = within(Math.floor(column / width) + down, height);
  const x = within((column % width) + across, width);
  return { filter, column: y * width + x };
}
