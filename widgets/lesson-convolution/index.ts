import type { ConvolutionModel } from "../../src/lessons/convolution-model.js";
import { convolutionSheet } from "../../src/show/lesson-convolution-sheet.js";
import { lessonWidget } from "../lesson/lesson-widget.js";
import { matrixControls } from "../lesson/matrix-controls.js";
import { choiceAt, firstChoice, moved } from "./choice.js";

export default lessonWidget<ConvolutionModel, ReturnType<typeof firstChoice>>({
  name: "lesson-convolution",
  first: firstChoice(),
  sheet: convolutionSheet,
  point: choiceAt,
  move: moved,
  controls: matrixControls,
});
