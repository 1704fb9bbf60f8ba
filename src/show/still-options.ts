import type { Theme } from "../image/map-colours.js";

/** How a still is drawn. */
export interface StillOptions {
  /** `"light"` (default) or `"dark"`. */
  readonly theme?: Theme;
  /** CSS pixels, 640 to 4000; 1000 unless told. What needs less is narrower. */
  readonly width?: number;
  /** Of maps: strongest first (default) or by number. */
  readonly order?: "strength" | "number";
  /** The magnitude shown at full strength, for stills that shall share one; each value's own unless told. */
  readonly scale?: number;
  /** Of projections: the 99th percentile (`"robust"`, default) or the largest magnitude (`"plain"`) is at full strength. */
  readonly range?: "robust" | "plain";
  /** Of projections: how many times stronger they are shown. 1 unless told. */
  readonly contrast?: number;
}
