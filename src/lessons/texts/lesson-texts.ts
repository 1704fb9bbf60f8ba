import type { Rule } from "../../deconvnet/rectify.js";

/** The languages that lessons and exercises speak: English, and 简体中文. */
export type Language = "en" | "zh";

export type LessonName = "convolution" | "transpose" | "switches" | "rectify" | "network" | "learning";

export type PanelName =
  | "input"
  | "kernel"
  | "bias"
  | "columns"
  | "weight"
  | "product"
  | "output"
  | "signal"
  | "signalRow"
  | "weightTransposed"
  | "columnsBelow"
  | "signalBelow"
  | "spread"
  | "flipped"
  | "painted"
  | "pooled"
  | "switches"
  | "add"
  | "overwrite"
  | "allTies"
  | "forward"
  | "rectified"
  | "picture"
  | "pixels"
  | "scores"
  | "probabilities"
  | "gradient"
  | "newKernel"
  | "newBias"
  | "newScores"
  | "newProbabilities";

/** Words on controls, and beside keys. */
export type LabelName =
  | "up"
  | "down"
  | "stride"
  | "padding"
  | "size"
  | "channels"
  | "filters"
  | "pool"
  | "rule"
  | "unit"
  | "rate"
  | "label"
  | "default"
  | "newNumbers"
  | "editable"
  | "moveWindow"
  | "cell"
  | "edit"
  | "putBack"
  | "gone"
  | "quiet"
  | "oneWindow"
  | "asRow";

export type FormulaName =
  | "im2col"
  | "output"
  | "down"
  | "flip"
  | "quotient"
  | "pool"
  | "unpool"
  | "rectify"
  | "deconvnet"
  | "gradient"
  | "guided"
  | "filter"
  | "softmax"
  | "crossEntropy"
  | "scoreGradient"
  | "filterGradient"
  | "step";

/** A picture's or window's size in words' terms: height and width. */
export type Size = readonly [height: number, width: number];

/** What the lessons say. Numbers come as text where a sentence only repeats them. */
export interface LessonTexts {
  readonly titles: Readonly<Record<LessonName, string>>;
  readonly panels: Readonly<Record<PanelName, string>>;
  readonly labels: Readonly<Record<LabelName, string>>;
  readonly formulas: Readonly<Record<FormulaName, string>>;
  readonly rules: Readonly<Record<Rule, string>>;
  readonly channel: (channel: number) => string;
  readonly filter: (filter: number) => string;
  readonly filterChannel: (filter: number, channel: number) => string;
  readonly map: (map: number) => string;
  readonly none: string;
  /** `0, 1` and `2, 3` as a list in a sentence. */
  readonly list: (parts: readonly string[]) => string;
  /** A statement of a sentence in full, put after another. */
  readonly sentences: (parts: readonly string[]) => string;

  readonly convolution: {
    readonly sentence: (facts: {
      readonly kernel: Size;
      readonly input: Size;
      readonly windows: Size;
      readonly rows: number;
      readonly filters: number;
    }) => string;
    readonly unreadRows: (rows: readonly number[]) => string;
    readonly unreadColumns: (columns: readonly number[]) => string;
    readonly padding: (cells: number) => string;
  };
  readonly transpose: {
    readonly sentence: (facts: { readonly columns: number; readonly most: number }) => string;
    readonly column: (column: number, values: string) => string;
    readonly same: string;
    readonly quotient: (facts: {
      readonly place: string;
      readonly step: string;
      readonly below: string;
      readonly above: string;
      readonly quotient: string;
      readonly gradient: string;
    }) => string;
    readonly unreadRows: (rows: readonly number[]) => string;
    readonly unreadColumns: (columns: readonly number[]) => string;
  };
  readonly switches: {
    readonly windowSlides: (facts: { readonly size: Size; readonly stride: Size }) => string;
    readonly share: (windows: string, place: string) => string;
    readonly noneShared: string;
    readonly tie: (window: string, value: string, places: string) => string;
    readonly added: (sum: string) => string;
    readonly overwritten: (kept: string, lost: string) => string;
    readonly tied: (value: string, places: string) => string;
    readonly asAdd: string;
    readonly asFirst: string;
    readonly sources: Readonly<Record<"add" | "overwrite" | "allTies", string>>;
    readonly lost: (lost: number, all: number) => string;
    readonly whyAdd: string;
  };
  readonly rectify: {
    readonly sentence: string;
    readonly differ: (places: string) => string;
    readonly agree: string;
    readonly cell: (facts: {
      readonly x: string;
      readonly signal: string;
      readonly deconvnet: boolean;
      readonly gradient: boolean;
      readonly guided: boolean;
      readonly zero: boolean;
    }) => string;
  };
  readonly network: {
    readonly stages: Readonly<
      Record<
        "picture" | "filter" | "rectify" | "pool" | "seed" | "unpool" | "rectifyDown" | "filterDown",
        string
      >
    >;
    readonly seed: (unit: string, value: string) => string;
    readonly seedCell: string;
    readonly elsewhere: string;
    readonly rectified: (before: string, after: string) => string;
    readonly pooled: (value: string, place: string) => string;
    readonly pooledTie: (value: string, place: string) => string;
    readonly unpooled: (sum: string) => string;
    readonly nothingLands: string;
    readonly passed: (value: string) => string;
    readonly stopped: (value: string, rule: Rule, x: string) => string;
    readonly sentence: (facts: {
      readonly unit: string;
      readonly value: string;
      readonly rule: Rule;
      readonly least: string;
      readonly greatest: string;
    }) => string;
    readonly silent: (unit: string) => string;
    readonly signed: string;
    readonly unsigned: string;
    readonly shared: (places: string) => string;
  };
  readonly learning: {
    readonly classes: readonly [string, string];
    readonly seed: { readonly name: string; readonly cell: string };
    readonly scores: (facts: {
      readonly label: string;
      readonly probability: string;
      readonly loss: string;
    }) => string;
    readonly step: (facts: {
      readonly rate: string;
      readonly before: string;
      readonly after: string;
      readonly lossBefore: string;
      readonly lossAfter: string;
    }) => string;
    readonly quotient: (facts: {
      readonly weight: string;
      readonly quotient: string;
      readonly gradient: string;
    }) => string;
  };
  readonly refusals: Refusals;
}

/** Why a number, matrix or option is not taken, and what would be: whole sentences. */
export interface Refusals {
  readonly notMatrix: (what: string) => string;
  readonly ragged: (what: string, row: number, got: number, wanted: number) => string;
  readonly notNumber: (what: string, row: number, column: number, got: string) => string;
  readonly tooGreat: (what: string, row: number, column: number, got: string, most: number) => string;
  readonly size: (what: string, got: Size, wanted: string) => string;
  readonly tooLarge: (what: string, got: Size, most: number) => string;
  readonly count: (what: string, got: number, wanted: string) => string;
  readonly stride: (got: string, most: number) => string;
  readonly padding: (got: string, most: number, window: Size) => string;
  readonly doesNotFit: (window: Size, input: Size, padding: number) => string;
  readonly signalSize: (got: Size, wanted: Size) => string;
  readonly channels: (kernel: number, input: number) => string;
  readonly place: (what: string, got: string, most: number) => string;
  readonly number: (what: string, got: string) => string;
  readonly rate: (got: string) => string;
  readonly choice: (what: string, got: string, known: readonly string[]) => string;
  readonly unknownChange: (what: string, known: readonly string[]) => string;
}
