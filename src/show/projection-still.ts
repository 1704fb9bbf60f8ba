import type { Theme } from "../image/map-colours.js";
import { mapPicture } from "../image/map-picture.js";
import { patch } from "../image/patch.js";
import type { FeatureMaps } from "../maps.js";
import type { Projection } from "../projection.js";
import { type Drawing, type Mark, picture } from "./drawing.js";
import { inputName, inputPicture, projectedPicture } from "./input-picture.js";
import { shortNumber, sides } from "./number.js";
import {
  dimmed,
  heading,
  headingHeight,
  inside,
  marker,
  type Place,
  photoIn,
  sentences,
  title,
} from "./panel.js";
import { projectionSentences, seedParts } from "./projection-text.js";
import type { StillOptions } from "./still-options.js";
import { type Colours, space, themes, type } from "./theme.js";
import { wrapped } from "./typeface.js";

/** One picture with its name and fact. */
interface Panel {
  readonly name: string;
  readonly fact: string;
  readonly draw: (box: Place) => Mark[];
}

/** A panel is no larger, and no smaller in a row of four, in CSS pixels. */
const [largest, smallest] = [320, 180];

/** Where the unit is and what it sees: photo, map, patch, projection, and one sentence with the numbers. */
export function projectionDrawing(projection: Projection, options: StillOptions = {}): Drawing {
  const { theme = "light", width: page = 1000 } = options;
  const colours = themes[theme];
  const { seen, seed, pixels } = projection;
  const panels = panelsOf(projection, options, colours);
  const content = page - 2 * space.page;
  const inRow = (content + space.panels) / panels.length - space.panels < smallest ? 2 : panels.length;
  const side = Math.min(largest, (content + space.panels) / inRow - space.panels);
  const tall = side * Math.min(Math.max(pixels.shape[0] / pixels.shape[1], 1), 1.6);
  const top = space.page + type.title.line + space.panels;
  const row = headingHeight + tall + space.panels;

  const line = { x: space.page, y: space.page, width: content };
  const more = [seen.network.name, inputName(seen), projection.rule].join(" · ");
  const marks: Mark[] = title(line, seedParts(seed), more, colours);
  for (const [i, { name, fact, draw }] of panels.entries()) {
    const x = space.page + (i % inRow) * (side + space.panels);
    const y = top + Math.floor(i / inRow) * row;
    marks.push(...heading({ x, y, width: side }, name, fact, colours));
    marks.push(...draw({ x, y: y + headingHeight, width: side, height: tall }));
  }
  const below = top + Math.ceil(panels.length / inRow) * row;
  const lines = projectionSentences(projection).flatMap((words) =>
    wrapped(words, content, type.sentence.size),
  );
  marks.push(...sentences(space.page, below, lines, colours));
  const height = below + lines.length * type.sentence.line + space.page;
  return { width: page, height: Math.ceil(height), page: colours.page, marks };
}

/** Upper row of the explorer, *where*: photo and map; then *what*: patch and projection, one crop. */
function panelsOf(projection: Projection, options: StillOptions, colours: Colours): Panel[] {
  const { theme = "light" } = options;
  const { seen, seed, window, pixels } = projection;
  const unit = "y" in seed ? seed : undefined;
  const input = inputPicture(seen, theme);
  const [height, width] = pixels.shape;
  const whole =
    window.y <= 0 && window.x <= 0 && window.y + window.height >= height && window.x + window.width >= width;
  const panels: Panel[] = [];

  const sees = `${unit ? "unit sees" : "sees"} ${sides(window.height, window.width)} px`;
  const fact = input.fact || (whole ? `sees all ${sides(height, width)} px` : sees);
  panels.push({
    name: input.name,
    fact,
    draw: (box) => {
      const { mark, place } = photoIn(box, whole ? input.photo : dimmed(input.photo, window));
      return [mark, ...(whole ? [] : marker(place, input.photo, window, colours))];
    },
  });
  if ("map" in seed) panels.push(mapPanel(seen.maps(seed.layer), seed.map, unit, theme, colours));
  // What sees everything would only show the photo again, smaller.
  if (!whole) {
    const words = unit ? "what the unit sees" : "what it sees";
    panels.push({
      name: "Patch",
      fact: words,
      draw: (box) => [photoIn(box, patch(input.photo, window, colours.track)).mark],
    });
  }
  const shown = whole ? { y: 0, x: 0, height, width } : window;
  const projected = projectedPicture(seen, pixels, shown, options);
  panels.push({
    name: "Projection",
    fact: projected.scale ? `${projected.fact}, full at ±${shortNumber(projected.scale)}` : "zero everywhere",
    draw: (box) => [photoIn(box, projected.photo).mark],
  });
  return panels;
}

/** The map with its unit marked. */
function mapPanel(
  maps: FeatureMaps,
  map: number,
  unit: { readonly y: number; readonly x: number } | undefined,
  theme: Theme,
  colours: Colours,
): Panel {
  return {
    name: `Map ${map}`,
    fact: unit
      ? `value ${shortNumber(valueAt(maps, map, unit.y, unit.x))}`
      : sides(maps.shape[0], maps.shape[1]),
    draw: (box) => {
      const photo = mapPicture(maps, map, { theme });
      const place = inside(box, photo);
      const cell = unit && { y: unit.y, x: unit.x, height: 1, width: 1 };
      return [picture(photo, place, false), ...(cell ? marker(place, photo, cell, colours) : [])];
    },
  };
}

function valueAt(maps: FeatureMaps, map: number, y: number, x: number): number {
  return maps.data[(y * maps.shape[1] + x) * maps.shape[2] + map];
}
