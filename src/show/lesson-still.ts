import type { ConvolutionModel } from "../lessons/convolution-model.js";
import type { LearningModel } from "../lessons/learning-model.js";
import type { LessonModel } from "../lessons/model.js";
import { modelText } from "../lessons/model-text.js";
import type { NetworkModel } from "../lessons/network-model.js";
import type { RectifyModel } from "../lessons/rectify-model.js";
import type { SwitchesModel } from "../lessons/switches-model.js";
import type { TransposeModel } from "../lessons/transpose-model.js";
import { Still } from "./drawable.js";
import { convolutionSheet } from "./lesson-convolution-sheet.js";
import { lessonDrawing } from "./lesson-drawing.js";
import { learningSheet } from "./lesson-learning-sheet.js";
import { networkSheet } from "./lesson-network-sheet.js";
import { rectifySheet } from "./lesson-rectify-sheet.js";
import type { Sheet, SheetSpace } from "./lesson-sheet.js";
import { switchesSheet } from "./lesson-switches-sheet.js";
import { transposeSheet } from "./lesson-transpose-sheet.js";
import type { StillOptions } from "./still-options.js";

/** A lesson's widget as it looks before anything is pointed at, with the numbers that it has. */
export function lessonStill(model: LessonModel, options: StillOptions = {}): Still {
  const sheet = (space: SheetSpace): Sheet => sheetOf(model, space);
  return new Still(lessonDrawing(model, sheet, options), modelText(model));
}

function sheetOf(model: LessonModel, space: SheetSpace): Sheet {
  switch (model.lesson) {
    case "convolution":
      return convolutionSheet(model as ConvolutionModel, { filter: 0, column: 1 }, space);
    case "transpose":
      return transposeSheet(model as TransposeModel, { filter: 0, column: 1 }, space);
    case "switches":
      return switchesSheet(model as SwitchesModel, {}, space);
    case "rectify":
      return rectifySheet(model as RectifyModel, { y: 0, x: 0 }, space);
    case "network":
      return networkSheet(model as NetworkModel, {}, space);
    case "learning":
      return learningSheet(model as LearningModel, {}, space);
  }
}
