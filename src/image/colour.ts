import { ArgumentError } from "../errors.js";

/** Red, green and blue, each 0…255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Neither zero nor any strength: NaN has a colour of its own, magenta, so that it is seen. */
export const notANumber: Colour = [255, 0, 255];

/**
 * Red, green and blue of `#rrggbb`.
 *
 * @throws {ArgumentError} for anything else
 */
export function hexColour(where: string, argument: string, text: string): Colour {
  const digits = typeof text === "string" ? /^#([0-9a-f]{6})$/i.exec(text)?.[1] : undefined;
  if (!digits) throw new ArgumentError(where, argument, text, "a colour as #rrggbb");
  const number = Number.parseInt(digits, 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

/** So many pixels of one colour, 3 bytes each. */
export function solid(pixels: number, [red, green, blue]: Colour): Uint8Array {
  const data = new Uint8Array(pixels * 3);
  for (let p = 0; p < data.length; p += 3) {
    data[p] = red;
    data[p + 1] = green;
    data[p + 2] = blue;
  }
  return data;
}
