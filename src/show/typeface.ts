import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
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
 * Signs that Inter does not have, such as Chinese ones, are drawn in Noto Sans; one that neither has as an empty box;
 * line breaks and control signs as spaces.
 */
export function outlines(text: string, size: number, weight: Weight = "regular"): Line {
  let path = "";
  let x = 0;
  for (const { words: signs, font } of runs(printable(text), weight)) {
    // The sign of a transposed matrix, which few typefaces have: a small T, raised.
    const raised = signs === transposeSign;
    const words = raised ? "T" : signs;
    const scale = ((raised ? 0.62 : 1) * size) / font.unitsPerEm;
    const lift = raised ? (0.34 * size) / scale : 0;
    const { glyphs, positions } = font.layout(words, ["tnum"]);
    glyphs.forEach((glyph, i) => {
      const { xAdvance, xOffset, yOffset } = positions[i];
      path += outline(glyph, x / scale + xOffset, yOffset + lift, scale);
      x += xAdvance * scale;
    });
  }
  return { width: x, path };
}

const transposeSign = "ᵀ";

/** The text cut where the font changes. */
function runs(text: string, weight: Weight): { words: string; font: Font }[] {
  const [first, other] = weight === "regular" ? [regular, otherRegular] : [semibold, otherSemibold];
  const found: { words: string; font: Font }[] = [];
  for (const sign of text) {
    if (sign === transposeSign) {
      found.push({ words: sign, font: first() });
      continue;
    }
    const code = sign.codePointAt(0)!;
    // The other font is large, and read only for a sign that the first has not.
    const font =
      first().hasGlyphForCodePoint(code) || !other().hasGlyphForCodePoint(code) ? first() : other();
    const last = found.at(-1);
    if (last?.font === font && last.words !== transposeSign) last.words += sign;
    else found.push({ words: sign, font });
  }
  return found;
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

/** A text broken at its spaces, and between Chinese signs, into lines that fit; a word too long is cut with "…". */
export function wrapped(text: string, width: number, size: number, weight: Weight = "regular"): string[] {
  const lines: string[] = [];
  for (const word of printable(text).split(" ")) {
    for (const [i, part] of word.split(betweenSigns).entries()) {
      const space = i === 0 ? " " : "";
      const longer = lines.length ? `${lines[lines.length - 1]}${space}${part}` : part;
      if (lines.length && textWidth(longer, size, weight) <= width) lines[lines.length - 1] = longer;
      else lines.push(elided(part, width, size, weight));
    }
  }
  return lines;
}

/** Chinese is written without spaces: lines end after any of its signs, but not before what closes or after what opens. */
const betweenSigns: RegExp =
  /(?<=[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60])(?<![（《「『【])(?![、。，．：；？！）》」』】…])|(?<=[^（《「『【\u2e80-\u9fff])(?=[\u2e80-\u2fff\u3040-\u9fff])/u;

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

const regular = once((find) => find("inter-ui/web/Inter-Regular.woff2"));
const semibold = once((find) => find("inter-ui/web/Inter-SemiBold.woff2"));
const otherRegular = once((find) => notoSans(find, "Regular"));
const otherSemibold = once((find) => notoSans(find, "Bold"));

/** Its package names its code alone, and keeps the fonts beside it. */
function notoSans(find: (name: string) => string, weight: string): string {
  return join(dirname(find("@embedpdf/fonts-sc")), "..", "fonts", `NotoSansHans-${weight}.otf`);
}

/** Neither the library nor a font is loaded before the first text needs it: importing the package stays quick. */
function once(path: (find: (name: string) => string) => string): () => Font {
  let font: Font | undefined;
  return () => {
    if (!font) {
      const require = createRequire(import.meta.url);
      const { create } = require("fontkit") as typeof import("fontkit");
      font = create(readFileSync(path(require.resolve))) as Font;
    }
    return font;
  };
}
