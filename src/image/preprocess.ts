import { ArgumentError, ShapeError } from "../errors.js";
import { FeatureMaps } from "../maps.js";
import { channelsOf, sources } from "./channel-order.js";
import { Photo } from "./photo.js";
import type { Preprocessing } from "./preprocessing.js";

/**
 * A photo as a network's numbers: `(pixel · scale − mean) / deviation`, in the network's channel order.
 * A grey network reads the brightness `0.299 red + 0.587 green + 0.114 blue`, rounded to a whole number
 * (as Pillow's mode `"L"` does).
 *
 * @returns `[photo.height, photo.width, 3]`, or 1 channel for grey
 * @throws {ArgumentError} when `mean` or `deviation` has not one number a channel, or a deviation is 0
 * @example
 * preprocess(new Photo(1, 1, new Uint8Array([255, 0, 51]), "a pixel"), preprocessings.unit).data; // [1, 0, 0.2]
 */
export function preprocess(photo: Photo, preprocessing: Preprocessing): FeatureMaps {
  const tables = lookUps("preprocess", preprocessing);
  const pixels = photo.width * photo.height;
  const { data } = photo;
  if (tables.length === 1) {
    const grey = new FeatureMaps([photo.height, photo.width, 1]);
    // Pillow's whole-number weights, in 65536ths.
    for (let i = 0, p = 0; i < pixels; i++, p += 3)
      grey.data[i] = tables[0][(data[p] * 19595 + data[p + 1] * 38470 + data[p + 2] * 7471 + 32768) >> 16];
    return grey;
  }
  const maps = new FeatureMaps([photo.height, photo.width, 3]);
  const [a, b, c] = sources(preprocessing.channelOrder);
  for (let p = 0; p < pixels * 3; p += 3) {
    maps.data[p] = tables[0][data[p + a]];
    maps.data[p + 1] = tables[1][data[p + b]];
    maps.data[p + 2] = tables[2][data[p + c]];
  }
  return maps;
}

/**
 * The photo that a network's numbers show: the inverse of `preprocess`, rounded to the nearest whole number
 * and clamped to 0…255 (NaN becomes 0). A grey network's photo has three equal channels.
 *
 * @param maps `[height, width, 3]`, or 1 channel for grey, in the network's channel order
 * @throws {ShapeError} when `maps` has another number of channels
 * @throws {ArgumentError} as `preprocess` does
 */
export function toPixels(maps: FeatureMaps, preprocessing: Preprocessing, name = "input"): Photo {
  check("toPixels", preprocessing);
  const [height, width, channels] = maps.shape;
  const { channelOrder, scale, mean, deviation } = preprocessing;
  if (channels !== mean.length)
    throw new ShapeError("toPixels", "maps", maps.shape, `[height,width,${mean.length}] for ${channelOrder}`);
  const from = sources(channelOrder);
  const data = new Uint8Array(height * width * 3);
  for (let colour = 0; colour < 3; colour++) {
    const channel = from[colour];
    const [times, plus] = [deviation[channel] / scale, mean[channel] / scale];
    for (let p = colour, m = channel; p < data.length; p += 3, m += channels) {
      const value = maps.data[m] * times + plus;
      data[p] = value >= 255 ? 255 : value > 0 ? value + 0.5 : 0;
    }
  }
  return new Photo(width, height, data, name);
}

/** A pixel has 256 values, so each channel's arithmetic is done 256 times, not once a pixel. */
function lookUps(where: string, preprocessing: Preprocessing): Float32Array[] {
  check(where, preprocessing);
  const { scale, mean, deviation } = preprocessing;
  return mean.map((m, channel) =>
    Float32Array.from({ length: 256 }, (_, pixel) => (pixel * scale - m) / deviation[channel]),
  );
}

function check(where: string, { channelOrder, scale, mean, deviation }: Preprocessing): void {
  const channels = channelsOf(where, channelOrder);
  const fits = (numbers: readonly number[]): boolean =>
    Array.isArray(numbers) && numbers.length === channels && numbers.every(Number.isFinite);
  if (!Number.isFinite(scale) || scale === 0)
    throw new ArgumentError(where, "preprocessing.scale", scale, "a number that is not 0");
  const wanted = `${channels} numbers for "${channelOrder}"`;
  if (!fits(mean)) throw new ArgumentError(where, "preprocessing.mean", mean, wanted);
  if (!fits(deviation) || deviation.includes(0))
    throw new ArgumentError(where, "preprocessing.deviation", deviation, `${wanted}, none of them 0`);
}
