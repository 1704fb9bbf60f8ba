import { type MapColouring, mapColours, type Theme } from "../image/map-colours.js";
import { mapPicture } from "../image/map-picture.js";
import { Photo } from "../image/photo.js";
import { FeatureMaps, type Window } from "../maps.js";
import { type Mark, picture, rectangle, text } from "./drawing.js";
import { shortNumber } from "./number.js";
import { type Colours, themes, type } from "./theme.js";
import { elided, textWidth } from "./typeface.js";

/** A rectangle on a drawing, in CSS pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Height of the line above a panel's picture, with the distance to it. */
export const headingHeight: number = type.small.line + 6;

/** Space to the right of a name before its fact. */
const between = 6;

/** The line above a panel: its name left, a fact right in grey. The fact gives way where both do not fit. */
export function heading(place: Omit<Place, "height">, name: string, fact: string, colours: Colours): Mark[] {
  const { size } = type.small;
  const baseline = place.y + 13;
  const shown = elided(name, place.width, size, "semibold");
  const left = place.width - textWidth(shown, size, "semibold") - between;
  const marks = [text(place.x, baseline, shown, { size, weight: "semibold", fill: colours.text })];
  if (fact && left > 3 * size) {
    const words = elided(fact, left, size);
    marks.push(
      text(place.x + place.width, baseline, words, { size, fill: colours.secondText, anchor: "end" }),
    );
  }
  return marks;
}

/** Words in grey that go on where a name ends, for lines whose right end is a scale. */
export function named(x: number, y: number, name: string, words: string, colours: Colours): Mark[] {
  const { size } = type.small;
  return [
    text(x, y + 13, name, { size, weight: "semibold", fill: colours.text }),
    text(x + textWidth(name, size, "semibold") + between, y + 13, words, { size, fill: colours.secondText }),
  ];
}

/** A title whose parts lead from the whole to the part, and what else there is to say, in grey. */
export function title(
  place: Omit<Place, "height">,
  parts: readonly string[],
  more: string,
  colours: Colours,
): Mark[] {
  const { size } = type.title;
  const baseline = place.y + 21;
  const marks: Mark[] = [];
  let x = place.x;
  const end = place.x + place.width;
  for (const [i, part] of parts.entries()) {
    if (i > 0) {
      marks.push(text(x, baseline, " › ", { size, fill: colours.secondText }));
      x += textWidth(" › ", size);
    }
    const shown = elided(part, Math.max(end - x - (parts.length - 1 - i) * 100, 60), size, "semibold");
    marks.push(text(x, baseline, shown, { size, weight: "semibold", fill: colours.text }));
    x += textWidth(shown, size, "semibold");
  }
  x += 16;
  if (more && end - x > 60)
    marks.push(
      text(x, baseline, elided(more, end - x, type.small.size), {
        size: type.small.size,
        fill: colours.secondText,
      }),
    );
  return marks;
}

/** Sentences on lines from `y` on. */
export function sentences(x: number, y: number, lines: readonly string[], colours: Colours): Mark[] {
  return lines.map((line, i) =>
    text(x, y + 16 + i * type.sentence.line, line, { size: type.sentence.size, fill: colours.text }),
  );
}

/** The bar of colours between its two numbers; its right end is at `right`. */
export function colourScale(
  right: number,
  y: number,
  scale: number,
  signed: boolean,
  colouring: MapColouring,
): { marks: Mark[]; width: number } {
  const theme = colouring.theme ?? "light";
  const { size } = type.small;
  const fill = themes[theme].secondText;
  const [low, high] = [signed ? shortNumber(-scale) : "0", shortNumber(scale)];
  const length = signed ? 112 : 64;
  const ramp = new FeatureMaps([1, length * 2, 1]);
  for (let i = 0; i < length * 2; i++) {
    const part = (i + 0.5) / (length * 2);
    // Drawn in equal steps of strength, so that the bar's middle looks as strong as half.
    const strength = signed ? 2 * part - 1 : part;
    ramp.data[i] = strength;
  }
  const bar = mapPicture(ramp, 0, { theme, gamma: 1, scale: 1 });
  const barRight = right - textWidth(high, size) - 8;
  const barLeft = barRight - length;
  const marks = [
    text(right, y + 13, high, { size, fill, anchor: "end" }),
    picture(bar, { x: barLeft, y: y + 4, width: length, height: 10 }, false),
    text(barLeft - 8, y + 13, low, { size, fill, anchor: "end" }),
  ];
  return { marks, width: right - barLeft + 8 + textWidth(low, size) };
}

/** Markers never get smaller, however small the window. */
const smallestMarker = 14;

/**
 * The selection: a line of the brand's colour with a halo of the page's on both sides, around a window of
 * what is shown in `place`.
 *
 * @param size of what is shown there, in the window's unit
 */
export function marker(
  place: Place,
  size: { readonly height: number; readonly width: number },
  window: Window,
  colours: Colours,
): Mark[] {
  const across = place.width / size.width;
  const down = place.height / size.height;
  const middle = [
    place.x + (window.x + window.width / 2) * across,
    place.y + (window.y + window.height / 2) * down,
  ];
  const width = Math.max(window.width * across, smallestMarker);
  const height = Math.max(window.height * down, smallestMarker);
  // A window that overhangs is marked as far as the picture goes.
  const left = clamp(middle[0] - width / 2, place.x, place.x + place.width);
  const right = clamp(middle[0] + width / 2, place.x, place.x + place.width);
  const top = clamp(middle[1] - height / 2, place.y, place.y + place.height);
  const bottom = clamp(middle[1] + height / 2, place.y, place.y + place.height);
  const around = (by: number, stroke: string, strokeWidth: number): Mark =>
    rectangle(left - by, top - by, right - left + 2 * by, bottom - top + 2 * by, {
      stroke,
      strokeWidth,
      radius: 1,
    });
  return [around(0, colours.page, 7), around(0, colours.brand, 3)];
}

/** The photo with everything outside a window darker, so that the eye goes there first. */
export function dimmed(photo: Photo, window: Window): Photo {
  const data = Uint8Array.from(photo.data);
  for (let y = 0, p = 0; y < photo.height; y++) {
    const inRow = y >= window.y && y < window.y + window.height;
    for (let x = 0; x < photo.width; x++, p += 3) {
      if (inRow && x >= window.x && x < window.x + window.width) continue;
      for (let c = p; c < p + 3; c++) data[c] = data[c] * 0.62;
    }
  }
  return new Photo(photo.width, photo.height, data, photo.name);
}

/** The largest place of a picture's proportions inside a box, in its upper left corner. */
export function inside(box: Place, size: { readonly height: number; readonly width: number }): Place {
  const scale = Math.min(box.width / size.width, box.height / size.height);
  return { x: box.x, y: box.y, width: size.width * scale, height: size.height * scale };
}

/** What has fewer pixels on its shorter side is shown with hard ones. */
export const hardBelow = 32;

/** A photo as large as fits, with hard pixels where it has few. */
export function photoIn(box: Place, photo: Photo): { mark: Mark; place: Place } {
  const place = inside(box, photo);
  return { mark: picture(photo, place, Math.min(photo.width, photo.height) >= hardBelow), place };
}

/** The colour of a map's zero, for what stands empty among maps. */
export function zeroColour(theme: Theme): string {
  return mapColours[theme].zero;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
