import type { Padding, Pair } from "../network/layer.js";
import type { MatrixChange, MatrixState } from "./matrix-state.js";
import type { Place } from "./model.js";
import { newNumbers, resized, resizedList } from "./numbers.js";
import { depth, type StateReader, sizeOf } from "./read-state.js";
import type { Rows } from "./rows.js";
import type { LessonTexts, Refusals, Size } from "./texts/lesson-texts.js";

/** The most that a lesson's matrices may hold. */
export const mostInput = 9;
const mostKernel = 5;
export const mostChannels = 3;

type Say = LessonTexts;

/** Input and kernel after a change. Numbers that were typed together must fit together; a size or count that changes alone takes the rest along. */
export function readMatrices(
  read: StateReader,
  say: Say,
  state: MatrixState,
  change: MatrixChange,
): { input: number[][][]; kernel: number[][][][] } {
  let input = read.channels("input", say.panels.input, change.input ?? state.input, mostInput, mostChannels);
  let kernel = readKernels(read, say.panels.kernel, change.kernel ?? state.kernel, say.refusals);
  if (change.inputSize && change.inputSize !== "smallest") {
    const size = read.size("inputSize", say.panels.input, change.inputSize, mostInput);
    input = input.map((rows, c) => resized(rows, ...size, c));
  }
  if (change.kernelSize) {
    const size = read.size("kernelSize", say.panels.kernel, change.kernelSize, mostKernel);
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
export function smallestInput(
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
export function fittedSignal(signal: readonly Rows[], filters: number, size: Size): number[][][] {
  return resizedList(signal, filters, (rows, o) => newNumbers(...sizeOf(rows), o + 11, 0, 3)).map((rows, o) =>
    resized(rows, ...size, o + 17),
  );
}

/** Where the difference quotient is measured: where it was, if that is still inside. */
export function readCell(
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
