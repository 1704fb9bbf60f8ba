import { ArgumentError, ShapeError } from "../errors.js";
import type { FeatureMaps } from "../maps.js";
import { channelsOf, sources } from "./channel-order.js";
import { notANumber } from "./colour.js";
import { magnitudePercentile } from "./percentile.js";
import { Photo } from "./photo.js";
import type { Preprocessing } from "./preprocessing.js";

/** How `pictureScale` finds the value that is shown at full strength. */
export interface ScaleOptions {
  /**
   * `"robust"` (default): the 99th percentile of the magnitudes of all values that are not 0, so that a few
   * bright pixels do not hide the rest; `"plain"`: the largest magnitude, so that nothing is cut off.
   */
  readonly range?: "robust" | "plain";
  /** How many times stronger to show everything, above 0. 1 unless told. */
  readonly contrast?: number;
}

/**
 * One scale for a set of panels: the magnitude that is shown at full strength, the same in all of them.
 * 0 when every value is 0.
 *
 * @param panels signed values, any shapes
 * @throws {ArgumentError} for another range, or a contrast that is not above 0
 * @example
 * pictureScale([fromRows([[0, -4]]), fromRows([[1, 2]])], { range: "plain" }); // 4
 */
export function pictureScale(panels: readonly FeatureMaps[], options: ScaleOptions = {}): number {
  const { range = "robust", contrast = 1 } = options;
  if (!(contrast > 0 && contrast < Number.POSITIVE_INFINITY))
    throw new ArgumentError("pictureScale", "contrast", contrast, "a number above 0");
  if (range !== "robust" && range !== "plain")
    throw new ArgumentError("pictureScale", "range", range, '"robust" or "plain"');
  return (
    magnitudePercentile(
      panels.map((panel) => panel.data),
      range === "robust" ? 0.99 : 1,
    ) / contrast
  );
}

/** How a projection becomes a picture. */
export interface ProjectionPictureOptions {
  /** The order of the network's input channels; `"grey"` for one channel. */
  readonly channelOrder: Preprocessing["channelOrder"];
  /** The magnitude shown at full strength, from `pictureScale`. The projection's own robust one unless told. */
  readonly scale?: number;
  /** What to call the picture. */
  readonly name?: string;
}

/**
 * A projection as a picture: zero is mid-grey, exactly 128; `+scale` is 255 and `−scale` is 1, what is
 * beyond is clamped to 0…255. Red, green and blue are told apart by `channelOrder`. A projection of zeros
 * is plain mid-grey; a pixel with a NaN is magenta.
 *
 * @param pixels signed, `[height, width, 3]` in the network's channel order, or `[height, width, 1]` for grey
 * @throws {ShapeError} when `pixels` has another number of channels
 * @throws {ArgumentError} for a scale below 0 or not finite
 * @example
 * projectionPicture(fromRows([[-2, 0, 2]]), { channelOrder: "grey", scale: 2 }).data[3]; // 128
 */
export function projectionPicture(pixels: FeatureMaps, options: ProjectionPictureOptions): Photo {
  const { channelOrder, name = "projection" } = options;
  const [height, width, channels] = pixels.shape;
  const wanted = channelsOf("projectionPicture", channelOrder);
  if (channels !== wanted)
    throw new ShapeError(
      "projectionPicture",
      "pixels",
      pixels.shape,
      `[height,width,${wanted}] for "${channelOrder}"`,
    );
  const scale = options.scale ?? pictureScale([pixels]);
  if (!(scale >= 0 && scale < Number.POSITIVE_INFINITY))
    throw new ArgumentError("projectionPicture", "scale", scale, "a number ≥ 0");

  const values = pixels.data;
  const [red, green, blue] = sources(channelOrder);
  const data = new Uint8Array(height * width * 3);
  for (let p = 0, m = 0; p < data.length; p += 3, m += channels) {
    data[p] = shade(values[m + red], scale);
    data[p + 1] = shade(values[m + green], scale);
    data[p + 2] = shade(values[m + blue], scale);
    if (Number.isNaN(values[m + red]) || Number.isNaN(values[m + green]) || Number.isNaN(values[m + blue]))
      data.set(notANumber, p);
  }
  return new Photo(width, height, data, name);
}

function shade(value: number, scale: number): number {
  if (value === 0) return 128;
  const level = 128.5 + (value / scale) * 127;
  return Math.min(255, Math.max(0, level));
}
