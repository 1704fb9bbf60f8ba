import { rectify as rectifyUp } from "../convnet/rectify.js";
import { type Rule, rectify as rectifyDown, rules } from "../deconvnet/rectify.js";
import { numberText } from "./equation.js";
import { formulasOf } from "./formulas.js";
import type { LessonModel, Panel } from "./model.js";
import { newNumbers, resized } from "./numbers.js";
import { panel } from "./panel.js";
import { StateReader, sizeOf } from "./read-state.js";
import { mapsOfRows, type Rows, rowsOfMaps } from "./rows.js";
import type { Language, Size } from "./texts/lesson-texts.js";
import { textsIn } from "./texts/texts.js";

/** The numbers of the fourth lesson. */
export interface RectifyState {
  /** x: what went into the ReLU on the way up, at most 6 × 6. */
  readonly forward: Rows;
  /** R: what comes down to it, of the same size. */
  readonly signal: Rows;
  readonly language: Language;
}

/** What may change: any part of the state, or both sizes at once. */
export interface RectifyChange {
  readonly forward?: Rows;
  readonly signal?: Rows;
  readonly size?: Size;
  readonly language?: Language;
}

/** Lesson 4, one ReLU by three rules: every number of its pictures. */
export interface RectifyModel extends LessonModel {
  readonly lesson: "rectify";
  readonly state: RectifyState;
  readonly panels: {
    /** x */
    readonly forward: Panel;
    /** max(x, 0): what went on up. */
    readonly rectified: Panel;
    /** R */
    readonly signal: Panel;
    readonly deconvnet: Panel;
    readonly gradient: Panel;
    readonly guided: Panel;
  };
  /** For each cell whether each rule lets it through, and why, in words. */
  readonly cells: readonly (readonly (Readonly<Record<Rule, boolean>> & { readonly words: string })[])[];
  /** Cells where the rules do not all agree. */
  readonly differ: readonly { readonly y: number; readonly x: number }[];
}

/** All signs of x beside all signs of R, and a zero of each. */
export const firstRectify: RectifyState = {
  forward: [
    [3, -2, 0],
    [-1, 5, 2],
  ],
  signal: [
    [2, 4, 3],
    [-6, -1, 0],
  ],
  language: "en",
};

const most = 6;

/** The state after a change. @throws {LessonError} in the state's language, and then nothing has changed */
export function changedRectify(where: string, state: RectifyState, change: RectifyChange): RectifyState {
  const language = change.language ?? state.language;
  const say = textsIn(language).lessons;
  const read = new StateReader(where, say.refusals);
  read.only(change, ["forward", "signal", "size", "language"]);
  let forward: Rows = read.rows("forward", say.panels.forward, change.forward ?? state.forward, most);
  if (change.size) forward = resized(forward, ...read.size("size", say.labels.size, change.size, most), 1);
  const size = sizeOf(forward);
  if (change.signal === undefined) return { forward, signal: resized(state.signal, ...size, 3), language };
  const signal = read.rows("signal", say.panels.signal, change.signal, most);
  read.sameSize("signal", say.panels.signal, sizeOf(signal), size);
  return { forward, signal, language };
}

/** Other numbers of the same sizes. */
export function otherRectify(state: RectifyState, seed: number): RectifyState {
  const [height, width] = sizeOf(state.forward);
  return {
    ...state,
    forward: newNumbers(height, width, seed * 7 + 1, -5, 5),
    signal: newNumbers(height, width, seed * 7 + 2, -5, 5),
  };
}

/** Computes lesson 4 by `convnet.rectify` and `deconvnet.rectify`. */
export function rectifyModel(state: RectifyState): RectifyModel {
  const say = textsIn(state.language).lessons;
  const signal = mapsOfRows([state.signal]);
  const rectified = rectifyUp(mapsOfRows([state.forward]));
  const down = (rule: Rule): Rows => rowsOfMaps(rectifyDown(signal, { rule, rectified }))[0];
  const results: Readonly<Record<Rule, Rows>> = {
    deconvnet: down("deconvnet"),
    gradient: down("gradient"),
    guided: down("guided"),
  };
  const cells = state.forward.map((row, y) =>
    row.map((x, column) => {
      const value = state.signal[y][column];
      const passes = (rule: Rule): boolean => value !== 0 && results[rule][y][column] !== 0;
      const through = {
        deconvnet: passes("deconvnet"),
        gradient: passes("gradient"),
        guided: passes("guided"),
      };
      const words = say.rectify.cell({
        x: numberText(x),
        signal: numberText(value),
        zero: value === 0,
        ...through,
      });
      return { ...through, words };
    }),
  );
  const differ = cells.flatMap((row, y) =>
    row.flatMap((cell, x) => (rules.every((rule) => cell[rule] === cell.deconvnet) ? [] : [{ y, x }])),
  );
  const one = (name: string, rows: Rows, editable = false): Panel => panel(name, [rows], { editable });
  return {
    lesson: "rectify",
    title: say.titles.rectify,
    state,
    panels: {
      forward: one(say.panels.forward, state.forward, true),
      rectified: one(say.panels.rectified, rowsOfMaps(rectified)[0]),
      signal: one(say.panels.signal, state.signal, true),
      deconvnet: one(say.rules.deconvnet, results.deconvnet),
      gradient: one(say.rules.gradient, results.gradient),
      guided: one(say.rules.guided, results.guided),
    },
    cells,
    differ,
    sentence: say.sentences([
      say.rectify.sentence,
      differ.length > 0
        ? say.rectify.differ(say.list(differ.map(({ y, x }) => `(${y}, ${x})`)))
        : say.rectify.agree,
    ]),
    formulas: formulasOf(state.language, ["rectify", "deconvnet", "gradient", "guided"]),
    labels: say.labels,
  };
}
