import { Photo } from "../../src/image/photo.js";

/** The same bytes as `noise` in test/reference/pictures.py: a small congruential generator. */
export function noise(width: number, height: number): Photo {
  const data = new Uint8Array(width * height * 3);
  let state = 1n;
  for (let i = 0; i < data.length; i++) {
    state = (state * 1103515245n + 12345n) % 2147483648n;
    data[i] = Number(state >> 16n) & 255;
  }
  return new Photo(width, height, data, "noise");
}
