import { ArgumentError } from "../errors.js";
import type { StillOptions } from "./still-options.js";

/** Refuses options out of range, before anything is drawn. */
export function checkOptions(where: string, options: StillOptions): void {
  const { theme, width, order, scale, range, contrast } = options;
  oneOf(where, "theme", theme, ["light", "dark"]);
  oneOf(where, "order", order, ["strength", "number"]);
  oneOf(where, "range", range, ["robust", "plain"]);
  if (width !== undefined && !(Number.isInteger(width) && width >= 640 && width <= 4000))
    throw new ArgumentError(where, "width", width, "a whole number of CSS pixels from 640 to 4000");
  if (scale !== undefined && !(scale >= 0 && scale < Number.POSITIVE_INFINITY))
    throw new ArgumentError(where, "scale", scale, "a number ≥ 0");
  if (contrast !== undefined && !(contrast > 0 && contrast < Number.POSITIVE_INFINITY))
    throw new ArgumentError(where, "contrast", contrast, "a number above 0");
}

function oneOf(where: string, argument: string, got: string | undefined, known: readonly string[]): void {
  if (got !== undefined && !known.includes(got))
    throw new ArgumentError(where, argument, got, known.map((one) => `"${one}"`).join(" or "));
}
