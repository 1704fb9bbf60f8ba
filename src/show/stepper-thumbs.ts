import type { Photo } from "../image/photo.js";
import { resample } from "../image/resample.js";
import type { FeatureMaps, Signal, Window } from "../maps.js";
import type { Thumb } from "./step-through-state.js";

/** No thumb has more rows or columns. */
const most = 32;

/** One map of a signal inside its window. */
export function mapOf({ maps }: Signal, map: number): Float32Array {
  const channels = maps.shape[2];
  return Float32Array.from(
    { length: maps.data.length / channels },
    (_, cell) => maps.data[cell * channels + map],
  );
}

/** One map of whole maps inside a window, which lies inside them. */
export function mapInside({ shape, data }: FeatureMaps, window: Window, map: number): Float32Array {
  const out = new Float32Array(window.height * window.width);
  for (let y = 0, to = 0; y < window.height; y++) {
    let from = ((window.y + y) * shape[1] + window.x) * shape[2] + map;
    for (let x = 0; x < window.width; x++, to++, from += shape[2]) out[to] = data[from];
  }
  return out;
}

/** Values as a small picture: where several fall together the one of the largest magnitude is kept, so that none vanishes. */
export function valuesThumb(
  values: Float32Array,
  { height, width }: { readonly height: number; readonly width: number },
  place: Window,
  buffers: (Float32Array | Uint8Array)[],
): Thumb {
  const [rows, columns] = [Math.min(height, most), Math.min(width, most)];
  const out = new Float32Array(rows * columns);
  let scale = 0;
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor((y * rows) / height) * columns;
    for (let x = 0; x < width; x++, i++) {
      const to = row + Math.floor((x * columns) / width);
      if (Math.abs(values[i]) > Math.abs(out[to])) out[to] = values[i];
      if (Math.abs(values[i]) < Number.POSITIVE_INFINITY) scale = Math.max(scale, Math.abs(values[i]));
    }
  }
  return { height: rows, width: columns, buffer: buffers.push(out) - 1, kind: "values", scale, place };
}

const all: Window = { y: 0, x: 0, height: 1, width: 1 };

/** A photo as a small picture of its proportions. */
export function photoThumb(photo: Photo, buffers: (Float32Array | Uint8Array)[]): Thumb {
  const shrink = Math.max(1, Math.max(photo.height, photo.width) / (2 * most));
  const [height, width] = [photo.height, photo.width].map((side) => Math.max(1, Math.round(side / shrink)));
  const whole = { rows: { start: 0, length: photo.height }, columns: { start: 0, length: photo.width } };
  const data = shrink > 1 ? resample(photo.data, photo, whole, { height, width }) : photo.data;
  return { height, width, buffer: buffers.push(data) - 1, kind: "pixels", scale: 0, place: all };
}
