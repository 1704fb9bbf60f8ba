import type { TransposeModel } from "../../src/lessons/transpose-model.js";
import { transposeSheet } from "../../src/show/lesson-transpose-sheet.js";
import { lessonWidget } from "../lesson/lesson-widget.js";
import { matrixControls } from "../lesson/matrix-controls.js";
import { choiceAt, moved } from "./choice.js";

export default lessonWidget<TransposeModel, ReturnType<typeof choiceAt>>({
  name: "lesson-transpose",
  first: { filter: 0, column: 1 },
  sheet: transposeSheet,
  point: choiceAt,
  move: moved,
  controls: matrixControls,
});
