import { painter } from "../../src/image/map-colours.js";
import type { Theme } from "../theme/theme.js";

/** A picture a pixel a value, in the colours of maps; what has no value stays clear. */
export function paintValues(
  values: Float32Array,
  { width, height, scale }: { readonly width: number; readonly height: number; readonly scale: number },
  theme: Theme,
): HTMLCanvasElement {
  const { table, place } = painter("stepper", { theme, scale }, () => scale);
  const image = new ImageData(width, height);
  for (let i = 0, p = 0; i < values.length; i++, p += 4) {
    const at = place(values[i]);
    image.data[p] = table[at];
    image.data[p + 1] = table[at + 1];
    image.data[p + 2] = table[at + 2];
    image.data[p + 3] = 255;
  }
  return canvasOf(image);
}

/** Red, green and blue bytes as a picture. */
export function paintPixels(rgb: Uint8Array, width: number, height: number): HTMLCanvasElement {
  const image = new ImageData(width, height);
  for (let i = 0, p = 0; i < rgb.length; i += 3, p += 4) {
    image.data[p] = rgb[i];
    image.data[p + 1] = rgb[i + 1];
    image.data[p + 2] = rgb[i + 2];
    image.data[p + 3] = 255;
  }
  return canvasOf(image);
}

/** Cells that are on, or not. */
export function paintCells(
  on: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
  colour: string,
): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d")!;
  context.fillStyle = colour;
  on.forEach((one, i) => {
    if (one) context.fillRect(i % width, Math.floor(i / width), 1, 1);
  });
  return canvas;
}

/** The colour that numbers read best in on a value's colour: black or white. */
export function numberColour(value: number, scale: number, theme: Theme): string {
  const { table, place } = painter("stepper", { theme, scale }, () => scale);
  const at = place(value);
  const [red, green, blue] = [0, 1, 2].map((channel) => {
    const level = table[at + channel] / 255;
    return level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
  });
  // Where black and white have the same contrast (WCAG's luminance).
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000000" : "#ffffff";
}

function canvasOf(image: ImageData): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext("2d")!.putImageData(image, 0, 0);
  return canvas;
}
