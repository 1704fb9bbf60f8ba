import type { Padding, Pair } from "../network/layer.js";
import { places } from "../network/sliding.js";
import type { Place } from "./model.js";
import { newNumbers } from "./numbers.js";
import {
  fittedSignal,
  mostChannels,
  mostInput,
  readCell,
  readMatrices,
  smallestInput,
} from "./read-matrices.js";
import { StateReader, sizeOf } from "./read-state.js";
import type { Kernels, Rows } from "./rows.js";
import type { Language, Size } from "./texts/lesson-texts.js";
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
