import type { SwitchesModel } from "../../src/lessons/switches-model.js";
import { pairOf, type SwitchesChoice, switchesSheet } from "../../src/show/lesson-switches-sheet.js";
import { lessonWidget } from "../lesson/lesson-widget.js";
import { choiceAt, moved, switchesControls } from "./choice.js";

export default lessonWidget<SwitchesModel, SwitchesChoice>({
  name: "lesson-switches",
  first: {},
  sheet: switchesSheet,
  point: choiceAt,
  move: moved,
  controls: switchesControls,
  tabs: {
    // The letters are the windows' own names, which change with the pair: the pressed one is told by its series.
    pressed: (choice) => choice.only,
    press(model, choice, name) {
      const series = seriesOf(model, choice, name);
      if (series === undefined) return choice;
      return { ...choice, only: choice.only === series ? undefined : series };
    },
  },
  keys: ({ labels }) => [{ keys: ["A", "B"], words: labels.oneWindow ?? "" }],
});

/** A window by its own name; A and B also mean the first and the second that are shown. */
function seriesOf(model: SwitchesModel, choice: SwitchesChoice, name: string): "a" | "b" | undefined {
  const names = pairOf(model, choice).map((window) =>
    window === undefined ? undefined : model.windows[window].name,
  );
  const at = names.includes(name) ? names.indexOf(name) : ["A", "B"].indexOf(name);
  return at < 0 || names[at] === undefined ? undefined : at === 0 ? "a" : "b";
}
