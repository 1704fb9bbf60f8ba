import { ArgumentError } from "../errors.js";
import { type Colour, hexColour, notANumber } from "./colour.js";

/** Light pages or dark ones. */
export type Theme = "light" | "dark";

/**
 * The colours of feature maps, from zero to half strength to full strength; told apart by people who see
 * red and green alike. On dark pages strength gets lighter, so that zero recedes on both.
 */
export const mapColours: Readonly<
  Record<
    Theme,
    {
      readonly zero: string;
      readonly positive: readonly [string, string];
      readonly negative: readonly [string, string];
      readonly page: string;
    }
  >
> = {
  light: {
    zero: "#dedede",
    positive: ["#e0632f", "#8f0a10"],
    negative: ["#3b86c4", "#083c7c"],
    page: "#ffffff",
  },
  dark: {
    zero: "#3a3a3a",
    positive: ["#c4573a", "#ffbd9e"],
    negative: ["#3f7fb8", "#b3dbff"],
    page: "#161616",
  },
};

/** How values become colours. */
export interface MapColouring {
  /** The magnitude shown at full strength; stronger values look the same. The largest there is unless told. */
  readonly scale?: number;
  /** Strength is `(|value| / scale) ^ gamma`. ½ unless told, so that weak values are seen too. */
  readonly gamma?: number;
  /** `"light"` unless told. */
  readonly theme?: Theme;
}

/** Strengths told apart on each side of zero. */
const steps = 255;

/** Paints values one by one: checked once, then a table look-up a value. */
export interface Painter {
  readonly scale: number;
  /** Red, green, blue for strengths −1…1 in steps of 1/255, then for NaN. */
  readonly table: Uint8Array;
  /** Where in `table` a value's red is. */
  place(value: number): number;
}

/** @param largest the scale where none is told */
export function painter(where: string, colouring: MapColouring, largest: () => number): Painter {
  const { gamma = 0.5, theme = "light" } = colouring;
  if (!(gamma > 0 && gamma < Number.POSITIVE_INFINITY))
    throw new ArgumentError(where, "gamma", gamma, "a number above 0");
  if (theme !== "light" && theme !== "dark")
    throw new ArgumentError(where, "theme", theme, '"light" or "dark"');
  const scale = colouring.scale ?? largest();
  if (!(scale >= 0 && scale < Number.POSITIVE_INFINITY))
    throw new ArgumentError(where, "scale", scale, "a number ≥ 0");
  const power = gamma === 0.5 ? Math.sqrt : (x: number): number => x ** gamma;
  const place = (value: number): number => {
    if (value === 0) return steps * 3;
    const ratio = Math.abs(value) / scale;
    // Written so that NaN falls through to the last entry.
    const strength = ratio < 1 ? Math.round(power(ratio) * steps) : ratio >= 1 ? steps : steps + 1;
    if (strength > steps) return (steps * 2 + 1) * 3;
    return (steps + (value < 0 ? -strength : strength)) * 3;
  };
  return { scale, table: colourTable(theme), place };
}

function colourTable(theme: Theme): Uint8Array {
  const table = new Uint8Array((steps * 2 + 2) * 3);
  const { zero, positive, negative } = mapColours[theme];
  for (let step = -steps; step <= steps; step++) {
    const [half, full] = step < 0 ? negative : positive;
    const stops = [zero, half, full].map((hex) => hexColour("mapColours", theme, hex));
    table.set(between(stops, (Math.abs(step) / steps) * 2), (steps + step) * 3);
  }
  table.set(notANumber, (steps * 2 + 1) * 3);
  return table;
}

/** `position` 0 is the first stop, 1 the second, 2 the third; straight lines between them in sRGB. */
function between(stops: readonly Colour[], position: number): number[] {
  const first = Math.min(1, Math.floor(position));
  return stops[first].map((from, i) => Math.round(from + (stops[first + 1][i] - from) * (position - first)));
}
