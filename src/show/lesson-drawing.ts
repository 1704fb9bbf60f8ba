import type { LessonModel } from "../lessons/model.js";
import { type Drawing, type Mark, polyline, rectangle, text } from "./drawing.js";
import { arrowPaths } from "./lesson-arrow.js";
import {
  type FrameMark,
  type GridMark,
  type Measure,
  numberSize,
  type PathMark,
  type Series,
  type Sheet,
  type SheetMark,
  type SheetSpace,
  type Tint,
  type WordsMark,
  wordSizes,
} from "./lesson-sheet.js";
import type { StillOptions } from "./still-options.js";
import { type Colours, space, themes, type } from "./theme.js";
import { textWidth, wrapped } from "./typeface.js";

/** Words as wide as the still's typeface makes them. */
export const measureInStill: Measure = (words, size, bold) =>
  textWidth(words, size, bold ? "semibold" : "regular");

/** The second window's colours, told apart from the first by people who see no red, no green or no blue. */
const seriesB = {
  light: { line: "#a34700", tint: "#fbe6d2" },
  dark: { line: "#ffb066", tint: "#4a2c10" },
} as const;

interface Palette extends Colours {
  readonly b: string;
  readonly bTint: string;
}

/** A lesson's widget as a still: its title, its sheet and its sentence. */
export function lessonDrawing(
  model: LessonModel,
  sheetOf: (space: SheetSpace) => Sheet,
  options: StillOptions = {},
): Drawing {
  const { theme = "light", width = 1000 } = options;
  const colours: Palette = { ...themes[theme], b: seriesB[theme].line, bTint: seriesB[theme].tint };
  const inner = width - 2 * space.page;
  const sheet = sheetOf({ width: inner, measure: measureInStill });
  const top = space.page + type.title.line + space.panels;
  const wide = Math.max(inner, sheet.width);
  const lines = wrapped(model.sentence, wide, type.sentence.size);
  const below = top + sheet.height + 24;
  const marks: Mark[] = [
    text(space.page, space.page + 21, model.title, {
      size: type.title.size,
      weight: "semibold",
      fill: colours.text,
    }),
    ...sheetMarks(sheet, colours).map((mark) => moved(mark, space.page, top)),
    ...lines.map((line, i) =>
      text(space.page, below + 16 + i * type.sentence.line, line, {
        size: type.sentence.size,
        fill: colours.text,
      }),
    ),
  ];
  return {
    width: wide + 2 * space.page,
    height: Math.ceil(below + lines.length * type.sentence.line + space.page),
    page: colours.page,
    marks,
  };
}

function sheetMarks(sheet: Sheet, colours: Palette): Mark[] {
  return sheet.marks.flatMap((mark) => drawn(mark, colours));
}

function drawn(mark: SheetMark, colours: Palette): Mark[] {
  switch (mark.kind) {
    case "grid":
      return gridMarks(mark, colours);
    case "frame":
      return frameMarks(mark, colours);
    case "path":
      return pathMarks(mark, colours);
    case "words":
      return wordMarks(mark, colours);
    case "tab":
      return [
        text(mark.x, mark.y + 16, mark.text, {
          size: 15,
          weight: "semibold",
          fill: lineOf(mark.series, colours),
          anchor: "middle",
        }),
      ];
  }
}

function gridMarks(mark: GridMark, colours: Palette): Mark[] {
  const { x, y, cellWidth, cellHeight, rows } = mark;
  const [width, height] = [rows[0].length * cellWidth, rows.length * cellHeight];
  const marks: Mark[] = [
    rectangle(x, y, width, height, { fill: mark.editable ? colours.page : colours.panel }),
  ];
  const size = numberSize(cellHeight);
  const numbers: Mark[] = [];
  rows.forEach((row, i) => {
    row.forEach((words, j) => {
      const tint = mark.tint(i, j);
      const [left, top] = [x + j * cellWidth, y + i * cellHeight];
      marks.push(...tintMarks(tint, left, top, cellWidth, cellHeight, colours));
      const lit = tint !== undefined && tint !== "quiet";
      const fill =
        !lit && (words === "0" || tint === "quiet") && !mark.editable ? colours.secondText : colours.text;
      const [middle, baseline] = [left + cellWidth / 2, top + cellHeight / 2 + size * 0.36];
      numbers.push(
        text(middle, baseline, words, { size, weight: lit ? "semibold" : "regular", fill, anchor: "middle" }),
      );
      if (mark.editable) {
        const under = baseline + size * 0.3;
        const dots = [
          [middle - 8, under],
          [middle + 8, under],
        ] as const;
        numbers.push(polyline(dots, { stroke: colours.secondText, strokeWidth: 1.5, dash: [2, 2] }));
      }
    });
  });
  const inner = mark.editable ? colours.edge : colours.hairline;
  for (let i = 1; i < rows.length; i++)
    marks.push(
      polyline(
        [
          [x, y + i * cellHeight],
          [x + width, y + i * cellHeight],
        ],
        { stroke: inner },
      ),
    );
  for (let j = 1; j < rows[0].length; j++)
    marks.push(
      polyline(
        [
          [x + j * cellWidth, y],
          [x + j * cellWidth, y + height],
        ],
        { stroke: inner },
      ),
    );
  return [...marks, rectangle(x, y, width, height, { stroke: colours.edge, strokeWidth: 1.5 }), ...numbers];
}

function tintMarks(
  tint: Tint | undefined,
  x: number,
  y: number,
  width: number,
  height: number,
  colours: Palette,
): Mark[] {
  if (!tint) return [];
  if (tint === "both")
    return [
      rectangle(x, y, width / 2, height, { fill: colours.tint }),
      rectangle(x + width / 2, y, width / 2, height, { fill: colours.bTint }),
    ];
  const fill = { a: colours.tint, b: colours.bTint, strong: colours.strongTint, quiet: colours.track }[tint];
  return [rectangle(x, y, width, height, { fill })];
}

function frameMarks({ x, y, width, height, series }: FrameMark, colours: Palette): Mark[] {
  const dash = series === "b" ? [8, 5] : undefined;
  const style = { strokeWidth: 3, radius: 2, dash };
  return [rectangle(x, y, width, height, { ...style, stroke: lineOf(series, colours) })];
}

function pathMarks(mark: PathMark, colours: Palette): Mark[] {
  const { points, look, series } = mark;
  const stroke = series === "plain" ? colours.secondText : lineOf(series, colours);
  switch (look) {
    case "hairline":
      return [polyline(points, { stroke: colours.hairline })];
    case "tie":
      return [polyline(points, { stroke, strokeWidth: 3, dash: [3, 4] })];
    case "cells":
      return pairs(points).map((pair) => polyline(pair, { stroke: colours.edge, dash: [3, 3] }));
    case "arrow":
    case "lost": {
      const lost = look === "lost";
      const colour = lost ? colours.edge : stroke;
      const strokeWidth = series === "plain" && !lost ? 1.5 : 2.5;
      const dash = lost ? [4, 4] : undefined;
      const [from, to] = [points[0], points[points.length - 1]];
      const { path, head } = arrowPaths(from, to, mark.curved ?? false, strokeWidth > 2 ? 11 : 9);
      return [
        { kind: "outline", path, x: 0, y: 0, stroke: colour, strokeWidth, dash },
        { kind: "outline", path: head, x: 0, y: 0, fill: colour },
      ];
    }
  }
}

function wordMarks(mark: WordsMark, colours: Palette): Mark[] {
  const [size, line] = wordSizes[mark.size];
  return mark.lines.flatMap((parts, i) => {
    const whole = parts.reduce(
      (sum, { text: words, bold }) => sum + measureInStill(words, size, bold ?? false),
      0,
    );
    let x = mark.anchor === "start" ? mark.x : mark.anchor === "end" ? mark.x - whole : mark.x - whole / 2;
    const baseline = mark.y + i * line + size + (line - size) / 2 - 2;
    return parts.map(({ text: words, bold, colour }) => {
      const fill = colour === "second" ? colours.secondText : colour ? lineOf(colour, colours) : colours.text;
      const drawn = text(x, baseline, words, { size, weight: bold ? "semibold" : "regular", fill });
      x += measureInStill(words, size, bold ?? false);
      return drawn;
    });
  });
}

function pairs<T>(list: readonly T[]): (readonly [T, T])[] {
  return Array.from(
    { length: Math.floor(list.length / 2) },
    (_, i) => [list[2 * i], list[2 * i + 1]] as const,
  );
}

function lineOf(series: Series, colours: Palette): string {
  return series === "a" ? colours.brand : colours.b;
}

function moved(mark: Mark, x: number, y: number): Mark {
  return { ...mark, x: mark.x + x, y: mark.y + y };
}
