import { ArgumentError } from "../errors.js";
import { cells, type Window } from "../maps.js";
import { Photo } from "./photo.js";
import { resample } from "./resample.js";

/**
 * How a picture meets a network's input:
 * `"crop"` scales its shorter side to fit and keeps the centre;
 * `"stretch"` scales both sides on their own;
 * `"pad"` scales its longer side to fit and fills what is left, half on each side, with mid-grey (128).
 */
export type Fit = "crop" | "stretch" | "pad";

/** A photo at a network's size, and the way between its pixels and the original's. */
export class Fitted {
  /** The photo as the network sees it. */
  readonly photo: Photo;
  /** The photo it was made from. */
  readonly original: Photo;
  readonly fit: Fit;
  /** What part of the original the fitted photo shows, in the original's pixels; `"pad"` overhangs it. */
  readonly shows: Window;

  constructor(photo: Photo, original: Photo, fit: Fit, shows: Window) {
    this.photo = photo;
    this.original = original;
    this.fit = fit;
    this.shows = shows;
  }

  /**
   * Where a window of the fitted photo lies on the original. The corners are real numbers, not rounded:
   * pixel 0 reaches from 0 to 1.
   *
   * @example
   * const photo = new Photo(8, 4, new Uint8Array(96), "8 × 4 pixels");
   * const fitted = fitPhoto(photo, { height: 2, width: 2 });
   * fitted.toPhoto({ y: 0, x: 0, height: 1, width: 1 }); // { y: 0, x: 2, height: 2, width: 2 }
   */
  toPhoto(window: Window): Window {
    const down = this.shows.height / this.photo.height;
    const across = this.shows.width / this.photo.width;
    return {
      y: this.shows.y + window.y * down,
      x: this.shows.x + window.x * across,
      height: window.height * down,
      width: window.width * across,
    };
  }

  /** Where a window of the original lies on the fitted photo: the inverse of `toPhoto`. */
  fromPhoto(window: Window): Window {
    const down = this.photo.height / this.shows.height;
    const across = this.photo.width / this.shows.width;
    return {
      y: (window.y - this.shows.y) * down,
      x: (window.x - this.shows.x) * across,
      height: window.height * down,
      width: window.width * across,
    };
  }
}

/**
 * A photo at exactly the given size. Scaled by an antialiased triangle ("bilinear") filter, as Pillow's
 * `resize(…, BILINEAR, box)` does, in double precision: the same bytes on every machine. The part shown is
 * centred to fractions of a pixel, so that boxes map back exactly.
 *
 * @param size in pixels, whole numbers ≥ 1
 * @param fit `"crop"` (default), `"stretch"` or `"pad"`
 * @throws {ShapeError} for a size that is not of whole numbers ≥ 1
 * @throws {ArgumentError} for another fit
 * @example
 * const cat = await readImage("notebooks/photos/chelsea.png"); // 451 × 300
 * fitPhoto(cat, { height: 224, width: 224 }).shows; // { y: 0, x: 75.5, height: 300, width: 300 }
 */
export function fitPhoto(
  photo: Photo,
  size: { readonly height: number; readonly width: number },
  fit: Fit = "crop",
): Fitted {
  cells("fitPhoto", [size.height, size.width]);
  const down = photo.height / size.height;
  const across = photo.width / size.width;
  const scales = {
    crop: [Math.min(down, across), Math.min(down, across)],
    stretch: [down, across],
    pad: [Math.max(down, across), Math.max(down, across)],
  };
  if (!Object.hasOwn(scales, fit))
    throw new ArgumentError("fitPhoto", "fit", fit, '"crop", "stretch" or "pad"');
  const [height, width] = [scales[fit][0] * size.height, scales[fit][1] * size.width];
  const shows = { y: (photo.height - height) / 2, x: (photo.width - width) / 2, height, width };

  const data = resample(
    photo.data,
    photo,
    { rows: { start: shows.y, length: height }, columns: { start: shows.x, length: width } },
    size,
  );
  if (fit === "pad") fillOutside(data, photo, shows, size);
  return new Fitted(new Photo(size.width, size.height, data, photo.name), photo, fit, shows);
}

/** Mid-grey wherever a pixel's centre lies outside the photo. */
function fillOutside(
  data: Uint8Array,
  photo: Photo,
  shows: Window,
  { height, width }: { readonly height: number; readonly width: number },
): void {
  for (let y = 0; y < height; y++) {
    const row = shows.y + ((y + 0.5) * shows.height) / height;
    for (let x = 0; x < width; x++) {
      const column = shows.x + ((x + 0.5) * shows.width) / width;
      const inside = row >= 0 && row < photo.height && column >= 0 && column < photo.width;
      if (!inside) data.fill(128, (y * width + x) * 3, (y * width + x) * 3 + 3);
    }
  }
}
