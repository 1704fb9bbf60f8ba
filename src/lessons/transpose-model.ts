import { filter as filterUp } from "../convnet/filter.js";
import { filter as filterDown } from "../deconvnet/filter.js";
import type { Window } from "../maps.js";
import { FeatureMaps } from "../maps.js";
import { Filters } from "../network/filters.js";
import { im2col } from "./columns.js";
import { placeOf, unreadLines } from "./convolution-model.js";
import { type DifferenceQuotient, differenceQuotient, innerProduct } from "./difference-quotient.js";
import { numberText, sum } from "./equation.js";
import { formulasOf } from "./formulas.js";
import { mapsAsRows, matrixProduct, transposed, weightMatrix } from "./matrix.js";
import type { MatrixState } from "./matrix-state.js";
import type { LessonModel, Panel, Place } from "./model.js";
import { panel } from "./panel.js";
import { sizeOf } from "./read-state.js";
import {
  filtersOfKernels,
  kernelsOfWeights,
  mapsOfRows,
  plain,
  type Rows,
  rowsOfMaps,
  rowsOfMatrix,
} from "./rows.js";
import type { Size } from "./texts/lesson-texts.js";
import { textsIn } from "./texts/texts.js";

/** Lesson 2, the way down is the transpose: by matrices, by a flipped kernel, and by a difference quotient. */
export interface TransposeModel extends LessonModel {
  readonly lesson: "transpose";
  readonly state: MatrixState;
  readonly panels: {
    /** What comes down, of the output's shape: one matrix a filter. */
    readonly signal: Panel;
    /** The same with a row for each filter. */
    readonly signalRow: Panel;
    /** A column for each filter. */
    readonly weightTransposed: Panel;
    /** Weightᵀ · Signal: a column for each window. */
    readonly columnsBelow: Panel;
    /** What `deconvnet.filter` gives: one matrix an input channel. */
    readonly signalBelow: Panel;
    /** The signal with the stride's zeros between its numbers, and zeros around. */
    readonly spread: Panel;
    /** Filter by filter, within it channel by channel. */
    readonly kernel: Panel;
    /** The kernel flipped both ways, input and output exchanged: input channel by channel, then filter by filter. */
    readonly flipped: Panel;
    /** What `convnet.filter` makes of these two: the same numbers as `signalBelow`. */
    readonly painted: Panel;
  };
  readonly windows: Size;
  /** The window that each column is added to. */
  readonly places: readonly Window[];
  /** For each number of `columnsBelow`: the cell below that it is added to, or `null` where padding drops it. */
  readonly sources: readonly (readonly (Place | null)[])[];
  /** For each cell below, by channel, row and column: what is added there, as rows and columns of `columnsBelow`. */
  readonly terms: readonly (readonly (readonly Term[])[])[][];
  /** `2 + 0 + 0 + 1 = 3`, by channel, row and column. */
  readonly sums: readonly (readonly (readonly string[])[])[];
  /** For each column, in words: where its numbers come from. */
  readonly columnWords: readonly string[];
  /** The derivative at the state's cell, measured, and what the way down gives there. */
  readonly quotient: DifferenceQuotient & { readonly gradient: number; readonly words: string };
  /** Input rows and columns that no window read, so that nothing comes back to them. */
  readonly unread: { readonly rows: readonly number[]; readonly columns: readonly number[] };
}

/** One number of `columnsBelow`. */
export interface Term {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

/** Computes lesson 2: by `deconvnet.filter`, and the same by the lesson's matrices and by a convolution. */
export async function transposeModel(state: MatrixState): Promise<TransposeModel> {
  const say = textsIn(state.language).lessons;
  const input = mapsOfRows(state.input);
  const signal = mapsOfRows(state.signal);
  const filters = filtersOfKernels(state.kernel, state);
  const { sources, windows, shape } = im2col(input, filters);
  const weight = transposed(weightMatrix(filters));
  const columns = rowsOfMatrix(matrixProduct(weight, mapsAsRows(signal)));
  const below = await filterDown(signal, filters, input.shape);
  const belowRows = rowsOfMaps(below);
  const { spread, flipped, painted } = await byFlippedKernel(state, signal, filters);

  const places = columns.map((row, i) => row.map((_, j) => placeOf(sources[i * shape[1] + j], input.shape)));
  const terms: Term[][][][] = belowRows.map((rows) => rows.map((row) => row.map(() => [])));
  for (let column = 0; column < shape[1]; column++) {
    for (let row = 0; row < shape[0]; row++) {
      const place = places[row][column];
      if (place) terms[place.map][place.y][place.x].push({ row, column, value: columns[row][column] });
    }
  }
  const sums = terms.map((rows, c) =>
    rows.map((row, y) =>
      row.map((cell, x) =>
        sum(
          cell.map(({ value }) => value),
          belowRows[c][y][x],
        ),
      ),
    ),
  );
  const unread = unreadLines(state, windows);
  const most = Math.max(...terms.flat(2).map((cell) => cell.length));
  const sentence = [say.transpose.sentence({ columns: shape[1], most }), say.transpose.same];
  if (unread.rows.length > 0) sentence.push(say.transpose.unreadRows(unread.rows));
  if (unread.columns.length > 0) sentence.push(say.transpose.unreadColumns(unread.columns));
  const maps = { labels: state.signal.map((_, o) => say.map(o)) };
  const channels = { labels: state.input.map((_, c) => say.channel(c)) };
  const kernels = state.input.flatMap((_, c) => state.kernel.map((_, o) => say.filterChannel(o, c)));
  const window = sizeOf(state.kernel[0][0]);
  return {
    lesson: "transpose",
    title: say.titles.transpose,
    state,
    panels: {
      signal: panel(say.panels.signal, state.signal, { ...maps, editable: true }),
      signalRow: panel(say.panels.signalRow, [rowsOfMatrix(mapsAsRows(signal))]),
      weightTransposed: panel(say.panels.weightTransposed, [rowsOfMatrix(weight)]),
      columnsBelow: panel(say.panels.columnsBelow, [columns]),
      signalBelow: panel(say.panels.signalBelow, belowRows, channels),
      spread: panel(say.panels.spread, spread, maps),
      kernel: panel(say.panels.kernel, state.kernel.flat(), {
        labels: state.kernel.flatMap((filter, o) =>
          filter.map((_, c) => (filter.length > 1 ? say.filterChannel(o, c) : say.filter(o))),
        ),
        editable: true,
      }),
      flipped: panel(say.panels.flipped, flipped, { labels: kernels }),
      painted: panel(say.panels.painted, painted, channels),
    },
    windows,
    places: Array.from({ length: shape[1] }, (_, i) => ({
      y: Math.floor(i / windows[1]) * state.stride[0] - state.padding.top,
      x: (i % windows[1]) * state.stride[1] - state.padding.left,
      height: window[0],
      width: window[1],
    })),
    sources: places,
    terms,
    sums,
    columnWords: Array.from({ length: shape[1] }, (_, j) =>
      say.transpose.column(
        j,
        state.signal.map((rows) => numberText(rows[Math.floor(j / windows[1])][j % windows[1]])).join(", "),
      ),
    ),
    quotient: await measured(state, input, signal, filters, below),
    unread,
    sentence: say.sentences(sentence),
    formulas: formulasOf(state.language, ["down", "flip", "quotient"]),
    labels: say.labels,
  };
}

/** The transposed convolution as an ordinary one: zeros between and around the signal, the kernel flipped. */
async function byFlippedKernel(
  state: MatrixState,
  signal: FeatureMaps,
  filters: Filters,
): Promise<{ spread: Rows[]; flipped: Rows[]; painted: Rows[] }> {
  const [height, width] = sizeOf(state.input[0]);
  const [kh, kw] = filters.size;
  const { stride, padding } = state;
  const [before, left] = [kh - 1 - padding.top, kw - 1 - padding.left];
  const shape = [height + kh - 1, width + kw - 1, signal.shape[2]] as const;
  const spread = new FeatureMaps(shape);
  for (let y = 0; y < signal.shape[0]; y++) {
    for (let x = 0; x < signal.shape[1]; x++) {
      const from = (y * signal.shape[1] + x) * shape[2];
      const to = ((before + y * stride[0]) * shape[1] + left + x * stride[1]) * shape[2];
      spread.data.set(signal.data.subarray(from, from + shape[2]), to);
    }
  }
  const turned = new Filters({
    size: filters.size,
    inChannels: filters.channels,
    channels: filters.inChannels,
    weights: filters.transposed,
  });
  return {
    spread: rowsOfMaps(spread),
    flipped: kernelsOfWeights(turned.weights, turned.size, turned.inChannels, turned.channels).flat(),
    painted: rowsOfMaps(await filterUp(spread, turned)),
  };
}

/** What `Σ Signal · Output` changes by when the state's cell does. */
async function measured(
  state: MatrixState,
  input: FeatureMaps,
  signal: FeatureMaps,
  filters: Filters,
  below: FeatureMaps,
): Promise<TransposeModel["quotient"]> {
  const { map, y, x } = state.cell;
  const index = (y * input.shape[1] + x) * input.shape[2] + map;
  const quotient = await differenceQuotient(
    input.data,
    index,
    async (data) => innerProduct(signal, await filterUp(new FeatureMaps(input.shape, data), filters)),
    1 / 2,
  );
  const gradient = plain(below.data[index]);
  const say = textsIn(state.language).lessons.transpose;
  return {
    ...quotient,
    gradient,
    words: say.quotient({
      place: state.input.length > 1 ? `${y}, ${x}, ${map}` : `${y}, ${x}`,
      step: numberText(quotient.step),
      below: numberText(quotient.below),
      above: numberText(quotient.above),
      quotient: numberText(quotient.quotient),
      gradient: numberText(gradient),
    }),
  };
}
