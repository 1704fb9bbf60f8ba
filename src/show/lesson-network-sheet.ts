import type { NetworkModel } from "../lessons/network-model.js";
import type { Stage } from "../lessons/stage.js";
import { type Block, block, flow, type PlacedBlock } from "./lesson-blocks.js";
import { within } from "./lesson-grids.js";
import {
  cellFor,
  cellWidthFor,
  frame,
  paragraphs,
  type Sheet,
  type SheetMark,
  type SheetSpace,
  type Tint,
} from "./lesson-sheet.js";

/** One number of one stage, up or down; undefined: the unit that is projected. */
export interface NetworkChoice {
  readonly side?: "up" | "down" | undefined;
  readonly stage?: number | undefined;
  /** `(map · height + y) · width + x` */
  readonly cell?: number | undefined;
}

/** The key of a stage's matrices on the sheet; the picture's own, so that its numbers are the user's. */
export function stageKey(side: "up" | "down", stage: number): string {
  return side === "up" && stage === 0 ? "picture" : `${side} ${stage}`;
}

/** The stage and the number that are looked at. */
export function chosenNumber(
  model: NetworkModel,
  choice: NetworkChoice,
): { readonly side: "up" | "down"; readonly stage: number; readonly cell: number } {
  if (choice.side === undefined) return { side: "up", stage: model.unit.stage, cell: model.unit.cell };
  const stage = within(choice.stage ?? 0, model[choice.side].length);
  return { side: choice.side, stage, cell: within(choice.cell ?? 0, model[choice.side][stage].reads.length) };
}

/** Both ways with every number: down on the left, up on the right, the picture and the pixels below. */
export function networkSheet(model: NetworkModel, choice: NetworkChoice, space: SheetSpace): Sheet {
  const { panels, up, down, labels } = model;
  const chosen = chosenNumber(model, choice);
  const stages = model[chosen.side];
  const reads = new Set(stages[chosen.stage].reads[chosen.cell]);
  const all = [...up, ...down].map(({ panel }) => panel);
  const wide = space.width >= 860;
  const half = wide ? (space.width - 48) / 2 : space.width;
  const widest = Math.max(...all.map((panel) => panel.maps.length * panel.maps[0][0].length));
  const cellHeight = cellFor((side) => 2 * widest * cellWidthFor(all, side, space) + 60 <= half, 30, 24);
  const cellWidth = cellWidthFor(all, cellHeight, space);
  const size = { cellWidth, cellHeight };

  const tintOf = (
    side: "up" | "down",
    stage: number,
  ): ((map: number, y: number, x: number) => Tint | undefined) => {
    if (side !== chosen.side) return () => undefined;
    const { maps } = model[side][stage].panel;
    const [height, width] = [maps[0].length, maps[0][0].length];
    return (map, y, x) => {
      const cell = (map * height + y) * width + x;
      if (stage === chosen.stage) return cell === chosen.cell ? "strong" : undefined;
      return stage === chosen.stage - 1 && reads.has(cell) ? "a" : undefined;
    };
  };
  const stageBlock = (side: "up" | "down", stage: number): Block => {
    const { panel, name }: Stage = model[side][stage];
    return block(
      panel,
      stageKey(side, stage),
      { ...size, name: panel.name, fact: name, tint: tintOf(side, stage) },
      space,
    );
  };
  const kernels = (layer: "conv1" | "conv2"): Block => {
    const at = chosen.side === "up" ? up[chosen.stage] : undefined;
    const maps = panels[layer].maps.length;
    const lit = at?.kind === "filter" && at.layer === layer ? mapOf(at, chosen.cell) : undefined;
    const tint = (map: number): Tint | undefined =>
      lit !== undefined && Math.floor(map / (maps / 2)) === lit ? "a" : undefined;
    return block(panels[layer], layer, { ...size, across: 2, tint: (map) => tint(map) }, space);
  };

  const marks: SheetMark[] = [];
  const placed: PlacedBlock[] = [];
  const column = (x: number, y: number, name: string, rows: readonly (readonly Block[])[]): number => {
    marks.push({
      kind: "words",
      x,
      y,
      size: "sentence",
      anchor: "start",
      lines: [[{ text: name, bold: true }]],
    });
    let bottom = y + 28;
    for (const row of rows) {
      const next = flow(row, { x, y: bottom, width: half }, 24);
      placed.push(...next.placed);
      bottom = next.bottom + 16;
    }
    return bottom;
  };
  // Rows of both columns hold the same layers; the way up begins in the lowest, the way down in the uppermost.
  const upRows = rowsOf(up, (i) => stageBlock("up", i)).reverse();
  const downRows = rowsOf(down, (i) => stageBlock("down", i));
  const withKernels = upRows.map((row, i) =>
    i === 0 ? [...row, kernels("conv2")] : i === upRows.length - 1 ? [...row, kernels("conv1")] : row,
  );
  const name = (word = ""): string => word.slice(0, 1).toUpperCase() + word.slice(1);
  const upBottom = column(wide ? half + 48 : 0, 0, name(labels.up), withKernels);
  const downBottom = column(0, wide ? 0 : upBottom + 12, name(labels.down), downRows);
  const bottom = Math.max(upBottom, downBottom);
  marks.push(...placed.flatMap((one) => one.marks));
  for (const one of placed.flatMap(({ grids }) => grids)) {
    if (one.panel !== stageKey(chosen.side, chosen.stage)) continue;
    const [height, width] = [one.rows.length, one.rows[0].length];
    const cell = chosen.cell - one.map * height * width;
    if (cell >= 0 && cell < height * width)
      marks.push(frame(one, { y: Math.floor(cell / width), x: cell % width, height: 1, width: 1 }));
  }
  if (wide) {
    const x = half + 24;
    marks.push({
      kind: "path",
      look: "hairline",
      series: "plain",
      points: [
        [x, 0],
        [x, bottom - 16],
      ],
    });
  }
  const { panel, words } = stages[chosen.stage];
  const [height, width] = [panel.maps[0].length, panel.maps[0][0].length];
  const map = Math.floor(chosen.cell / (height * width));
  const [y, x] = [Math.floor(chosen.cell / width) % height, chosen.cell % width];
  const label = panel.labels[map] ? `, ${panel.labels[map]}` : "";
  const said = paragraphs(
    { x: 0, y: bottom + 4, width: space.width },
    [
      [
        { text: `${panel.name}${label} › ${y}, ${x}`, bold: true },
        { text: words[map][y][x] ? `  ${words[map][y][x]}` : "" },
      ],
    ],
    space,
  );
  marks.push(said);
  const right = Math.max(
    ...placed.flatMap(({ grids }) => grids).map((one) => one.x + one.rows[0].length * cellWidth),
  );
  return { width: Math.max(space.width, right), height: said.y + said.height, marks };
}

/** Stages of one geometry side by side. */
function rowsOf(stages: readonly Stage[], make: (stage: number) => Block): Block[][] {
  const rows: Block[][] = [];
  let before = "";
  stages.forEach(({ panel }, i) => {
    const shape = `${panel.maps[0].length} ${panel.maps[0][0].length}`;
    if (shape === before) rows[rows.length - 1].push(make(i));
    else rows.push([make(i)]);
    before = shape;
  });
  return rows;
}

function mapOf({ panel }: Stage, cell: number): number {
  return Math.floor(cell / (panel.maps[0].length * panel.maps[0][0].length));
}
