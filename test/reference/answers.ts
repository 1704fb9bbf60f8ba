import { readFileSync } from "node:fs";
import { FeatureMaps, type Shape, type Window } from "../../src/index.js";

/** How far a picture may be from another implementation's, as a part of that one's peak. */
export const tolerance: number = 1e-3;

/** What a script beside this file wrote. */
export function readAnswers<Answers>(path: string): Answers {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as Answers;
}

/** float32, little-endian, base64: as the scripts write numbers. */
export function numbers(base64: string): Float32Array {
  const bytes = Buffer.from(base64, "base64");
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
}

/** Maps from a script's numbers. */
export function mapsOf(answer: { readonly shape: Shape; readonly data: string }): FeatureMaps {
  return new FeatureMaps(answer.shape, numbers(answer.data));
}

/** The values inside a window that lies inside the maps. */
export function cut(maps: FeatureMaps, { y, x, height, width }: Window): Float32Array {
  const [, across, channels] = maps.shape;
  const values = new Float32Array(height * width * channels);
  for (let row = 0; row < height; row++) {
    const start = ((y + row) * across + x) * channels;
    values.set(maps.data.subarray(start, start + width * channels), row * width * channels);
  }
  return values;
}

/** The smallest window outside of which everything is exactly zero; none where all is. */
export function support(maps: FeatureMaps): Window | undefined {
  const [height, width, channels] = maps.shape;
  let [top, left, bottom, right] = [height, width, -1, -1];
  maps.data.forEach((value, i) => {
    if (value === 0) return;
    const cell = Math.floor(i / channels);
    const [y, x] = [Math.floor(cell / width), cell % width];
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    left = Math.min(left, x);
    right = Math.max(right, x);
  });
  return bottom < 0 ? undefined : { y: top, x: left, height: bottom - top + 1, width: right - left + 1 };
}

/** The largest size among numbers. */
export function peak(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  return largest;
}

/** The largest difference, as a part of `scale`; infinite where the lengths differ or something is no number. */
export function difference(
  got: ArrayLike<number>,
  wanted: ArrayLike<number>,
  scale: number = peak(wanted),
): number {
  if (got.length !== wanted.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < wanted.length; i++) {
    const size = Math.abs(got[i] - wanted[i]);
    if (!(size <= largest)) largest = Number.isNaN(size) ? Number.POSITIVE_INFINITY : size;
  }
  return largest / scale;
}
