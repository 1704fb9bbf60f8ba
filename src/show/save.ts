import { writeFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { ArgumentError, FileError } from "../errors.js";
import { Photo } from "../image/photo.js";
import { encodePng } from "../image/png.js";
import { Lesson } from "../lessons/lesson-view.js";
import type { Drawable } from "./drawable.js";
import type { LiveLesson } from "./lesson-live.js";
import { lessonStill } from "./lesson-still.js";
import { LiveView } from "./live-view.js";
import { pdf } from "./pdf.js";
import { png } from "./raster.js";
import { still } from "./still.js";
import type { StillOptions } from "./still-options.js";
import { svg } from "./svg.js";

/**
 * Saves a value's still as PNG (two pixels a CSS pixel), SVG or PDF: all three look the same on every machine, with
 * text as outlines. A photo is saved as PNG pixel by pixel, without its name above it.
 *
 * @param value maps, a photo, what a network saw, a projection or several, a step or several, filters, a `Still`, or
 *   what a notebook shows live: a view as it stands, a lesson with the numbers it was made with
 * @param path ends in `.png`, `.svg` or `.pdf`; a file that is there is replaced
 * @param options as `still`
 * @throws {ArgumentError} for another ending, or a value that has no still
 * @throws {FileError} when the file can't be written, such as in a folder that is not there
 * @example
 * const eye = await project(seen, strongest(seen, "conv4_3"));
 * await save(eye, `${process.env.TMPDIR ?? "/tmp"}/eye.pdf`);
 */
export async function save(
  value: Drawable | LiveView | LiveLesson,
  path: string,
  options: StillOptions = {},
): Promise<void> {
  const write = writers[extname(path).toLowerCase()];
  if (!write) throw new ArgumentError("save", "path", path, "a name that ends in .png, .svg or .pdf");
  const bytes = await write(await drawn(value, options), options);
  try {
    await writeFile(path, bytes);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "ENOENT")
      throw new FileError("save", path, "missing", `its folder is not there: ${resolve(path, "..")}`, {
        cause,
      });
    throw new FileError("save", path, "unreadable", `could not be written (${code ?? cause})`, { cause });
  }
}

/** What has to be computed first is. */
async function drawn(value: Drawable | LiveView | LiveLesson, options: StillOptions): Promise<Drawable> {
  if (value instanceof LiveView) return value.still(options);
  if (value instanceof Lesson) return lessonStill(await value.model(), options);
  return value as Drawable;
}

type Writer = (value: Drawable, options: StillOptions) => Promise<Uint8Array | string>;

const writers: Readonly<Record<string, Writer>> = {
  ".png": async (value, options) => {
    if (value instanceof Photo) return encodePng(value);
    const { drawing, words } = still(value, options);
    return png(drawing, words);
  },
  ".svg": async (value, options) => {
    const { drawing, words } = still(value, options);
    return svg(drawing, words);
  },
  ".pdf": async (value, options) => {
    const { drawing, words } = still(value, options);
    return pdf(drawing, words);
  },
};
