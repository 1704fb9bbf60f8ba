import { Shown } from "../shown.js";

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

  constructor(width: number, height: number, data: Uint8Array, name: string) {
    super();
    this.width = width;
    this.height = height;
    this.data = data;
    this.name = name;
  }
}
