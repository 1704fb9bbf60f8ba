import type { LearningModel } from "../lessons/learning-model.js";
import { block, flow } from "./lesson-blocks.js";
import {
  cellFor,
  cellWidthFor,
  paragraphs,
  type Sheet,
  type SheetMark,
  type SheetSpace,
  type Tint,
} from "./lesson-sheet.js";

/** One weight, looked at before, in the gradient, and after the step; or any other number. */
export interface LearningChoice {
  readonly layer?: 1 | 2 | undefined;
  readonly map?: number | undefined;
  readonly y?: number | undefined;
  readonly x?: number | undefined;
}

/** The panels of one layer's filters: as they are, their gradient, and after the step. */
const filterPanels = { 1: ["conv1", "gradient1", "new1"], 2: ["conv2", "gradient2", "new2"] } as const;

/** One step of learning: the picture and what is made of it, then each layer's filters before, gradient, and after. */
export function learningSheet(model: LearningModel, choice: LearningChoice, space: SheetSpace): Sheet {
  const { panels, state } = model;
  const { weight } = state;
  const channels = weight.layer === "conv1" ? 1 : 2;
  const chosen =
    choice.layer === undefined
      ? {
          layer: weight.layer === "conv1" ? 1 : 2,
          map: weight.filter * channels + weight.channel,
          y: weight.y,
          x: weight.x,
        }
      : choice;
  const cellHeight = cellFor(() => true, 30);
  const sizeOf = (keys: readonly (keyof typeof panels)[]) => ({
    cellHeight,
    cellWidth: cellWidthFor(
      keys.map((key) => panels[key]),
      cellHeight,
      space,
    ),
  });
  const marks: SheetMark[] = [];
  let [bottom, right] = [0, 0];
  const row = (keys: readonly (keyof typeof panels)[], layer: 1 | 2 | 0): void => {
    const size = sizeOf(keys);
    const tint = (map: number, y: number, x: number): Tint | undefined =>
      layer !== 0 && chosen.layer === layer && chosen.map === map && chosen.y === y && chosen.x === x
        ? "strong"
        : undefined;
    const blocks = keys.map((key) => block(panels[key], key, { ...size, tint }, space));
    const next = flow(blocks, { x: 0, y: bottom, width: space.width });
    marks.push(...next.placed.flatMap((one) => one.marks));
    bottom = next.bottom + 22;
    right = Math.max(right, next.right);
  };
  // The picture's whole numbers stand closer than what is computed from them.
  row(["scores", "probabilities", "newScores", "newProbabilities"], 0);
  row(["picture"], 0);
  row(filterPanels[1], 1);
  row(filterPanels[2], 2);
  const words = paragraphs(
    { x: 0, y: bottom, width: space.width },
    [[{ text: model.quotient.words }]],
    space,
  );
  marks.push(words);
  return { width: Math.max(right, space.width), height: words.y + words.height, marks };
}
