import { mapPicture } from "../image/map-picture.js";
import { patch } from "../image/patch.js";
import type { FeatureMaps } from "../maps.js";
import type { Projection } from "../project.js";
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
import { space, themes, type } from "./theme.js";
import { wrapped } from "./typeface.js";

/** Where the unit is and what it sees: photo, map, patch, projection, and one sentence with the numbers. */
export function projectionDrawing(projection: Projection, options: StillOptions = {}): Drawing {
  const { theme = "light", width: page = 1000 } = options;
  const colours = themes[theme];
  const { seen, seed, window, pixels } = projection;
  const unit = "y" in seed ? seed : undefined;
  const map = "map" in seed ? seed.map : undefined;
  const maps = seen.maps(seed.layer);
  const input = inputPicture(seen, theme);

  const panels = map === undefined ? 3 : 4;
  const content = page - 2 * space.page;
  const side = (content - (panels - 1) * space.panels) / panels;
  const top = space.page + type.title.line + space.panels;
  const boxTop = top + headingHeight;
  const aspect = pixels.shape[0] / pixels.shape[1];
  const tall = side * Math.min(Math.max(aspect, 1), 1.6);
  let drawn = 0;
  const next = (): Place => ({
    x: space.page + drawn++ * (side + space.panels),
    y: boxTop,
    width: side,
    height: tall,
  });
  const marks: Mark[] = [];
  const add = (name: string, fact: string, draw: (box: Place) => Mark[]): void => {
    const box = next();
    marks.push(...heading({ ...box, y: top }, name, fact, colours), ...draw(box));
  };

  const line = { x: space.page, y: space.page, width: content };
  const more = [seen.network.name, inputName(seen), projection.rule].join(" · ");
  marks.push(...title(line, seedParts(seed), more, colours));

  const whole =
    window.y <= 0 && window.x <= 0 && window.height >= pixels.shape[0] && window.width >= pixels.shape[1];
  add(
    input.name,
    input.fact || `${unit ? "unit sees" : "sees"} ${sides(window.height, window.width)} px`,
    (box) => {
      const { mark, place } = photoIn(box, whole ? input.photo : dimmed(input.photo, window));
      return [mark, ...(whole ? [] : marker(place, input.photo, window, colours))];
    },
  );
  if (map !== undefined) {
    const fact = unit
      ? `value ${shortNumber(valueAt(maps, map, unit.y, unit.x))}`
      : sides(maps.shape[0], maps.shape[1]);
    add(`Map ${map}`, fact, (box) => {
      const photo = mapPicture(maps, map, { theme });
      const place = inside(box, photo);
      const cell = unit && { y: unit.y, x: unit.x, height: 1, width: 1 };
      return [picture(photo, place, false), ...(cell ? marker(place, photo, cell, colours) : [])];
    });
  }
  add("Patch", unit ? "what the unit sees" : "what it sees", (box) => [
    photoIn(box, patch(input.photo, window, colours.track)).mark,
  ]);
  const projected = projectedPicture(seen, pixels, window, options);
  add("Projection", `${projected.fact}, full at ±${shortNumber(projected.scale)}`, (box) => [
    photoIn(box, projected.photo).mark,
  ]);

  const lines = projectionSentences(projection).flatMap((words) =>
    wrapped(words, content, type.sentence.size),
  );
  const below = boxTop + tall + space.panels;
  marks.push(...sentences(space.page, below, lines, colours));
  const height = below + lines.length * type.sentence.line + space.page;
  return { width: page, height: Math.ceil(height), page: colours.page, marks };
}

function valueAt(maps: FeatureMaps, map: number, y: number, x: number): number {
  return maps.data[(y * maps.shape[1] + x) * maps.shape[2] + map];
}
