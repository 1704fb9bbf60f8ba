import { ShapeError } from "../errors.js";
import { cells } from "../maps.js";
import { Shown } from "../shown.js";

/** 100 million pixels, 300 MB: more than any picture needs, refused before it is made. */
export const mostPixels = 100_000_000;

/**
 * A picture as people see it: RGB, 8 bits a channel, upright, without transparency.
 * `data[(y * width + x) * 3 + c]` is red, green or blue, 0…255.
 */
export class Photo extends Shown {
  readonly width: number;
  readonly height: number;
  /** `height · width · 3` bytes. */
  readonly data: Uint8Array;
  /** What to call it: its file's name, or what the caller said. Text, never a path to open. */
  readonly name: string;

  /**
   * @param width in pixels, a whole number ≥ 1
   * @param height in pixels, a whole number ≥ 1
   * @param data the bytes, not copied
   * @throws {ShapeError} when `data` has another length than `height · width · 3`
   */
  constructor(width: number, height: number, data: Uint8Array, name: string) {
    super();
    const wanted = cells("Photo", [height, width, 3]);
    if (data.length !== wanted)
      throw new ShapeError("Photo", "data", [data.length], `${wanted} bytes for [${height},${width},3]`);
    this.width = width;
    this.height = height;
    this.data = data;
    this.name = name;
  }
}
