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
      const [a, b] = pairOf(model, choice);
      const series =
        model.windows[a].name === name
          ? "a"
          : b !== undefined && model.windows[b].name === name
            ? "b"
            : undefined;
      return { ...choice, only: choice.only === series ? undefined : series };
    },
  },
  keys: ({ labels }) => [{ keys: ["A", "B"], words: labels.oneWindow ?? "" }],
});
