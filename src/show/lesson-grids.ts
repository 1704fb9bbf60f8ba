import type { Cell, Panel, Place } from "../lessons/model.js";
import type { Window } from "../maps.js";
import type { Padding } from "../network/layer.js";
import {
  type FrameMark,
  frame,
  type GridMark,
  grid,
  nameOf,
  type Part,
  type SheetMark,
  type Tint,
} from "./lesson-sheet.js";

/** Between matrices that stand side by side. */
export const between = 16;

/** Height of the label above one of several matrices. */
export const labelHeight = 18;

/** Maps side by side, each with the cells of its padding around it. */
export interface PaddedGrids {
  readonly marks: readonly SheetMark[];
  readonly grids: readonly GridMark[];
  /** With padding and labels. */
  readonly height: number;
  readonly right: number;
  /** Halfway down. */
  readonly middle: number;
  /** A window's edge in every map; a window may lie partly in the padding. */
  frames(window: Window): FrameMark[];
}

export function paddedGrids(
  panel: Panel,
  key: string,
  padding: Padding,
  place: { readonly x: number; readonly y: number; readonly cellWidth: number; readonly cellHeight: number },
  tint: (map: number, y: number, x: number) => Tint | undefined,
): PaddedGrids {
  const { cellWidth, cellHeight } = place;
  const label = panel.maps.length > 1 ? labelHeight : 0;
  const [rows, columns] = [panel.maps[0].length, panel.maps[0][0].length];
  const across = (columns + padding.left + padding.right) * cellWidth;
  const down = (rows + padding.top + padding.bottom) * cellHeight;
  const grids = panel.maps.map((_, map) =>
    grid(
      panel,
      key,
      map,
      {
        x: place.x + map * (across + between) + padding.left * cellWidth,
        y: place.y + label + padding.top * cellHeight,
        cellWidth,
        cellHeight,
      },
      (y, x) => tint(map, y, x),
    ),
  );
  const rings = across > columns * cellWidth || down > rows * cellHeight;
  return {
    grids,
    marks: [
      ...(rings ? grids.map((one) => ring(one, padding)) : []),
      ...labels(grids, panel.labels, padding.top * cellHeight),
      ...grids,
    ],
    height: label + down,
    right: place.x + panel.maps.length * (across + between) - between,
    middle: place.y + label + down / 2,
    frames: (window) => grids.map((one) => frame(one, window)),
  };
}

/** The cells of padding around a matrix, dashed: nothing in them can be edited. */
function ring(of: GridMark, { top, left, bottom, right }: Padding): SheetMark {
  const [height, width] = [of.rows.length, of.rows[0].length];
  const points: [number, number][] = [];
  const x = (column: number): number => of.x + column * of.cellWidth;
  const y = (row: number): number => of.y + row * of.cellHeight;
  for (let row = -top; row <= height + bottom; row++)
    points.push([x(-left), y(row)], [x(width + right), y(row)]);
  for (let column = -left; column <= width + right; column++)
    points.push([x(column), y(-top)], [x(column), y(height + bottom)]);
  return { kind: "path", look: "cells", series: "plain", points };
}

/** What each of several matrices is, above it. */
export function labels(grids: readonly GridMark[], words: readonly string[], higher = 0): SheetMark[] {
  return grids.flatMap((one) => {
    const text = words[one.map];
    if (!text) return [];
    const y = one.y - higher - labelHeight - 1;
    return [{ ...nameOf(one.x, y, ""), lines: [[{ text, colour: "second" }]] }] as SheetMark[];
  });
}

export function inside(window: Window, y: number, x: number): boolean {
  return y >= window.y && y < window.y + window.height && x >= window.x && x < window.x + window.width;
}

export function samePlace(place: Place | null, map: number, y: number, x: number): boolean {
  return place !== null && place.map === map && place.y === y && place.x === x;
}

export function sameCell(a: Cell, b: Cell): boolean {
  return a.y === b.y && a.x === b.x;
}

/** An equation whose result stands out. */
export function equationParts(equation: string): Part[] {
  const at = equation.lastIndexOf("= ") + 2;
  return [{ text: equation.slice(0, at) }, { text: equation.slice(at), bold: true }];
}

/** The number of a list that is meant, or its last one where the list became shorter. */
export function within(index: number, length: number): number {
  return Math.max(0, Math.min(index, length - 1));
}
