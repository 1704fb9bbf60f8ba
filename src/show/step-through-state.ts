import type { StepKind } from "../deconvnet/layer.js";
import type { Rule } from "../deconvnet/rectify.js";
import type { Window } from "../maps.js";
import type { Links } from "./stepper-links.js";

/** What a widget that steps through a projection and its kernel share; both may change it. */
export interface StepThroughState {
  /** Counts projections: another one holds other stages. 0 until the first is there. */
  readonly revision: number;
  readonly rule: Rule;
  /** Which stage, from 0. */
  readonly step: number;
  /** The maps that were chosen, by the space of maps that a stage's output lies in. */
  readonly maps: Readonly<Record<string, number>>;
  /** The cell that was pinned. */
  readonly cell: PinnedCell | null;
  /** How far a new projection is, while one is being made. */
  readonly busy: Busy | null;
  /** What went wrong, in words; empty where nothing did. */
  readonly problem: string;
}

export interface Busy {
  readonly done: number;
  readonly total: number;
  readonly what: string;
}

/** Before or after what a stage does. */
export type Side = "input" | "output";

/** One value of a signal: row and column in its layer, and its map. */
export interface Cell {
  readonly map: number;
  readonly y: number;
  readonly x: number;
}

export interface PinnedCell extends Cell {
  readonly side: Side;
}

/** Values laid out in rows and columns; the values themselves are one of the answer's buffers, float32. */
export interface Picture {
  /** What the reader calls the layer whose signal this is. */
  readonly layer: string;
  /** The map that is shown; of `"channels"` the one that is chosen. */
  readonly map: number;
  /** `"map"`: a cell is a place in one map. `"channels"`: the layer has one place only, and a cell is a map. */
  readonly layout: "map" | "channels";
  /** Of the cells in their layer; of `"channels"`, the rows and columns that they are laid out in. */
  readonly window: Window;
  /** How many cells hold a value; of `"channels"` the last row may be short. */
  readonly count: number;
  /** Which of the buffers. */
  readonly buffer: number;
  /** The magnitude shown at full strength. */
  readonly scale: number;
}

/** Which of several inputs are shown, when sorted by what they brought to the cell in focus. */
export interface Sorted {
  /** The place of the first one that is shown. */
  readonly first: number;
  readonly all: number;
}

/** What happens between what comes in and what goes out, as the middle panel shows it. */
export type Operation =
  | {
      readonly kind: "switches";
      /** The pool's window, its step and where the first begins. */
      readonly size: readonly [number, number];
      readonly stride: readonly [number, number];
      readonly start: readonly [y: number, x: number];
      readonly duplicates: "add" | "overwrite";
      readonly ties: "first" | "all";
    }
  | {
      readonly kind: "rectify";
      readonly rule: Rule;
      /** float32: the maps of the way up in the same cells, for the rules that look at them. */
      readonly up?: number;
    }
  | {
      readonly kind: "kernels";
      readonly size: readonly [number, number];
      /** Which of the buffers, one an input picture, in their order: float32, flipped both ways, row by row. */
      readonly kernels: readonly number[];
      readonly scale: number;
      readonly sorted: Sorted;
    }
  | {
      /** A dense layer: one weight for each value that comes in, laid out as they are. */
      readonly kind: "weights";
      readonly buffer: number;
      readonly scale: number;
    }
  | {
      readonly kind: "plus";
      /** The layers that the shown signals come from. */
      readonly from: readonly string[];
      readonly sorted: Sorted;
    }
  | { readonly kind: "branch"; readonly to: readonly string[] }
  | {
      readonly kind: "split";
      readonly parts: readonly { readonly to: string; readonly first: number; readonly count: number }[];
      /** Which of them holds the map that is shown. */
      readonly chosen: number;
    }
  | { readonly kind: "factor"; readonly factor: number }
  | {
      readonly kind: "shares";
      readonly size: readonly [number, number];
      /** Which of the buffers: what each value that comes in is divided by, float32. */
      readonly divisors: number;
    }
  | { readonly kind: "words"; readonly lines: readonly string[] };

/** Everything that the middle of the widget shows of one stage and one map. */
export interface StageView {
  readonly revision: number;
  readonly step: number;
  readonly kind: StepKind;
  /** What the reader calls its layer. */
  readonly layer: string;
  /** Of the output. */
  readonly map: number;
  /** How many maps go out. */
  readonly maps: number;
  /** The map's place when they are sorted by strength, from 0, and the neighbours there. */
  readonly rank: number;
  readonly stronger: number | null;
  readonly weaker: number | null;
  readonly space: number;
  readonly inputs: readonly Picture[];
  readonly output: Picture;
  readonly links: Links;
  readonly operation: Operation;
  /** The cell that the captions speak of when none is pinned or under the pointer. */
  readonly focus: PinnedCell;
  readonly sentence: string;
  readonly names: { readonly input: string; readonly operation: string; readonly output: string };
  readonly facts: { readonly input: string; readonly operation: string; readonly output: string };
}

/** A stage as the scrubber knows it. */
export interface StageOutline {
  readonly kind: StepKind;
  /** What the reader calls its layer; the layer's own name. */
  readonly layer: string;
  readonly name: string;
  /** Which row of the ladder. */
  readonly row: number;
  /** Stages whose output comes in here. */
  readonly from: readonly number[];
  /** The space of maps of the output: stages of one space keep a map's number. */
  readonly space: number;
}

/** A small picture on the ladder. */
export interface Thumb {
  readonly height: number;
  readonly width: number;
  readonly buffer: number;
  /** `"values"`: float32. `"pixels"`: bytes, red, green and blue. */
  readonly kind: "values" | "pixels";
  readonly scale: number;
  /** Where it lies in what the seed sees of the picture, in parts of that: all thumbs have this one frame. */
  readonly place: Window;
}

/** One layer on the ladder. */
export interface Row {
  readonly name: string;
  /** Its maps' size in the network. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** The rows that its signal goes to. */
  readonly below: readonly number[];
  readonly stages: readonly number[];
  /** What the thumbs show. */
  readonly map: number;
  /** Of the signal, in the layer's cells. */
  readonly window: Window;
  readonly down: Thumb;
  readonly up: Thumb;
}

/** All of a projection but its values: what is sent first. */
export interface Outline {
  readonly revision: number;
  readonly network: string;
  readonly picture: string;
  /** From the layer to the unit. */
  readonly seed: readonly string[];
  readonly notes: readonly string[];
  readonly stages: readonly StageOutline[];
  readonly rows: readonly Row[];
}
