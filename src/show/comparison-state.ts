import type { Window } from "../maps.js";

/** What the comparison's widget keeps: names and numbers of its panels. Their pixels are asked for. */
export interface ComparisonState {
  readonly title: readonly string[];
  readonly shared: readonly string[];
  readonly panels: readonly ComparisonPanel[];
  /** Whether all start from one unit: what it sees is then shown once. */
  readonly sameUnit: boolean;
  /** The magnitude at full strength, of all panels, for contrast 1. */
  readonly scale: number;
  readonly contrast: number;
  readonly sentence: string;
}

export interface ComparisonPanel {
  readonly name: string;
  readonly fact: string;
  /** What is shown of the picture; it may overhang. */
  readonly window: Window;
  /** The part of it that is in the picture, and sent. */
  readonly part: Window;
  readonly channels: 1 | 3;
  readonly colours: "pixels" | "numbers";
  /** Whether what it sees is numbers too, in the theme's colours. */
  readonly themed: boolean;
}

/** Answers "panel": its projection, float32 as in the explorer's, and what it sees of the picture, as RGB bytes. */
export interface PanelAnswer {
  readonly panel: number;
}
