import type { Theme } from "../theme/theme.js";
import { colourPlace, plainLevel, shade, strengthColours } from "./shade.js";

/** A rectangle in the picture's pixels; it may overhang. */
export interface Window {
  readonly y: number;
  readonly x: number;
  readonly height: number;
  readonly width: number;
}

/** What a network read, three bytes a pixel. */
export interface PhotoPixels {
  readonly height: number;
  readonly width: number;
  readonly rgb: Uint8Array;
}

/** A projection's numbers: red, green and blue of each pixel, or one value. */
export interface ProjectionPixels {
  /** What is shown of the picture; it may overhang. */
  readonly window: Window;
  /** The part of it that is in the picture, and has values. */
  readonly part: Window;
  readonly channels: 1 | 3;
  readonly colours: "pixels" | "numbers";
  /** The magnitude at full strength for contrast 1. */
  readonly scale: number;
  readonly values: Float32Array;
}

/** Maps as strengths, one after the other. */
export interface MapStrengths {
  readonly height: number;
  readonly width: number;
  readonly levels: Uint8Array | Int16Array;
}

/** RGBA pixels and their size. */
export interface Picture {
  readonly height: number;
  readonly width: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

type Colour = readonly [red: number, green: number, blue: number];

/** What is zero in a projection. */
const grey: Colour = [128, 128, 128];

/** Neither zero nor any strength. */
const notANumber: Colour = [255, 0, 255];

/** Bytes of red, green and blue as a picture. */
export function rgbPicture(height: number, width: number, rgb: Uint8Array): Picture {
  const data = new Uint8ClampedArray(height * width * 4);
  for (let from = 0, to = 0; to < data.length; from += 3, to += 4) {
    data[to] = rgb[from];
    data[to + 1] = rgb[from + 1];
    data[to + 2] = rgb[from + 2];
    data[to + 3] = 255;
  }
  return { height, width, data };
}

/** What a window shows of a photo; the page's grey where it overhangs. */
export function patchPicture(photo: PhotoPixels, window: Window, outside: Colour): Picture {
  const { height, width } = window;
  const data = filled(height, width, outside);
  inPart(window, photo, (from, to) => {
    for (let c = 0; c < 3; c++) data[to * 4 + c] = photo.rgb[from * 3 + c];
  });
  return { height, width, data };
}

/** The same, from the part of the window that is in the photo. */
export function partPicture(window: Window, part: Window, rgb: Uint8Array, outside: Colour): Picture {
  const { height, width } = window;
  const data = filled(height, width, outside);
  let from = 0;
  for (let y = 0; y < part.height; y++) {
    let to = ((y + part.y - window.y) * width + part.x - window.x) * 4;
    for (let x = 0; x < part.width; x++, from += 3, to += 4) {
      for (let c = 0; c < 3; c++) data[to + c] = rgb[from + c];
    }
  }
  return { height, width, data };
}

/** A projection in its window around mid-grey, or in the colours of maps where nothing says which channel is red. */
export function projectionPicture(projection: ProjectionPixels, contrast: number, theme: Theme): Picture {
  const { window, part, channels, colours, values } = projection;
  const scale = projection.scale / contrast;
  const table = strengthColours(theme);
  const zero = colours === "pixels" ? grey : at(table, 0);
  const data = filled(window.height, window.width, zero);
  let from = 0;
  for (let y = 0; y < part.height; y++) {
    let to = ((y + part.y - window.y) * window.width + part.x - window.x) * 4;
    for (let x = 0; x < part.width; x++, from += channels, to += 4) {
      if (colours === "numbers") data.set(at(table, plainLevel(values[from], scale)), to);
      else {
        for (let c = 0; c < 3; c++) data[to + c] = shade(values[from + (channels === 3 ? c : 0)], scale);
        for (let c = 0; c < channels; c++) if (Number.isNaN(values[from + c])) data.set(notANumber, to);
      }
    }
  }
  return { height: window.height, width: window.width, data };
}

/** One map of a layer, from its strengths. */
export function mapPicture(layer: MapStrengths, map: number, theme: Theme): Picture {
  const { height, width, levels } = layer;
  const table = strengthColours(theme);
  const data = new Uint8ClampedArray(height * width * 4);
  for (let cell = 0, from = map * height * width; cell < height * width; cell++, from++) {
    const place = colourPlace(levels[from]);
    data[cell * 4] = table[place];
    data[cell * 4 + 1] = table[place + 1];
    data[cell * 4 + 2] = table[place + 2];
    data[cell * 4 + 3] = 255;
  }
  return { height, width, data };
}

/** Red, green and blue of `#rrggbb` or `rgb(…)`, as a page's styles give it. */
export function parsedColour(text: string): Colour {
  const hex = /^#([0-9a-f]{6})$/i.exec(text)?.[1];
  if (hex) return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Colour;
  const numbers = text.match(/[\d.]+/g)?.map(Number) ?? [];
  return [numbers[0] ?? 232, numbers[1] ?? 232, numbers[2] ?? 232];
}

/** Puts a picture on a canvas of its own size. */
export function draw(canvas: HTMLCanvasElement, { height, width, data }: Picture): void {
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d")?.putImageData(new ImageData(data, width, height), 0, 0);
  // Few pixels are shown as what they are.
  canvas.classList.toggle("hard", Math.min(height, width) < 32);
}

function at(table: Uint8Array, level: number): Colour {
  const place = colourPlace(level);
  return [table[place], table[place + 1], table[place + 2]];
}

function filled(height: number, width: number, [red, green, blue]: Colour): Uint8ClampedArray<ArrayBuffer> {
  const data = new Uint8ClampedArray(height * width * 4);
  for (let i = 0; i < data.length; i += 4) {
    data[i] = red;
    data[i + 1] = green;
    data[i + 2] = blue;
    data[i + 3] = 255;
  }
  return data;
}

/** Calls back for each pixel that window and picture share: its place in the picture, and in the window. */
function inPart(
  window: Window,
  picture: { readonly height: number; readonly width: number },
  each: (from: number, to: number) => void,
): void {
  const bottom = Math.min(window.y + window.height, picture.height);
  const right = Math.min(window.x + window.width, picture.width);
  for (let y = Math.max(0, window.y); y < bottom; y++) {
    for (let x = Math.max(0, window.x); x < right; x++)
      each(y * picture.width + x, (y - window.y) * window.width + x - window.x);
  }
}
