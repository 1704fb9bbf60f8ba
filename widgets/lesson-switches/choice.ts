import type { SwitchesModel } from "../../src/lessons/switches-model.js";
import { pairOf, type SwitchesChoice } from "../../src/show/lesson-switches-sheet.js";
import type { PanelCell } from "../lesson/cells.js";
import type { Control } from "../lesson/controls.js";
import { nearestWindow } from "../lesson/nearest-window.js";

/** The window of a pooled cell, or the one whose switch a cell is, or one that holds it. */
export function choiceAt(
  model: SwitchesModel,
  choice: SwitchesChoice,
  { panel, y, x }: PanelCell,
): SwitchesChoice {
  const { windows } = model;
  if (panel === "pooled" || panel === "signal") {
    const window = windows.findIndex(({ cell }) => cell.y === y && cell.x === x);
    return pairOf(model, choice).includes(window) ? choice : { window };
  }
  const own = windows.findIndex((window) => window.switch.y === y && window.switch.x === x);
  const pair = pairOf(model, choice);
  const held = windows.map(({ window }) => window);
  const window = own >= 0 ? own : nearestWindow(held, pair[0], y, x);
  return pair.includes(window) ? choice : { window };
}

/** The window one further down or to the right. */
export function moved(
  model: SwitchesModel,
  choice: SwitchesChoice,
  down: number,
  across: number,
): SwitchesChoice {
  const [high, wide] = [model.state.signal.length, model.state.signal[0].length];
  const { cell } = model.windows[choice.window ?? pairOf(model, choice)[0]] ?? model.windows[0];
  const within = (at: number, length: number): number => Math.max(0, Math.min(at, length - 1));
  return { window: within(cell.y + down, high) * wide + within(cell.x + across, wide) };
}

/** Window and stride by number, and the two pools of the paper's time by name. */
export function switchesControls({ state, labels, panels }: SwitchesModel): readonly Control[] {
  const size = [state.input.length, state.input[0].length] as const;
  const number = (
    name: string,
    label: string,
    value: number,
    change: (value: number) => object,
  ): Control => ({
    kind: "number",
    name,
    label,
    value,
    change,
  });
  return [
    number("size", labels.pool ?? "", state.size[1], (value) => ({ size: value })),
    number("stride", labels.stride ?? "", state.stride[1], (stride) => ({ stride })),
    number("padding", labels.padding ?? "", state.padding.top, (padding) => ({ padding })),
    number("inputSize", `${panels.input.name}: ${labels.size}`, size[1], (value) => ({
      inputSize: [Math.max(1, size[0] + value - size[1]), value],
    })),
  ];
}
