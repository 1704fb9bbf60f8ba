import { ArgumentError } from "../errors.js";
import type { Window } from "../maps.js";
import { hexColour, solid } from "./colour.js";
import { mostPixels, Photo } from "./photo.js";

/**
 * What a photo shows inside a window, such as a unit's receptive field. What overhangs the photo is page
 * grey. A window between pixels is widened to whole ones.
 *
 * @param window in the photo's pixels; it may overhang the photo, or lie outside it
 * @param outside `#rrggbb`, the page grey `#e8e8e8` unless told
 * @throws {ArgumentError} for a window with a side that is not above 0 or not finite, or of more than 100
 *   million pixels
 * @example
 * const photo = new Photo(1, 1, new Uint8Array([1, 2, 3]), "a pixel");
 * patch(photo, { y: -1, x: 0, height: 2, width: 1 }).data; // [232, 232, 232, 1, 2, 3]
 */
export function patch(photo: Photo, window: Window, outside = "#e8e8e8"): Photo {
  for (const side of ["y", "x", "height", "width"] as const) {
    const least = side === "y" || side === "x" ? Number.NEGATIVE_INFINITY : 0;
    if (!(window[side] > least && window[side] < Number.POSITIVE_INFINITY))
      throw new ArgumentError("patch", `window.${side}`, window[side], `a finite number above ${least}`);
  }
  // Windows mapped through a scale are whole up to their last bits.
  const top = Math.floor(window.y + 1e-6);
  const left = Math.floor(window.x + 1e-6);
  const height = Math.max(1, Math.ceil(window.y + window.height - 1e-6) - top);
  const width = Math.max(1, Math.ceil(window.x + window.width - 1e-6) - left);

  if (height * width > mostPixels)
    throw new ArgumentError(
      "patch",
      "window",
      `${height} × ${width}`,
      `at most ${mostPixels / 1e6} million pixels`,
    );
  const data = solid(height * width, hexColour("patch", "outside", outside));
  const from = Math.max(left, 0);
  const to = Math.min(left + width, photo.width);
  for (let y = Math.max(top, 0); y < Math.min(top + height, photo.height) && from < to; y++) {
    const row = photo.data.subarray((y * photo.width + from) * 3, (y * photo.width + to) * 3);
    data.set(row, ((y - top) * width + from - left) * 3);
  }
  return new Photo(width, height, data, photo.name);
}
