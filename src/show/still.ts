import { ArgumentError } from "../errors.js";
import { Photo } from "../image/photo.js";
import { FeatureMaps } from "../maps.js";
import { Filters } from "../network/filters.js";
import { Projection } from "../projection.js";
import { Seen } from "../seen.js";
import { checkOptions } from "./check-options.js";
import { type Drawable, isListOf, isProjection, isStep, Still } from "./drawable.js";
import type { Drawing } from "./drawing.js";
import { filtersDrawing } from "./filters-still.js";
import { mapsDrawing } from "./maps-still.js";
import { photoDrawing } from "./photo-still.js";
import { projectionDrawing } from "./projection-still.js";
import { projectionsDrawing } from "./projections-still.js";
import { seenDrawing } from "./seen-still.js";
import { stepDrawing, stepsDrawing } from "./step-still.js";
import type { StillOptions } from "./still-options.js";
import { describe } from "./text.js";

/**
 * Draws a value: for options other than a notebook's own, and for what does not show itself, such as several
 * projections on one scale or the steps of one.
 *
 * @param options theme, width in CSS pixels, order of maps, scale, range and contrast of projections
 * @throws {ArgumentError} for a value that has no still, or an option out of range
 * @example
 * still(await project(seen, strongestUnits(seen, "conv5_1")), { theme: "dark" });
 */
export function still(value: Drawable, options: StillOptions = {}): Still {
  checkOptions("still", options);
  if (value instanceof Still) return value;
  return new Still(draw(value, options), describe(value));
}

function draw(value: Drawable, options: StillOptions): Drawing {
  if (value instanceof Photo) return photoDrawing(value, options);
  if (value instanceof FeatureMaps) return mapsDrawing(value, options);
  if (value instanceof Seen) return seenDrawing(value, options);
  if (value instanceof Projection) return projectionDrawing(value, options);
  if (value instanceof Filters) return filtersDrawing(value, options);
  if (isListOf(value, isProjection)) return projectionsDrawing(value, options);
  if (isListOf(value, isStep)) return stepsDrawing(value, options);
  if (isStep(value)) return stepDrawing(value, options);
  const name = (value as object)?.constructor?.name ?? typeof value;
  throw new ArgumentError(
    "still",
    "value",
    name,
    "maps, a photo, what a network saw, projections, steps or filters",
  );
}
