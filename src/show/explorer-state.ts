import type { Rule } from "../deconvnet/rectify.js";
import type { Window } from "../maps.js";
import type { Unit } from "../select.js";

/** How the explorer shows what is chosen. */
export interface ExplorerSettings {
  /** The rule of the projection. */
  readonly rule: Rule;
  /** The chosen rule's projection beside the patch, or all three rules'. */
  readonly rules: "one" | "all";
  /** Of the maps: strongest first, or by number. */
  readonly order: "strength" | "number";
  /** The strongest unit of each of the nine strongest maps, or nine units of the chosen map. */
  readonly nine: "maps" | "units";
  /** How many times stronger the projection is shown. */
  readonly contrast: number;
}

/** What the explorer's widget keeps in both halves, small and plain; pictures and numbers are asked for. */
export interface ExplorerState extends ExplorerSettings {
  readonly network: NetworkOutline;
  /** What can be looked at, oldest first. */
  readonly photos: readonly PhotoOutline[];
  /** Which of them is; set by the kernel alone, when it has seen it. */
  readonly photo: number;
  /** The unit that everything is about. */
  readonly unit: Unit;
}

/** The least and the most that a projection is strengthened. */
export const contrasts: { readonly least: number; readonly most: number } = { least: 0.25, most: 8 };

export interface NetworkOutline {
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly layers: readonly LayerOutline[];
}

export interface LayerOutline {
  readonly name: string;
  readonly pool: boolean;
  /** `[height, width, maps]` */
  readonly shape: readonly [number, number, number];
  /** The layers right below it, by their places in the list; −1 is the picture. */
  readonly reads: readonly number[];
  /** What unit (0, 0) sees of the picture, and how far its neighbours' windows are shifted. */
  readonly sees: Window;
  readonly stride: readonly [vertical: number, horizontal: number];
}

export interface PhotoOutline {
  readonly id: number;
  /** Its file's name, or what stands for it. Text, nothing else. */
  readonly name: string;
}

/** Answers "photo": the picture that the network read, as RGB bytes. */
export interface PhotoAnswer {
  readonly height: number;
  readonly width: number;
  readonly heading: string;
  /** Where it was not a photo: what it was made of. */
  readonly fact: string;
  /** The five most probable classes, where the network has any. */
  readonly labels: readonly Label[];
}

/** A class, and the unit that is its logit. */
export interface Label {
  readonly name: string;
  readonly unit: Unit;
  /** 0…1 */
  readonly probability: number;
}

/**
 * Answers "layer": all its maps small enough for an atlas, one after the other, each value as its strength on the layer's
 * one scale: ±(|value| / scale)^½ in 255ths, 256 for NaN. One byte a value where none is negative or NaN, else two.
 * Then each map's largest value (float32), its row and its column (uint32), and the maps' numbers strongest first (uint32).
 */
export interface LayerAnswer {
  readonly height: number;
  readonly width: number;
  readonly maps: number;
  readonly bytes: 1 | 2;
  readonly scale: number;
  /** The strongest unit of all. */
  readonly strongest: Unit;
  /** What each map means, where they are classes; else none. */
  readonly names: readonly string[];
}

/** Answers "map": one map's values as they are, float32. */
export interface MapAnswer {
  readonly height: number;
  readonly width: number;
  /** The largest magnitude. */
  readonly scale: number;
  readonly signed: boolean;
}

/** Answers "projection": the pixels inside the window, float32 in the order red, green, blue; or one value a pixel. */
export interface ProjectionAnswer {
  /** What the unit sees, as it is shown; it may overhang. */
  readonly window: Window;
  /** The part of it that is in the picture, and sent. */
  readonly part: Window;
  readonly channels: 1 | 3;
  /** One value a pixel: grey as a photo is, or a number in the colours of maps. */
  readonly colours: "pixels" | "numbers";
  /** The magnitude at full strength for contrast 1. */
  readonly scale: number;
  readonly value: number;
  /** What it says, in words. */
  readonly sentences: readonly string[];
}

/** Answers "nine": which units, strongest first. */
export interface NineAnswer {
  readonly units: readonly NineUnit[];
}

export interface NineUnit {
  readonly unit: Unit;
  readonly value: number;
  /** The part of the picture that is shown for it; it may overhang. */
  readonly window: Window;
}

/** Answers "small": projections of several units on one scale as RGB bytes, one buffer each. */
export interface SmallPictures {
  /** The magnitude at full strength. */
  readonly scale: number;
  readonly sizes: readonly { readonly height: number; readonly width: number }[];
}

/** Answers "drop": the photo that came in. */
export interface DropAnswer {
  readonly photo: number;
}

/** Answers "step": the model of a stepper that was opened for it. */
export interface StepAnswer {
  readonly model: string;
}
