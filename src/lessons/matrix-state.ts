import type { Padding, Pair } from "../network/layer.js";
import { places } from "../network/sliding.js";
import type { Place } from "./model.js";
import { newNumbers, resized, resizedList } from "./numbers.js";
import { depth, StateReader, sizeOf } from "./read-state.js";
import type { Kernels, Rows } from "./rows.js";
import type { Language, LessonTexts, Refusals, Size } from "./texts/lesson-texts.js";
import { textsIn } from "./texts/texts.js";

/** The numbers of the first two lessons: the user's own. Everything else on screen is computed from them. */
export interface MatrixState {
  /** One matrix a channel, at most 9 × 9, at most 3 channels. */
  readonly input: readonly Rows[];
  /** For each filter one matrix a channel, at most 5 × 5, at most 3 filters. */
  readonly kernel: Kernels;
  /** One a filter; added on the way up only. */
  readonly bias: readonly number[];
  /** What comes down: one matrix a filter, of the output's size. */
  readonly signal: readonly Rows[];
  readonly stride: Pair;
  readonly padding: Padding;
  /** The input cell at which the difference quotient is measured. */
  readonly cell: Place;
  readonly language: Language;
}

/** What `lesson.convolution` and `lesson.transpose` take besides numbers. */
export interface MatrixOptions {
  /** Default 1. */
  readonly stride?: number | Pair;
  /** Cells of zeros around the input; less than the kernel. Default 0. */
  readonly padding?: number | Padding;
  /** One a filter, default 0. */
  readonly bias?: number | readonly number[];
  /** What comes down, of the output's size; small numbers by default. */
  readonly signal?: Rows | readonly Rows[];
}

/** What may change: any part of the state, or a size, whose new cells are filled with small numbers. */
export interface MatrixChange extends MatrixOptions {
  readonly input?: Rows | readonly Rows[];
  readonly kernel?: Rows | readonly Rows[] | Kernels;
  readonly cell?: Place;
  /** `"smallest"`: the smallest that gives an output of the signal's size. */
  readonly inputSize?: Size | "smallest";
  readonly kernelSize?: Size;
  readonly channels?: number;
  readonly filters?: number;
  readonly language?: Language;
}

const [mostInput, mostKernel, mostChannels] = [9, 5, 3];
const known = [
  "input",
  "kernel",
  "bias",
  "signal",
  "stride",
  "padding",
  "cell",
  "inputSize",
  "kernelSize",
  "channels",
  "filters",
  "language",
];

/** The numbers of the lesson's first picture. */
export const firstMatrices: MatrixState = {
  input: [
    [
      [1, 2, 0, 1],
      [0, 1, 3, 2],
      [2, 0, 1, 1],
      [1, 3, 0, 2],
    ],
  ],
  kernel: [
    [
      [
        [1, 0, 2],
        [0, 1, 0],
        [-1, 0, 1],
      ],
    ],
  ],
  bias: [0],
  signal: [
    [
      [2, 3],
      [0, 1],
    ],
  ],
  stride: [1, 1],
  padding: { top: 0, bottom: 0, left: 0, right: 0 },
  cell: { map: 0, y: 1, x: 1 },
  language: "en",
};

/**
 * The state after a change. What the change does not name stays; a signal that no longer has the output's size keeps the
 * numbers that still have a place.
 *
 * @throws {LessonError} in the state's language, and then nothing has changed
 */
export function changedMatrices(where: string, state: MatrixState, change: MatrixChange): MatrixState {
  const language = change.language ?? state.language;
  const say = textsIn(language).lessons;
  const read = new StateReader(where, say.refusals);
  read.only(change, known);

  const { input, kernel } = readMatrices(read, say, state, change);
  const window = sizeOf(kernel[0][0]);
  const stride = read.stride(change.stride ?? state.stride, mostInput);
  const padding = read.padding(change.padding ?? state.padding, window);
  const typed =
    change.signal === undefined
      ? undefined
      : read.channels("signal", say.panels.signal, change.signal, 2 * mostInput, mostChannels);
  const sized =
    change.inputSize === "smallest" && typed
      ? smallestInput(read, say, input, sizeOf(typed[0]), window, stride, padding)
      : input;
  const size = sizeOf(sized[0]);
  read.fits("kernel", window, size, padding);
  const bias =
    change.bias === undefined
      ? kernel.map((_, o) => state.bias[o] ?? 0)
      : read.numbers("bias", say.panels.bias, change.bias, kernel.length);
  const made = outputSize(size, window, stride, padding);
  const signal = typed ?? fittedSignal(state.signal, kernel.length, made);
  if (signal.length !== kernel.length) {
    read.count("signal", say.panels.signal, signal.length, String(kernel.length));
  }
  const got = sizeOf(signal[0]);
  if (got[0] !== made[0] || got[1] !== made[1])
    read.refuse("signal", got, say.refusals.signalSize(got, made));
  return {
    input: sized,
    kernel,
    bias,
    signal,
    stride,
    padding,
    cell: readCell(read, say, sized, state, change),
    language,
  };
}

type Say = LessonTexts;

/** Numbers that were typed together must fit together; a size or count that changes alone takes the rest along. */
function readMatrices(
  read: StateReader,
  say: Say,
  state: MatrixState,
  change: MatrixChange,
): { input: number[][][]; kernel: number[][][][] } {
  let input = read.channels("input", say.panels.input, change.input ?? state.input, mostInput, mostChannels);
  let kernel = readKernels(read, say.panels.kernel, change.kernel ?? state.kernel, say.refusals);
  if (change.inputSize && change.inputSize !== "smallest") {
    const size = sizeFrom(read, "inputSize", say.panels.input, change.inputSize, mostInput);
    input = input.map((rows, c) => resized(rows, ...size, c));
  }
  if (change.kernelSize) {
    const size = sizeFrom(read, "kernelSize", say.panels.kernel, change.kernelSize, mostKernel);
    kernel = kernel.map((filter, o) => filter.map((rows, c) => resized(rows, ...size, o + c + 5)));
  }
  if (change.input !== undefined && change.kernel !== undefined && kernel[0].length !== input.length) {
    read.refuse("kernel", kernel[0].length, say.refusals.channels(kernel[0].length, input.length));
  }
  const follow = change.input === undefined && change.kernel !== undefined ? kernel[0].length : input.length;
  const channels =
    change.channels === undefined
      ? follow
      : read.whole("channels", say.labels.channels, change.channels, 1, mostChannels);
  const filters =
    change.filters === undefined
      ? kernel.length
      : read.whole("filters", say.labels.filters, change.filters, 1, mostChannels);
  const fresh = (rows: Rows, seed: number, least: number, most: number): number[][] =>
    newNumbers(...sizeOf(rows), seed, least, most);
  input = resizedList(input, channels, (rows, c) => fresh(rows, c + 1, 0, 3));
  kernel = resizedList(kernel, filters, (filter, o) =>
    filter.map((rows, c) => fresh(rows, 7 * o + c + 3, -1, 2)),
  ).map((filter, o) => resizedList(filter, channels, (rows, c) => fresh(rows, 5 * c + o + 2, -1, 2)));
  return { input, kernel };
}

/** The input in the smallest size whose output has the signal's. */
function smallestInput(
  read: StateReader,
  say: Say,
  input: readonly Rows[],
  signal: Size,
  window: Size,
  stride: Pair,
  { top, bottom, left, right }: Padding,
): number[][][] {
  const height = (signal[0] - 1) * stride[0] + window[0] - top - bottom;
  const width = (signal[1] - 1) * stride[1] + window[1] - left - right;
  if (height < 1 || width < 1 || height > mostInput || width > mostInput) {
    read.refuse("signal", signal, say.refusals.tooLarge(say.panels.input, [height, width], mostInput));
  }
  return input.map((rows, c) => resized(rows, height, width, c));
}

/** A signal of the output's size; numbers that still have a place stay. */
function fittedSignal(signal: readonly Rows[], filters: number, size: Size): number[][][] {
  return resizedList(signal, filters, (rows, o) => newNumbers(...sizeOf(rows), o + 11, 0, 3)).map((rows, o) =>
    resized(rows, ...size, o + 17),
  );
}

function readCell(
  read: StateReader,
  say: Say,
  input: readonly Rows[],
  state: MatrixState,
  { cell }: MatrixChange,
): Place {
  const [height, width] = sizeOf(input[0]);
  if (!cell) {
    return {
      map: Math.min(state.cell.map, input.length - 1),
      y: Math.min(state.cell.y, height - 1),
      x: Math.min(state.cell.x, width - 1),
    };
  }
  return {
    map: read.index("cell", say.labels.channels, cell.map, input.length),
    y: read.index("cell", "y", cell.y, height),
    x: read.index("cell", "x", cell.x, width),
  };
}

/** Other numbers of the same sizes. */
export function otherMatrices(state: MatrixState, seed: number): MatrixState {
  const other = (rows: Rows, more: number, least: number, most: number): number[][] =>
    newNumbers(rows.length, rows[0].length, seed * 101 + more, least, most);
  return {
    ...state,
    input: state.input.map((rows, c) => other(rows, c, 0, 3)),
    kernel: state.kernel.map((filter, o) => filter.map((rows, c) => other(rows, 10 + 3 * o + c, -1, 2))),
    signal: state.signal.map((rows, o) => other(rows, 30 + o, 0, 3)),
  };
}

/** How many places a window takes. */
export function outputSize(
  input: Size,
  window: Size,
  stride: Pair,
  { top, bottom, left, right }: Padding,
): Size {
  const along = (axis: 0 | 1, before: number, after: number): number =>
    places(input[axis], {
      size: window[axis],
      stride: stride[axis],
      before,
      after,
      dilation: 1,
      rounding: "floor",
    });
  return [along(0, top, bottom), along(1, left, right)];
}

function readKernels(read: StateReader, what: string, value: unknown, say: Refusals): number[][][][] {
  const list = depth(value) >= 4 ? (value as unknown[]) : [value];
  if (list.length > mostChannels) {
    read.count("kernel", what, list.length, `1–${mostChannels}`);
  }
  const filters = list.map((one) => read.channels("kernel", what, one, mostKernel, mostChannels));
  for (const filter of filters) {
    read.sameSize("kernel", what, sizeOf(filter[0]), sizeOf(filters[0][0]));
    if (filter.length !== filters[0].length) {
      read.refuse("kernel", filter.length, say.channels(filter.length, filters[0].length));
    }
  }
  return filters;
}

function sizeFrom(read: StateReader, argument: string, what: string, value: unknown, most: number): Size {
  const [height, width] = Array.isArray(value) ? value : [value, value];
  return [read.whole(argument, what, height, 1, most), read.whole(argument, what, width, 1, most)];
}
