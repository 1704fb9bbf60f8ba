import { numberText } from "../lessons/equation.js";
import type { Panel } from "../lessons/model.js";

/**
 * A lesson's picture before it is drawn: matrices, frames around windows, lines and words, in CSS pixels from the sheet's
 * upper left corner. The widget draws it on the page and the still in a file, so that both are the same picture. It is
 * pure layout: every number and sentence on it was computed by the lesson's model.
 */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  /** From back to front. */
  readonly marks: readonly SheetMark[];
}

export type SheetMark = GridMark | FrameMark | PathMark | WordsMark | TabMark;

/** The two windows that are told apart by colour and by line: A in blue and solid, B in orange and dashed. */
export type Series = "a" | "b";

/** How a cell is marked; `both` is half A, half B, `strong` is the one number at hand, `quiet` is out of play. */
export type Tint = Series | "both" | "strong" | "quiet";

/** One matrix of a panel. */
export interface GridMark {
  readonly kind: "grid";
  /** Key of the model's panel, and which of its matrices. */
  readonly panel: string;
  readonly map: number;
  /** Where a matrix stands on the sheet more than once: which time. */
  readonly copy?: number | undefined;
  /** Read out by screen readers. */
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** The numbers as text. */
  readonly rows: readonly (readonly string[])[];
  readonly editable: boolean;
  readonly tint: (y: number, x: number) => Tint | undefined;
}

/** A window's edge. */
export interface FrameMark {
  readonly kind: "frame";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly series: Series;
}

/** A line: a tie is dotted, an arrow has a head at its end, a hairline parts two halves. */
export interface PathMark {
  readonly kind: "path";
  /** `tie` is dotted; `lost` is an arrow of dashes in grey; `cells` are the dashed cells of padding. */
  readonly look: "tie" | "arrow" | "lost" | "hairline" | "cells";
  /** `plain` is grey. */
  readonly series: Series | "plain";
  /** Straight from point to point, or one curve from above to below. */
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly curved?: boolean;
}

/** Lines of words that were broken to fit. */
export interface WordsMark {
  readonly kind: "words";
  readonly x: number;
  /** Top of the first line. */
  readonly y: number;
  readonly size: "small" | "sentence";
  readonly anchor: "start" | "middle" | "end";
  readonly lines: readonly (readonly Part[])[];
}

/** Words in one look. */
export interface Part {
  readonly text: string;
  readonly bold?: boolean;
  /** In the second colour of text, or in a window's. */
  readonly colour?: "second" | Series;
}

/** A name that can be pressed, such as a window's letter. */
export interface TabMark {
  readonly kind: "tab";
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly series: Series;
}

/** How wide words get, in CSS pixels: by the still's typeface, or by the page's. */
export type Measure = (text: string, size: number, bold: boolean) => number;

/** What a picture is laid out for. */
export interface SheetSpace {
  readonly width: number;
  readonly measure: Measure;
}

/** Size and line height of words. */
export const wordSizes = { small: [13, 18], sentence: [15, 22] } as const;

/** Height of a panel's name with the distance to its matrix. */
export const nameHeight = 24;

/** The size of a matrix' numbers, by the height of its cells. */
export function numberSize(cellHeight: number): number {
  return Math.max(13, Math.min(20, Math.round(cellHeight * 0.45)));
}

/** The side of cells, from the largest that is wished for to the smallest that can be read: the first that fits. */
export function cellFor(fits: (cell: number) => boolean, most = 34, least = 26): number {
  for (let cell = most; cell > least; cell -= 2) if (fits(cell)) return cell;
  return least;
}

/** How wide cells have to be so that every number of these panels fits. */
export function cellWidthFor(panels: readonly Panel[], cell: number, { measure }: SheetSpace): number {
  const longest = new Set(panels.flatMap((panel) => panel.maps.flat(2).map(numberText)));
  const widest = Math.max(...[...longest].map((text) => measure(text, numberSize(cell), true)));
  return Math.max(cell, Math.ceil(widest) + 8);
}

/** A matrix of a panel. */
export function grid(
  panel: Panel,
  key: string,
  map: number,
  place: { readonly x: number; readonly y: number; readonly cellWidth: number; readonly cellHeight: number },
  tint: GridMark["tint"] = () => undefined,
): GridMark {
  const label = panel.labels[map];
  return {
    kind: "grid",
    panel: key,
    map,
    name: label ? `${panel.name}, ${label}` : panel.name,
    ...place,
    rows: panel.maps[map].map((row) => row.map(numberText)),
    editable: panel.editable,
    tint,
  };
}

/** Width and height of a grid. */
export function sizeOfGrid({ rows, cellWidth, cellHeight }: GridMark): readonly [number, number] {
  return [rows[0].length * cellWidth, rows.length * cellHeight];
}

/** A window of a grid's cells; `cut` keeps it inside. */
export function frame(
  of: GridMark,
  cells: { readonly y: number; readonly x: number; readonly height: number; readonly width: number },
  series: Series = "a",
): FrameMark {
  return {
    kind: "frame",
    x: of.x + cells.x * of.cellWidth,
    y: of.y + cells.y * of.cellHeight,
    width: cells.width * of.cellWidth,
    height: cells.height * of.cellHeight,
    series,
  };
}

/** A panel's name, and beside it its size in grey. */
export function nameOf(
  x: number,
  y: number,
  name: string,
  fact = "",
  anchor: WordsMark["anchor"] = "start",
): WordsMark {
  const parts = [
    { text: name, bold: true },
    ...(fact ? [{ text: ` ${fact}`, colour: "second" } as const] : []),
  ];
  return { kind: "words", x, y, size: "small", anchor, lines: [parts] };
}

/** Paragraphs broken to fit a width. */
export function paragraphs(
  place: { readonly x: number; readonly y: number; readonly width: number },
  all: readonly (readonly Part[])[],
  { measure }: SheetSpace,
  size: WordsMark["size"] = "sentence",
): WordsMark & { readonly height: number } {
  const lines = all.flatMap((parts) =>
    broken(parts, place.width, (part) => measure(part.text, wordSizes[size][0], part.bold ?? false)),
  );
  return {
    kind: "words",
    x: place.x,
    y: place.y,
    size,
    anchor: "start",
    lines,
    height: lines.length * wordSizes[size][1],
  };
}

/** An arrow, with words above its middle where there is room for them. */
export function arrow(
  from: readonly [number, number],
  to: readonly [number, number],
  words: string,
  { measure }: SheetSpace,
): SheetMark[] {
  const line: PathMark = { kind: "path", look: "arrow", series: "plain", points: [from, to] };
  const flat = from[1] === to[1];
  if (!words || (flat && measure(words, 13, false) + 12 > Math.abs(to[0] - from[0]))) return [line];
  return [
    line,
    {
      kind: "words",
      size: "small",
      lines: [[{ text: words, colour: "second" }]],
      ...(flat
        ? { x: (from[0] + to[0]) / 2, y: from[1] - 22, anchor: "middle" }
        : { x: from[0] + 10, y: (from[1] + to[1]) / 2 - 10, anchor: "start" }),
    },
  ];
}

/** A dotted line between what belongs together. */
export function tie(from: readonly [number, number], to: readonly [number, number]): PathMark {
  return { kind: "path", look: "tie", series: "a", points: [from, to] };
}

/** Breaks after spaces, and between Chinese signs. */
const breaks: RegExp = /(?<= )|(?<=[\u2e80-\u9fff，。；：、！？）」])(?![，。；：、！？）」 ])/u;

function broken(parts: readonly Part[], width: number, measure: (part: Part) => number): Part[][] {
  const lines: Part[][] = [[]];
  let used = 0;
  for (const part of parts) {
    for (const text of part.text.split(breaks)) {
      const needed = measure({ ...part, text: text.trimEnd() });
      if (used > 0 && used + needed > width) {
        lines.push([]);
        used = 0;
      }
      const line = lines[lines.length - 1];
      const last = line[line.length - 1];
      if (last && last.bold === part.bold && last.colour === part.colour)
        line[line.length - 1] = { ...last, text: last.text + text };
      else line.push({ ...part, text });
      used += measure({ ...part, text });
    }
  }
  return lines;
}
