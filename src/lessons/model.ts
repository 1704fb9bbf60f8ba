import type { Rows } from "./rows.js";
import type { LessonName } from "./texts/lesson-texts.js";

/** One picture of a lesson: a matrix, or several side by side, with its name and size. */
export interface Panel {
  /** In the lesson's language. */
  readonly name: string;
  /** Beside the name: its size, such as `4 × 4`. */
  readonly fact: string;
  /** One matrix a map; of filters, filter by filter and within it channel by channel. */
  readonly maps: readonly Rows[];
  /** What each of several maps is, in the lesson's language; empty where there is but one. */
  readonly labels: readonly string[];
  /** Whether its numbers are the user's own and not computed. */
  readonly editable: boolean;
}

/** An equation for JupyterLab's own math, without dollar signs. */
export interface Formula {
  readonly name: string;
  readonly latex: string;
}

/** One cell of a matrix, counted from 0. */
export interface Cell {
  readonly y: number;
  readonly x: number;
}

/** One cell of one map. */
export interface Place extends Cell {
  readonly map: number;
}

/** What all lessons' models have in common: plain data in the lesson's language, fit to be sent as JSON. */
export interface LessonModel {
  readonly lesson: LessonName;
  readonly title: string;
  readonly panels: Readonly<Record<string, Panel>>;
  /** What the state means, with its numbers. */
  readonly sentence: string;
  readonly formulas: readonly Formula[];
  /** Words for controls and keys. */
  readonly labels: Readonly<Record<string, string>>;
}
