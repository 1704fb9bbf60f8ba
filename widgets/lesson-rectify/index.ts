import type { RectifyModel } from "../../src/lessons/rectify-model.js";
import { type RectifyChoice, rectifySheet } from "../../src/show/lesson-rectify-sheet.js";
import { lessonWidget } from "../lesson/lesson-widget.js";

export default lessonWidget<RectifyModel, RectifyChoice>({
  name: "lesson-rectify",
  first: { y: 0, x: 0 },
  sheet: rectifySheet,
  point: (_, __, { y, x }) => ({ y, x }),
  move: ({ cells }, { y, x }, down, across) => ({
    y: Math.max(0, Math.min(y + down, cells.length - 1)),
    x: Math.max(0, Math.min(x + across, cells[0].length - 1)),
  }),
  controls({ cells, labels }) {
    const [height, width] = [cells.length, cells[0].length];
    return [
      {
        kind: "number",
        name: "rows",
        label: `${labels.size} ↓`,
        value: height,
        change: (value) => ({ size: [value, width] }),
      },
      {
        kind: "number",
        name: "columns",
        label: `${labels.size} →`,
        value: width,
        change: (value) => ({ size: [height, value] }),
      },
    ];
  },
});
