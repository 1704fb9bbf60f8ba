import { filter } from "../convnet/filter.js";
import type { Window } from "../maps.js";
import { im2col } from "./columns.js";
import { sumOfProducts } from "./equation.js";
import { formulasOf } from "./formulas.js";
import { matrixProduct, weightMatrix } from "./matrix.js";
import type { MatrixState } from "./matrix-state.js";
import type { LessonModel, Panel, Place } from "./model.js";
import { panel } from "./panel.js";
import { sizeOf } from "./read-state.js";
import { filtersOfKernels, mapsOfRows, rowsOfMaps, rowsOfMatrix } from "./rows.js";
import type { Size } from "./texts/lesson-texts.js";
import { textsIn } from "./texts/texts.js";

/** Lesson 1, a convolution as a matrix product: every number of its pictures. */
export interface ConvolutionModel extends LessonModel {
  readonly lesson: "convolution";
  readonly state: MatrixState;
  readonly panels: {
    /** One matrix a channel. */
    readonly input: Panel;
    /** Filter by filter, within it channel by channel. */
    readonly kernel: Panel;
    /** im2col's: a column for each output cell, a row for each number of a filter. */
    readonly columns: Panel;
    /** A row for each filter. */
    readonly weight: Panel;
    /** Weight · Columns: a row for each filter, before the bias. */
    readonly product: Panel;
    /** What `convnet.filter` gives: one matrix a filter. */
    readonly output: Panel;
  };
  /** How many windows there are: the output's height and width. */
  readonly windows: Size;
  /** The window of each column, in the input's cells; it overhangs where there is padding. */
  readonly places: readonly Window[];
  /** For each number of `columns`, by row and column: the input cell that it is, or `null` for padding. */
  readonly sources: readonly (readonly (Place | null)[])[];
  /** `1·2 + 2·1 = 4`, for each filter and output cell (row-major). */
  readonly equations: readonly (readonly string[])[];
  /** Input rows and columns that no window reads. */
  readonly unread: { readonly rows: readonly number[]; readonly columns: readonly number[] };
}

/** Computes lesson 1: columns and product by the lesson's own im2col, the output by `convnet.filter`. */
export async function convolutionModel(state: MatrixState): Promise<ConvolutionModel> {
  const say = textsIn(state.language).lessons;
  const input = mapsOfRows(state.input);
  const filters = filtersOfKernels(state.kernel, state);
  const columns = im2col(input, filters);
  const weight = weightMatrix(filters);
  const product = matrixProduct(weight, columns);
  const output = rowsOfMaps(await filter(input, filters));
  const [inputSize, kernelSize] = [sizeOf(state.input[0]), sizeOf(state.kernel[0][0])];
  const columnRows = rowsOfMatrix(columns);
  const weightRows = rowsOfMatrix(weight);
  const unread = unreadLines(state, columns.windows);
  const channels = state.input.map((_, c) => say.channel(c));
  const kernels = state.kernel.flatMap((filter, o) =>
    filter.map((_, c) => (filter.length > 1 ? say.filterChannel(o, c) : say.filter(o))),
  );
  const sentence = [
    say.convolution.sentence({
      kernel: kernelSize,
      input: inputSize,
      windows: columns.windows,
      rows: columns.shape[0],
      filters: state.kernel.length,
    }),
  ];
  const most = Math.max(...Object.values(state.padding));
  if (most > 0) sentence.push(say.convolution.padding(most));
  if (unread.rows.length > 0) sentence.push(say.convolution.unreadRows(unread.rows));
  if (unread.columns.length > 0) sentence.push(say.convolution.unreadColumns(unread.columns));
  return {
    lesson: "convolution",
    title: say.titles.convolution,
    state,
    panels: {
      input: panel(say.panels.input, state.input, { labels: channels, editable: true }),
      kernel: panel(say.panels.kernel, state.kernel.flat(), { labels: kernels, editable: true }),
      columns: panel(say.panels.columns, [columnRows]),
      weight: panel(say.panels.weight, [weightRows]),
      product: panel(say.panels.product, [rowsOfMatrix(product)]),
      output: panel(say.panels.output, output, { labels: state.kernel.map((_, o) => say.map(o)) }),
    },
    windows: columns.windows,
    places: Array.from({ length: columns.shape[1] }, (_, i) => ({
      y: Math.floor(i / columns.windows[1]) * state.stride[0] - state.padding.top,
      x: (i % columns.windows[1]) * state.stride[1] - state.padding.left,
      height: kernelSize[0],
      width: kernelSize[1],
    })),
    sources: columnRows.map((row, i) =>
      row.map((_, j) => placeOf(columns.sources[i * row.length + j], input.shape)),
    ),
    equations: weightRows.map((weights, o) =>
      columnRows[0].map((_, j) =>
        sumOfProducts(
          weights.map((value, i) => [value, columnRows[i][j]]),
          output[o][Math.floor(j / columns.windows[1])][j % columns.windows[1]],
          state.bias[o],
        ),
      ),
    ),
    unread,
    sentence: say.sentences(sentence),
    formulas: formulasOf(state.language, ["im2col", "output"]),
    labels: say.labels,
  };
}

/** The cell that an index of maps' data means; `null` for −1, padding. */
export function placeOf(index: number, [, width, channels]: readonly number[]): Place | null {
  if (index < 0) return null;
  const cell = Math.floor(index / channels);
  return { map: index % channels, y: Math.floor(cell / width), x: cell % width };
}

/** Input rows and columns after the last window; a stride that steps over the window leaves some in between. */
export function unreadLines(state: MatrixState, windows: Size): ConvolutionModel["unread"] {
  const lines = (axis: 0 | 1, before: number): number[] => {
    const length = sizeOf(state.input[0])[axis];
    const size = sizeOf(state.kernel[0][0])[axis];
    return Array.from({ length }, (_, line) => line).filter((line) =>
      Array.from({ length: windows[axis] }, (_, i) => i * state.stride[axis] - before).every(
        (start) => line < start || line >= start + size,
      ),
    );
  };
  return { rows: lines(0, state.padding.top), columns: lines(1, state.padding.left) };
}
