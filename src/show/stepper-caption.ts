import { shortNumber } from "./number.js";
import type { Picture } from "./step-through-state.js";
import { cellAt } from "./stepper-links.js";

/** Words with the numbers in them told apart, which are set in bold. */
export type Caption = readonly (string | { readonly value: string })[];

/** A line below each of the three panels. */
export interface Captions {
  readonly input: Caption;
  readonly operation: Caption;
  readonly output: Caption;
}

/** The numbers of a view by the number of their buffer. */
export type Values = (buffer: number) => Float32Array;

/** "at 10, 9: 206.5". */
export function valueAt(picture: Picture, place: number, values: Values): Caption {
  const { map, y, x } = cellAt(picture, place);
  const where = picture.layout === "channels" ? `map ${map}` : `at ${y}, ${x}`;
  return [`${where}: `, number(values(picture.buffer)[place])];
}

export function number(value: number): { value: string } {
  return { value: shortNumber(value) };
}

/** With its sign, as in a sum. */
export function signed(value: number): string {
  return value > 0 ? `+${shortNumber(value)}` : shortNumber(value);
}

/** A caption without its marks. */
export function captionText(caption: Caption): string {
  return caption.map((word) => (typeof word === "string" ? word : word.value)).join("");
}
