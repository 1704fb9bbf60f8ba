import type { Cell } from "../lessons/model.js";
import type { SwitchesModel, Unpooled, WindowDown } from "../lessons/switches-model.js";
import { sameCell } from "./lesson-grids.js";
import {
  cellFor,
  cellWidthFor,
  frame,
  type GridMark,
  grid,
  type PathMark,
  paragraphs,
  type Series,
  type Sheet,
  type SheetMark,
  type SheetSpace,
  type Tint,
} from "./lesson-sheet.js";

/** Two windows side by side; undefined: the first two that share a switch, else the first two. */
export interface SwitchesChoice {
  readonly window?: number | undefined;
  /** Which of the two is shown alone. */
  readonly only?: Series | undefined;
}

/** The windows of a choice: A's and B's number. */
export function pairOf(
  model: SwitchesModel,
  { window }: SwitchesChoice,
): readonly [number, number | undefined] {
  const { windows, shared } = model;
  if (window === undefined || window >= windows.length) {
    const both = windows.flatMap(({ name }, i) => (shared[0]?.windows.includes(name) ? [i] : []));
    return both.length > 1 ? [both[0], both[1]] : [0, windows.length > 1 ? 1 : undefined];
  }
  const partner = windows.findIndex(
    (other, i) => i !== window && sameCell(other.switch, windows[window].switch),
  );
  const other = partner >= 0 ? partner : window + 1 < windows.length ? window + 1 : window - 1;
  return other < 0 ? [window, undefined] : [Math.min(window, other), Math.max(window, other)];
}

const downs: readonly Unpooled[] = ["add", "overwrite", "allTies"];

/** Room for the arrows from the pooled cells to their switches. */
const arrows = 62;

/** One picture up and three down, of one geometry: so that the eye compares one cell. */
export function switchesSheet(model: SwitchesModel, choice: SwitchesChoice, space: SheetSpace): Sheet {
  const { panels, labels } = model;
  const [rows, columns] = [model.state.input.length, model.state.input[0].length];
  const [high, wide] = [model.state.signal.length, model.state.signal[0].length];
  const both = windowsShown(model, { window: choice.window });
  const shown = both.filter(({ series }) => choice.only === undefined || choice.only === series);
  const all = Object.values(panels);
  const gap = 36;
  const most = Math.max(columns, wide);
  const perRow = 4 * most * cellWidthFor(all, 30, space) + 3 * gap <= space.width ? 4 : 2;
  const step = Math.floor((space.width + gap) / perRow);
  const cellHeight = cellFor((side) => most * cellWidthFor(all, side, space) <= step - gap, 44);
  const cellWidth = cellWidthFor(all, cellHeight, space);
  const size = { cellWidth, cellHeight };
  const blockHeight = 44 + 30 + high * cellHeight + arrows + rows * cellHeight;

  const marks: SheetMark[] = [];
  const part = (
    i: number,
    top: readonly [key: "pooled" | "signal", copy: number],
    below: "input" | Unpooled,
    heading: readonly [string, string],
    words: readonly [string, string],
  ): number => {
    const x = (i % perRow) * step;
    const y = Math.floor(i / perRow) * (blockHeight + 116);
    const line = step - gap;
    marks.push({
      kind: "words",
      x,
      y,
      size: "sentence",
      anchor: "start",
      lines: [
        [
          { text: heading[0], bold: true },
          ...(heading[1] ? [{ text: `  ${heading[1]}`, colour: "second" } as const] : []),
        ],
      ],
    });
    const upperX = x + ((columns - wide) * cellWidth) / 2;
    const upper = {
      ...grid(panels[top[0]], top[0], 0, { x: Math.max(x, upperX), y: y + 62, ...size }, (cy, cx) =>
        seriesAt(shown, (one) => sameCell(one.window.cell, { y: cy, x: cx })),
      ),
      copy: top[1],
    };
    const lands = (one: Shown, cell: Cell): boolean => {
      if (below === "allTies") return one.window.ties.some((tie) => sameCell(tie, cell));
      return sameCell(one.window.switch, cell) && (below !== "overwrite" || one.window.kept);
    };
    const lower = grid(
      panels[below],
      below,
      0,
      { x, y: upper.y + high * cellHeight + arrows, ...size },
      (cy, cx) => seriesAt(shown, (one) => lands(one, { y: cy, x: cx })),
    );
    marks.push(upper, lower);
    if (below === "input") marks.push(...both.map((one) => tab(one, both, upper)));
    for (const one of shown) {
      marks.push(frame(upper, { ...one.window.cell, height: 1, width: 1 }, one.series));
      if (below === "input") marks.push(frame(lower, one.window.window, one.series));
      if (below !== "input") marks.push(letter(one, both, upper));
      const to = below === "allTies" ? one.window.ties : [one.window.switch];
      for (const cell of to) marks.push(curve(one, shown, upper, lower, cell, below === "overwrite"));
    }
    const said = paragraphs(
      { x, y: lower.y + rows * cellHeight + 12, width: line },
      [
        [{ text: words[0], bold: true }],
        ...(words[1] ? [[{ text: words[1], colour: "second" } as const]] : []),
      ],
      space,
      "small",
    );
    marks.push(said);
    return said.y + said.height;
  };
  const upName = labels.pool ? capital(labels.pool) : panels.pooled.name;
  const bottoms = [
    part(
      0,
      ["pooled", 0],
      "input",
      [upName, labels.up ?? ""],
      [model.poolWords.shared, model.poolWords.ties],
    ),
    ...downs.map((down, i) =>
      part(
        i + 1,
        ["signal", i],
        down,
        [
          panels[down].name,
          down === "add" ? `${labels.down ?? ""} · ${labels.default ?? ""}` : (labels.down ?? ""),
        ],
        [model.results[down].words, model.results[down].source],
      ),
    ),
  ];
  if (perRow === 4) {
    const x = step - gap / 2;
    marks.push({
      kind: "path",
      look: "hairline",
      series: "plain",
      points: [
        [x, 0],
        [x, Math.max(...bottoms)],
      ],
    });
  }
  return { width: Math.min(space.width, perRow * step - gap), height: Math.max(...bottoms), marks };
}

interface Shown {
  readonly series: Series;
  readonly window: WindowDown;
}

function windowsShown(model: SwitchesModel, choice: SwitchesChoice): readonly Shown[] {
  const [a, b] = pairOf(model, choice);
  return [
    { series: "a", window: model.windows[a] },
    ...(b === undefined ? [] : [{ series: "b", window: model.windows[b] } as const]),
  ];
}

function seriesAt(shown: readonly Shown[], is: (one: Shown) => boolean): Tint | undefined {
  const here = shown.filter(is);
  return here.length > 1 ? "both" : here[0]?.series;
}

/** The window's letter, to be pressed. */
function tab(one: Shown, both: readonly Shown[], upper: GridMark): SheetMark {
  const { x, y } = letterPlace(one, both, upper);
  return { kind: "tab", x, y: y - 14, text: one.window.name, series: one.series };
}

function letter(one: Shown, both: readonly Shown[], upper: GridMark): SheetMark {
  const lines = [[{ text: one.window.name, bold: true, colour: one.series }]];
  const { x, y } = letterPlace(one, both, upper);
  return { kind: "words", x, y: y - 11, size: "sentence", anchor: "middle", lines };
}

/** The middle of a letter: above its cell's column, or beside its row where both windows stand in one column. */
function letterPlace(
  { window }: Shown,
  both: readonly Shown[],
  upper: GridMark,
): { readonly x: number; readonly y: number } {
  const { cell } = window;
  if (both.length > 1 && both[0].window.cell.x === both[1].window.cell.x)
    return {
      x: upper.x + upper.rows[0].length * upper.cellWidth + 16,
      y: upper.y + (cell.y + 0.5) * upper.cellHeight,
    };
  return { x: upper.x + (cell.x + 0.5) * upper.cellWidth, y: upper.y - 17 };
}

/** From a pooled cell down to its switch; where two end in one cell, each in its own half. */
function curve(
  one: Shown,
  shown: readonly Shown[],
  upper: GridMark,
  lower: GridMark,
  cell: Cell,
  overwritten: boolean,
): PathMark {
  const meets = shown.some((other) => other !== one && sameCell(other.window.switch, cell));
  const side = one.series === "a" ? -1 : 1;
  const stacked = shown.some((other) => other !== one && other.window.cell.x === one.window.cell.x);
  // Arrows pass beside the numbers that they cross: those of rows above, or of a window in the same column.
  const aside = side * (stacked || cell.y > 0 ? 0.34 : meets ? 0.2 : 0);
  return {
    kind: "path",
    look: overwritten && !one.window.kept ? "lost" : "arrow",
    series: one.series,
    curved: true,
    points: [
      [
        upper.x + (one.window.cell.x + 0.5 + (stacked ? side * 0.34 : 0)) * upper.cellWidth,
        upper.y + (one.window.cell.y + 1) * upper.cellHeight + 5,
      ],
      [lower.x + (cell.x + 0.5 + aside) * lower.cellWidth, lower.y + cell.y * lower.cellHeight - 2],
    ],
  };
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
