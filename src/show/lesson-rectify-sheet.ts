import type { Rule } from "../deconvnet/rectify.js";
import type { Cell } from "../lessons/model.js";
import type { RectifyModel } from "../lessons/rectify-model.js";
import { type Block, block, flow } from "./lesson-blocks.js";
import { sameCell, within } from "./lesson-grids.js";
import {
  cellFor,
  cellWidthFor,
  frame,
  nameHeight,
  paragraphs,
  type Sheet,
  type SheetMark,
  type SheetSpace,
  type Tint,
} from "./lesson-sheet.js";

/** One cell, looked at in all six pictures. */
export type RectifyChoice = Cell;

const rules: readonly Rule[] = ["deconvnet", "gradient", "guided"];

/** Up above, down below: what comes to the ReLU, and what each rule lets through, all of one geometry. */
export function rectifySheet(model: RectifyModel, choice: RectifyChoice, space: SheetSpace): Sheet {
  const { panels, cells, labels } = model;
  const [height, width] = [cells.length, cells[0].length];
  const chosen = { y: within(choice.y, height), x: within(choice.x, width) };
  const all = Object.values(panels);
  const cellHeight = cellFor(
    (side) => 4 * Math.max(130, width * cellWidthFor(all, side, space)) + 3 * 32 <= space.width,
    44,
  );
  const cellWidth = cellWidthFor(all, cellHeight, space);
  const at = (tint: (y: number, x: number) => Tint | undefined) => ({
    cellWidth,
    cellHeight,
    tint: (_: number, y: number, x: number) => (sameCell(chosen, { y, x }) ? "strong" : tint(y, x)),
  });
  const plain = at(() => undefined);
  const through = (rule: Rule) => at((y, x) => (cells[y][x][rule] ? "a" : undefined));
  const step = Math.max(130, width * cellWidth);
  const sized = (one: Block): Block => ({ ...one, width: Math.max(one.width, step) });
  const make = (key: keyof typeof panels, look: ReturnType<typeof at>): Block =>
    sized(block(panels[key], key, look, space));

  const marks: SheetMark[] = [];
  const section = (name: string, y: number, blocks: readonly Block[]): number => {
    marks.push({
      kind: "words",
      x: 0,
      y,
      size: "sentence",
      anchor: "start",
      lines: [[{ text: name, bold: true }]],
    });
    const { placed, bottom } = flow(blocks, { x: 0, y: y + 30, width: space.width }, 32);
    for (const one of placed) {
      marks.push(...one.marks);
      marks.push(...one.grids.map((of) => frame(of, { ...chosen, height: 1, width: 1 })));
    }
    return bottom;
  };
  const middle = section(capital(labels.up), 0, [make("forward", plain), make("rectified", plain)]);
  const bottom = section(capital(labels.down), middle + 26, [
    make("signal", plain),
    ...rules.map((rule) => make(rule, through(rule))),
  ]);
  const words = paragraphs(
    { x: 0, y: bottom + 22, width: space.width },
    [[{ text: `${chosen.y}, ${chosen.x}  `, bold: true }, { text: cells[chosen.y][chosen.x].words }]],
    space,
  );
  marks.push(words);
  return {
    width: Math.min(space.width, 4 * step + 96),
    height: Math.max(words.y + words.height, nameHeight),
    marks,
  };
}

function capital(word = ""): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
