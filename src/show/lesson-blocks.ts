import type { Panel } from "../lessons/model.js";
import { between, labelHeight, labels } from "./lesson-grids.js";
import {
  type GridMark,
  grid,
  nameHeight,
  nameOf,
  type SheetMark,
  type SheetSpace,
  type Tint,
} from "./lesson-sheet.js";

/** A panel with its name and all of its matrices, to be put anywhere. */
export interface Block {
  readonly width: number;
  readonly height: number;
  at(x: number, y: number): PlacedBlock;
}

export interface PlacedBlock {
  readonly marks: readonly SheetMark[];
  readonly grids: readonly GridMark[];
}

export interface BlockOptions {
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Instead of the panel's own name and size. */
  readonly name?: string;
  readonly fact?: string;
  /** How many matrices stand side by side; all unless told. */
  readonly across?: number;
  readonly tint?: (map: number, y: number, x: number) => Tint | undefined;
}

export function block(panel: Panel, key: string, options: BlockOptions, space: SheetSpace): Block {
  const { cellWidth, cellHeight, name = panel.name, fact = panel.fact, across = panel.maps.length } = options;
  const [rows, columns] = [panel.maps[0].length, panel.maps[0][0].length];
  const label = panel.labels.length > 0 ? labelHeight : 0;
  const widest = Math.max(0, ...panel.labels.map((words) => Math.ceil(space.measure(words, 13, false))));
  const stepX = Math.max(columns * cellWidth, widest) + between;
  const stepY = rows * cellHeight + label + 10;
  const down = Math.ceil(panel.maps.length / across);
  const heading = Math.ceil(space.measure(name, 13, true) + space.measure(` ${fact}`, 13, false));
  return {
    width: Math.max(Math.min(across, panel.maps.length) * stepX - between, heading),
    height: nameHeight + down * stepY - 10,
    at(x, y) {
      const grids = panel.maps.map((_, map) =>
        grid(
          panel,
          key,
          map,
          {
            x: x + (map % across) * stepX,
            y: y + nameHeight + label + Math.floor(map / across) * stepY,
            cellWidth,
            cellHeight,
          },
          (row, column) => options.tint?.(map, row, column),
        ),
      );
      return { grids, marks: [nameOf(x, y, name, fact), ...labels(grids, panel.labels), ...grids] };
    },
  };
}

/** Blocks from left to right, on a new row where the width ends; each stands on its row's upper edge. */
export function flow(
  blocks: readonly Block[],
  place: { readonly x: number; readonly y: number; readonly width: number },
  gap: number = 28,
): { readonly placed: readonly PlacedBlock[]; readonly right: number; readonly bottom: number } {
  const placed: PlacedBlock[] = [];
  let [x, y, rowHeight, right] = [place.x, place.y, 0, place.x];
  for (const one of blocks) {
    if (x > place.x && x + one.width > place.x + place.width) {
      x = place.x;
      y += rowHeight + 18;
      rowHeight = 0;
    }
    placed.push(one.at(x, y));
    right = Math.max(right, x + one.width);
    x += one.width + gap;
    rowHeight = Math.max(rowHeight, one.height);
  }
  return { placed, right, bottom: y + rowHeight };
}
