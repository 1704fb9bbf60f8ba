import type { Padding, Pair } from "../network/layer.js";
import { places } from "../network/sliding.js";
import { newNumbers, resized } from "./numbers.js";
import { StateReader, sizeOf } from "./read-state.js";
import type { Rows } from "./rows.js";
import type { Language, Size } from "./texts/lesson-texts.js";
import { textsIn } from "./texts/texts.js";

/** The numbers of the third lesson: a pool, and what comes down to it. */
export interface SwitchesState {
  /** What is pooled, at most 9 × 9. */
  readonly input: Rows;
  /** What comes down, of the pooled map's size. */
  readonly signal: Rows;
  /** The pool's window. */
  readonly size: Pair;
  readonly stride: Pair;
  readonly padding: Padding;
  readonly rounding: "floor" | "ceil";
  readonly language: Language;
}

/** What `lesson.switches` takes besides numbers. */
export interface SwitchesOptions {
  /** The window, default 3: the paper's pools are 3 wide and 2 apart. */
  readonly size?: number | Pair;
  /** Default 2. */
  readonly stride?: number | Pair;
  /** Default 0; padding is never a maximum. */
  readonly padding?: number | Padding;
  /** Default `"floor"`. */
  readonly rounding?: "floor" | "ceil";
  /** What comes down, of the pooled map's size. */
  readonly signal?: Rows;
}

/** What may change: any part of the state, or the input's size. */
export interface SwitchesChange extends SwitchesOptions {
  readonly input?: Rows;
  readonly inputSize?: Size;
  readonly language?: Language;
}

const most = 9;
const known = ["input", "signal", "size", "stride", "padding", "rounding", "inputSize", "language"];

/** Two windows, one switch; and one window with the same maximum twice. */
export const firstSwitches: SwitchesState = {
  input: [
    [1, 0, 9, 2, 9],
    [3, 5, 4, 6, 1],
    [2, 7, 0, 8, 3],
  ],
  signal: [[4, 3]],
  size: [3, 3],
  stride: [2, 2],
  padding: { top: 0, bottom: 0, left: 0, right: 0 },
  rounding: "floor",
  language: "en",
};

/** The state after a change. @throws {LessonError} in the state's language, and then nothing has changed */
export function changedSwitches(where: string, state: SwitchesState, change: SwitchesChange): SwitchesState {
  const language = change.language ?? state.language;
  const say = textsIn(language).lessons;
  const read = new StateReader(where, say.refusals);
  read.only(change, known);
  let input = read.rows("input", say.panels.input, change.input ?? state.input, most);
  if (change.inputSize) {
    input = resized(input, ...read.size("inputSize", say.panels.input, change.inputSize, most), 1);
  }
  const sizes = sizeOf(input);
  const size = read.size("size", say.labels.size, change.size ?? state.size, most);
  const stride = read.stride(change.stride ?? state.stride, Math.max(...sizes));
  const padding = read.padding(change.padding ?? state.padding, size);
  const rounding = read.choice("rounding", change.rounding ?? state.rounding, ["floor", "ceil"]);
  read.fits("size", size, sizes, padding);
  const along = (axis: 0 | 1, before: number, after: number): number =>
    places(sizes[axis], { size: size[axis], stride: stride[axis], before, after, dilation: 1, rounding });
  const pooled = [along(0, padding.top, padding.bottom), along(1, padding.left, padding.right)] as const;
  const signal =
    change.signal === undefined
      ? resized(state.signal, ...pooled, 3)
      : read.rows("signal", say.panels.signal, change.signal, 3 * most);
  const got = sizeOf(signal);
  if (got[0] !== pooled[0] || got[1] !== pooled[1]) {
    read.refuse("signal", got, say.refusals.signalSize(got, pooled));
  }
  return { input, signal, size, stride, padding, rounding, language };
}

/** Other numbers of the same sizes. */
export function otherSwitches(state: SwitchesState, seed: number): SwitchesState {
  const [height, width] = sizeOf(state.input);
  return {
    ...state,
    input: newNumbers(height, width, seed * 13 + 1, 0, 9),
    signal: newNumbers(...sizeOf(state.signal), seed * 13 + 2, 1, 5),
  };
}
