import { painter } from "../../src/image/map-colours.js";
import type { Theme } from "../theme/theme.js";

/** Red, green and blue of strengths −255…255, and of NaN at 256: three bytes each, from −255 on. */
export function strengthColours(theme: Theme): Uint8Array {
  return painter("explorer", { theme, scale: 1 }, () => 1).table;
}

/** The place of a strength in `strengthColours`. */
export function colourPlace(level: number): number {
  return (255 + level) * 3;
}

/** The strength of a value on a scale, drawn in equal steps (γ 1) as projections in numbers are. */
export function plainLevel(value: number, scale: number): number {
  if (Number.isNaN(value)) return 256;
  if (value === 0) return 0;
  return Math.sign(value) * Math.round(Math.min(1, Math.abs(value) / scale) * 255);
}

/** A projection's value as a byte: 128 is zero, ±scale 255 and 1, as `projectionPicture` in src/image has it. */
export function shade(value: number, scale: number): number {
  if (value === 0) return 128;
  return Math.min(255, Math.max(0, Math.floor(128.5 + (value / scale) * 127)));
}
