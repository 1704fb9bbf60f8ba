import type { Place } from "../lessons/model.js";
import type { TransposeModel } from "../lessons/transpose-model.js";
import { block, flow } from "./lesson-blocks.js";
import { between, equationParts, inside, labels, paddedGrids, samePlace, within } from "./lesson-grids.js";
import {
  arrow,
  cellFor,
  cellWidthFor,
  frame,
  type GridMark,
  grid,
  nameHeight,
  nameOf,
  type Part,
  paragraphs,
  type Sheet,
  type SheetMark,
  type SheetSpace,
  tie,
} from "./lesson-sheet.js";

/** What is looked at: one number that comes down, the column it makes, and a cell that columns are added to. */
export interface TransposeChoice {
  readonly filter: number;
  readonly column: number;
  /** One of the column's numbers. */
  readonly row?: number | undefined;
  /** A cell below, whose terms are shown; the lesson's own cell unless told. */
  readonly cell?: Place | undefined;
}

const gap = { across: 34, down: 28, right: 104 } as const;

/** The mirror of the way up: the signal as a row above, the weights as a column left, the columns where they meet. */
export function transposeSheet(model: TransposeModel, choice: TransposeChoice, space: SheetSpace): Sheet {
  const { panels, places, sources, state } = model;
  const [length, windows] = [sources.length, places.length];
  const filters = state.signal.length;
  const [oh, ow] = model.windows;
  const filter = within(choice.filter, filters);
  const column = within(choice.column, windows);
  const row = choice.row === undefined ? undefined : within(choice.row, length);
  const below = panels.signalBelow.maps;
  const asked = choice.cell ?? state.cell;
  const cell = {
    map: within(asked.map, below.length),
    y: within(asked.y, below[0].length),
    x: within(asked.x, below[0][0].length),
  };
  const terms = model.terms[cell.map][cell.y][cell.x];

  const { padding } = state;
  const belowWidth = (side: number): number =>
    below.length * ((below[0][0].length + padding.left + padding.right) * side + between) - between;
  const signalWidth = (side: number): number => filters * (ow * side + between) - between;
  const all = [
    panels.signal,
    panels.signalRow,
    panels.weightTransposed,
    panels.columnsBelow,
    panels.signalBelow,
  ];
  const needs = (side: number): number =>
    filters * side + gap.across + windows * side + gap.right + Math.max(belowWidth(side), signalWidth(side));
  const cellHeight = cellFor((side) => needs(cellWidthFor(all, side, space)) <= space.width, 32);
  const cellWidth = cellWidthFor(all, cellHeight, space);
  const cells = { cellWidth, cellHeight };
  const left = filters * cellWidth + gap.across;
  const columnsRight = left + windows * cellWidth;
  const right = columnsRight + gap.right;

  const signalRow = grid(panels.signalRow, "signalRow", 0, { x: left, y: nameHeight, ...cells }, (y, x) =>
    x === column ? (y === filter ? "a" : undefined) : undefined,
  );
  const columnsTop = nameHeight + filters * cellHeight + gap.down;
  const columnsHeight = length * cellHeight;
  const columns = grid(
    panels.columnsBelow,
    "columnsBelow",
    0,
    { x: left, y: columnsTop, ...cells },
    (y, x) => {
      if (terms.some((term) => term.row === y && term.column === x)) return "strong";
      return x === column ? "a" : undefined;
    },
  );
  const weight = grid(
    panels.weightTransposed,
    "weightTransposed",
    0,
    { x: 0, y: columnsTop, ...cells },
    (y, x) => (x !== filter ? undefined : y === row ? "strong" : "a"),
  );

  const label = panels.signal.labels.length > 0 ? 18 : 0;
  const signals = panels.signal.maps.map((_, f): GridMark => {
    const x = right + f * (ow * cellWidth + between);
    return grid(panels.signal, "signal", f, { x, y: nameHeight + label, ...cells }, (y, cx) =>
      f === filter && y * ow + cx === column ? "a" : undefined,
    );
  });
  const signalBottom = nameHeight + label + oh * cellHeight;
  const belowTop = Math.max(signalBottom + 46, columnsTop + columnsHeight / 2 - cellHeight * 2);
  const down = paddedGrids(
    panels.signalBelow,
    "signalBelow",
    padding,
    { x: right, y: belowTop, ...cells },
    (map, y, x) => {
      if (samePlace(cell, map, y, x)) return "strong";
      if (inside(places[column], y, x)) return "a";
      return model.unread.rows.includes(y) || model.unread.columns.includes(x) ? "quiet" : undefined;
    },
  );
  const bottom = Math.max(columnsTop + columnsHeight + 24, belowTop + down.height);

  const place = below.length > 1 ? ` (${panels.signalBelow.labels[cell.map]})` : "";
  const said: Part[][] = [
    [{ text: model.columnWords[column] }],
    [
      { text: `${panels.signalBelow.name} ${cell.y}, ${cell.x}`, bold: true },
      { text: `${place} = ` },
      ...equationParts(model.sums[cell.map][cell.y][cell.x]),
    ],
  ];
  const words = paragraphs({ x: 0, y: bottom + 12, width: space.width }, said, space);
  const same = sameByConvolution(model, cell, cells, words.y + words.height + 22, space);

  const middle = nameHeight + (filter + 0.5) * cellHeight;
  const over = left + (column + 0.5) * cellWidth;
  const across = Math.min(Math.max(down.middle, columnsTop + 12), columnsTop + columnsHeight - 12);
  const beside = row ?? terms.find((term) => term.column === column)?.row ?? 0;
  const weightMiddle = columnsTop + (beside + 0.5) * cellHeight;
  const marks: SheetMark[] = [
    nameOf(right, 0, panels.signal.name, panels.signal.fact),
    ...labels(signals, panels.signal.labels),
    ...signals,
    nameOf(left, 0, panels.signalRow.name, panels.signalRow.fact),
    signalRow,
    nameOf(0, columnsTop - nameHeight, panels.weightTransposed.name, panels.weightTransposed.fact),
    weight,
    nameOf(left, columnsTop + columnsHeight + 6, panels.columnsBelow.name, panels.columnsBelow.fact),
    columns,
    nameOf(right, belowTop - nameHeight, panels.signalBelow.name, panels.signalBelow.fact),
    ...down.marks,
    ...arrow([right - 12, middle], [columnsRight + 10, middle], model.labels.asRow ?? "", space),
    ...arrow([columnsRight + 12, across], [right - 10, across], "col2im", space),
    tie([over, nameHeight + filters * cellHeight + 5], [over, columnsTop - 5]),
    tie([filters * cellWidth + 6, weightMiddle], [left - 6, weightMiddle]),
    frame(signals[filter], { y: Math.floor(column / ow), x: column % ow, height: 1, width: 1 }),
    frame(signalRow, { y: filter, x: column, height: 1, width: 1 }),
    frame(weight, { y: 0, x: filter, height: length, width: 1 }),
    frame(columns, { y: 0, x: column, height: length, width: 1 }),
    ...down.frames(places[column]),
    words,
    ...same.marks,
  ];
  return {
    width: Math.max(right + Math.max(belowWidth(cellWidth), signalWidth(cellWidth)), same.right),
    height: same.bottom,
    marks,
  };
}

/** The same numbers by an ordinary convolution with the flipped kernel, and by a difference quotient. */
function sameByConvolution(
  model: TransposeModel,
  cell: Place,
  cells: { readonly cellWidth: number; readonly cellHeight: number },
  top: number,
  space: SheetSpace,
): { readonly marks: readonly SheetMark[]; readonly right: number; readonly bottom: number } {
  const { panels, state, formulas } = model;
  const channels = state.input.length;
  const [filters, kh, kw] = [state.kernel.length, state.kernel[0][0].length, state.kernel[0][0][0].length];
  const size = {
    cellWidth: Math.max(26, cells.cellWidth - 4),
    cellHeight: Math.max(26, cells.cellHeight - 4),
  };
  const window = { y: cell.y, x: cell.x, height: kh, width: kw };
  const blocks = [
    block(
      panels.spread,
      "spread",
      { ...size, tint: (_, y, x) => (inside(window, y, x) ? "a" : undefined) },
      space,
    ),
    block(
      panels.kernel,
      "kernel",
      { ...size, across: channels, tint: (map) => (map % channels === cell.map ? "a" : undefined) },
      space,
    ),
    block(
      panels.flipped,
      "flipped",
      { ...size, across: filters, tint: (map) => (Math.floor(map / filters) === cell.map ? "a" : undefined) },
      space,
    ),
    block(
      panels.painted,
      "painted",
      { ...size, tint: (map, y, x) => (samePlace(cell, map, y, x) ? "strong" : undefined) },
      space,
    ),
  ];
  const title = formulas.find(({ latex }) => latex.includes("flip"))?.name ?? "";
  const { placed, right, bottom } = flow(blocks, { x: 0, y: top + 30, width: space.width }, 40);
  const [spread, , , painted] = placed;
  const quotient = paragraphs(
    { x: 0, y: bottom + 14, width: space.width },
    [[{ text: model.quotient.words }]],
    space,
  );
  return {
    marks: [
      {
        kind: "path",
        look: "hairline",
        series: "plain",
        points: [
          [0, top - 10],
          [space.width, top - 10],
        ],
      },
      {
        kind: "words",
        x: 0,
        y: top,
        size: "sentence",
        anchor: "start",
        lines: [[{ text: title, bold: true }]],
      },
      ...placed.flatMap(({ marks }) => marks),
      ...spread.grids.map((one) => frame(one, window)),
      frame(painted.grids[cell.map], { ...cell, height: 1, width: 1 }),
      quotient,
    ],
    right,
    bottom: quotient.y + quotient.height,
  };
}
