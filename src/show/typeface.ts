import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Font, Glyph } from "fontkit";

/** Regular for running text, semibold for names and titles. */
export type Weight = "regular" | "semibold";

/** One line of text as outlines. */
export interface Line {
  /** In the unit of the size. */
  readonly width: number;
  /** An SVG path whose origin is the line's left end, on its baseline. */
  readonly path: string;
}

/**
 * The outlines of a line of text in Inter, with figures of equal width. Text in stills is drawn, not set:
 * so it looks the same on machines without any font, and nothing in it can be markup.
 * A sign that Inter does not have is drawn as an empty box; line breaks and control signs as spaces.
 */
export function outlines(text: string, size: number, weight: Weight = "regular"): Line {
  const font = weight === "regular" ? regular() : semibold();
  const scale = size / font.unitsPerEm;
  const { glyphs, positions } = font.layout(printable(text), ["tnum"]);
  let path = "";
  let x = 0;
  glyphs.forEach((glyph, i) => {
    const { xAdvance, xOffset, yOffset } = positions[i];
    path += outline(glyph, x + xOffset, yOffset, scale);
    x += xAdvance;
  });
  return { width: x * scale, path };
}

/** How wide a line of text gets. */
export function textWidth(text: string, size: number, weight: Weight = "regular"): number {
  return outlines(text, size, weight).width;
}

/** The text where it fits into the width, else its beginning and "…". */
export function elided(text: string, width: number, size: number, weight: Weight = "regular"): string {
  if (textWidth(text, size, weight) <= width) return text;
  const signs = [...text];
  let low = 0;
  let high = Math.min(signs.length - 1, Math.ceil(width));
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (textWidth(`${signs.slice(0, middle).join("").trimEnd()}…`, size, weight) <= width) low = middle;
    else high = middle - 1;
  }
  return `${signs.slice(0, low).join("").trimEnd()}…`;
}

/** A text broken at its spaces into lines that fit; a word too long for a line is cut with "…". */
export function wrapped(text: string, width: number, size: number, weight: Weight = "regular"): string[] {
  const lines: string[] = [];
  for (const word of printable(text).split(" ")) {
    const longer = lines.length ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length && textWidth(longer, size, weight) <= width) lines[lines.length - 1] = longer;
    else lines.push(elided(word, width, size, weight));
  }
  return lines;
}

/** Two digits behind the point of a CSS pixel are finer than any screen. */
function outline(glyph: Glyph, x: number, y: number, scale: number): string {
  const number = (value: number): string => String(Math.round(value * 100) / 100);
  return glyph.path.commands
    .map(({ command, args }) => {
      const points = args.map((value, i) => number(i % 2 ? -(value + y) * scale : (value + x) * scale));
      return `${letters[command]}${points.join(" ")}`;
    })
    .join("");
}

const letters = {
  moveTo: "M",
  lineTo: "L",
  quadraticCurveTo: "Q",
  bezierCurveTo: "C",
  closePath: "Z",
} as const;

/** Kept short, since text from files can be of any length. */
function printable(text: string): string {
  return [...text.slice(0, 2000)].map((sign) => (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(sign) ? " " : sign)).join("");
}

const regular = once("Inter-Regular");
const semibold = once("Inter-SemiBold");

/** Neither the library nor the font is loaded before the first text is drawn: importing the package stays quick. */
function once(name: string): () => Font {
  let font: Font | undefined;
  return () => {
    if (!font) {
      const require = createRequire(import.meta.url);
      const { create } = require("fontkit") as typeof import("fontkit");
      font = create(readFileSync(require.resolve(`inter-ui/web/${name}.woff2`))) as Font;
    }
    return font;
  };
}
