import { shortNumber } from "./numbers.js";
import type { PhotoPixels, ProjectionPixels } from "./pictures.js";
import type { Place } from "./pixel-panel.js";

/** A projection's value under the cross. */
export function projectedAt(projection: ProjectionPixels, place: Place): string {
  const { window, part, channels, values } = projection;
  const [y, x] = [place.y + window.y, place.x + window.x];
  const inside = y >= part.y && x >= part.x && y < part.y + part.height && x < part.x + part.width;
  if (!inside) return `${y}, ${x}: outside`;
  const at = ((y - part.y) * part.width + x - part.x) * channels;
  return `${y}, ${x}: ${[...values.slice(at, at + channels)].map(threeDigits).join(" ")}`;
}

/** Three values beside each other have room for no more. */
function threeDigits(value: number): string {
  return shortNumber(Number.isFinite(value) ? Number(value.toPrecision(3)) : value);
}

/** A photo's colour at a pixel. */
export function colourAt({ height, width, rgb }: PhotoPixels, y: number, x: number): string {
  if (y < 0 || x < 0 || y >= height || x >= width) return `${y}, ${x}: outside`;
  const at = (y * width + x) * 3;
  return `${y}, ${x}: ${rgb.slice(at, at + 3).join(" ")}`;
}
