import { Lesson } from "../lessons/lesson-view.js";
import type { MimeBundle } from "../shown.js";
import type { Drawable } from "./drawable.js";
import { lessonBundle } from "./lesson-live.js";
import { LiveView } from "./live-view.js";
import { png } from "./raster.js";
import { still } from "./still.js";
import type { StillOptions } from "./still-options.js";

/**
 * What Jupyter shows for a value: a PNG still of two pixels a CSS pixel (it says so by its 144 dpi) and plain text.
 *
 * @throws {ArgumentError} for a value that has no still
 * @example
 * Object.keys(await bundle(fromRows([[1, 2]]))); // ["text/plain", "image/png"]
 */
export async function bundle(value: unknown, options: StillOptions = {}): Promise<MimeBundle> {
  if (value instanceof LiveView) return value.bundle();
  if (value instanceof Lesson) return lessonBundle(value);
  const { drawing, words } = still(value as Drawable, options);
  // A notebook keeps every picture it shows: `save` writes all colours, a bundle 256 of them.
  const picture = await png(drawing, words, 256);
  return { "text/plain": words, "image/png": Buffer.from(picture).toString("base64") };
}
