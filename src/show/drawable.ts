import type { Photo } from "../image/photo.js";
import { FeatureMaps } from "../maps.js";
import type { Filters } from "../network/filters.js";
import { Projection, type Step } from "../projection.js";
import type { Seen } from "../seen.js";
import { Shown } from "../shown.js";
import type { Drawing } from "./drawing.js";

/** What has a still: every value that shows itself, a step, and several projections or steps side by side. */
export type Drawable =
  | FeatureMaps
  | Photo
  | Seen
  | Projection
  | Filters
  | Still
  | Step
  | readonly Projection[]
  | readonly Step[];

/** A value drawn in one way: shows itself in a notebook, and is saved as any other. */
export class Still extends Shown {
  readonly drawing: Drawing;
  /** What it shows, in words. */
  readonly words: string;

  constructor(drawing: Drawing, words: string) {
    super();
    this.drawing = drawing;
    this.words = words;
  }
}

/** Whether a value is a list of at least one of these, and of nothing else. */
export function isListOf<T>(value: unknown, is: (one: unknown) => one is T): value is readonly T[] {
  return Array.isArray(value) && value.length > 0 && value.every(is);
}

export function isProjection(value: unknown): value is Projection {
  return value instanceof Projection;
}

/** Steps are plain: told by their parts. */
export function isStep(value: unknown): value is Step {
  const step = value as Partial<Step> | null;
  return (
    typeof step?.kind === "string" &&
    step.input?.maps instanceof FeatureMaps &&
    step.output?.maps instanceof FeatureMaps
  );
}
