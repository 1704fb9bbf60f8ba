import type { LearningModel } from "../../src/lessons/learning-model.js";
import { type LearningChoice, learningSheet } from "../../src/show/lesson-learning-sheet.js";
import { lessonWidget } from "../lesson/lesson-widget.js";

export default lessonWidget<LearningModel, LearningChoice>({
  name: "lesson-learning",
  first: {},
  sheet: learningSheet,
  point(_, choice, { panel, map, y, x }) {
    const layer = /^(?:conv|gradient|new)([12])$/.exec(panel)?.[1];
    return layer ? { layer: layer === "1" ? 1 : 2, map, y, x } : choice;
  },
  move: (_, choice) => choice,
  controls: ({ state, labels, classes }) => [
    {
      kind: "choice",
      name: "label",
      label: labels.label ?? "",
      value: String(state.label),
      options: classes.map((label, i) => ({ value: String(i), label })),
      change: (value) => ({ label: Number(value) }),
    },
    {
      kind: "choice",
      name: "rate",
      label: labels.rate ?? "",
      value: String(state.rate),
      options: [...new Set([0.005, 0.01, 0.02, 0.05, state.rate])]
        .sort((a, b) => a - b)
        .map((rate) => ({ value: String(rate), label: String(rate) })),
      change: (value) => ({ rate: Number(value) }),
    },
  ],
});
