import { ArgumentError } from "../errors.js";
import type { FeatureMaps } from "../maps.js";
import { type MapColouring, painter } from "./map-colours.js";
import { Photo } from "./photo.js";

/**
 * One map as a picture of the same size, a pixel a value: grey is zero, red is positive, blue is negative,
 * NaN is magenta.
 *
 * @param maps `[height, width, channels]`
 * @param channel which map, from 0
 * @throws {ArgumentError} for a channel that is not there, or a colouring out of range
 * @example
 * mapPicture(fromRows([[0, 4]]), 0).data; // [222, 222, 222, 143, 10, 16]
 */
export function mapPicture(maps: FeatureMaps, channel: number, colouring: MapColouring = {}): Photo {
  const [height, width, channels] = maps.shape;
  if (!Number.isInteger(channel) || channel < 0 || channel >= channels)
    throw new ArgumentError("mapPicture", "channel", channel, `a whole number from 0 to ${channels - 1}`);
  const { data } = maps;
  const { table, place } = painter("mapPicture", colouring, () => strengths(maps)[channel]);
  const picture = new Uint8Array(height * width * 3);
  for (let i = channel, p = 0; i < data.length; i += channels, p += 3) {
    const at = place(data[i]);
    picture[p] = table[at];
    picture[p + 1] = table[at + 1];
    picture[p + 2] = table[at + 2];
  }
  return new Photo(width, height, picture, `map ${channel}`);
}

/** Each map's largest magnitude; NaN counts as 0, and so does what is infinite. */
export function strengths(maps: FeatureMaps): Float32Array {
  const channels = maps.shape[2];
  const { data } = maps;
  const strongest = new Float32Array(channels);
  for (let i = 0; i < data.length; i += channels) {
    for (let c = 0; c < channels; c++) {
      const magnitude = Math.abs(data[i + c]);
      if (magnitude > strongest[c] && magnitude < Number.POSITIVE_INFINITY) strongest[c] = magnitude;
    }
  }
  return strongest;
}
