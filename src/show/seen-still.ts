import { mapPicture, strengths } from "../image/map-picture.js";
import type { FeatureMaps } from "../maps.js";
import type { Seen } from "../seen.js";
import { strongestUnits } from "../select.js";
import { type Drawing, type Mark, picture, rectangle, text } from "./drawing.js";
import { inputName, inputPicture } from "./input-picture.js";
import { layerStrip, stripHeight } from "./layer-strip.js";
import { several, shortNumber, sides } from "./number.js";
import { heading, headingHeight, inside, named, type Place, photoIn, title } from "./panel.js";
import type { StillOptions } from "./still-options.js";
import { type Colours, space, themes, type } from "./theme.js";
import { elided } from "./typeface.js";

/** Columns of layers. */
const [fewestColumns, mostColumns] = [4, 6];

/** Everything a network saw: the photo, the layers, and of one layer a size its strongest maps. */
export function seenDrawing(seen: Seen, options: StillOptions = {}): Drawing {
  const { theme = "light", width: page = 1000 } = options;
  const colours = themes[theme];
  const content = page - 2 * space.page;
  const input = inputPicture(seen, theme);
  const line = { x: space.page, y: space.page, width: content };
  const marks: Mark[] = title(line, [seen.network.name, inputName(seen)], "", colours);
  let y = space.page + type.title.line + space.panels;
  const shown = layersShown(seen);
  marks.push(...layerStrip({ x: space.page, y, width: content }, seen, shown, input.photo, colours));
  y += stripHeight + space.page;

  const photoSide = Math.min(300, content * 0.31);
  const photoBox = { x: space.page, y: y + headingHeight, width: photoSide, height: photoSide };
  const photo = photoIn(photoBox, input.photo);
  const fact = input.fact || sides(input.photo.width, input.photo.height);
  marks.push(...heading({ ...photoBox, y }, input.name, fact, colours), photo.mark);
  const answers = answersOf(seen);
  const answersTop = photo.place.y + photo.place.height + space.page;
  if (answers.length) marks.push(...answerList({ ...photoBox, y: answersTop }, seen, answers, colours));
  let bottom = answers.length
    ? answersTop + headingHeight + answers.length * type.small.line
    : photo.place.y + photo.place.height;

  const left = space.page + photoSide + 2 * space.panels;
  const columns = Math.max(fewestColumns, shown.length);
  const side = (page - space.page - left - (columns - 1) * space.panels) / columns;
  const rows = columns > fewestColumns ? 3 : 2;
  if (shown.length)
    marks.push(...named(left, y, "Strongest maps", "each on its own scale, with its largest value", colours));
  for (const [column, layer] of shown.entries()) {
    const x = left + column * (side + space.panels);
    const maps = seen.maps(layer);
    let at = y + headingHeight;
    marks.push(...heading({ x, y: at, width: side }, layer, "", colours));
    const shape = several(maps.shape[2], "map");
    marks.push(
      text(x, at + 13 + type.small.line, elided(shape, side, type.small.size), {
        size: type.small.size,
        fill: colours.secondText,
      }),
    );
    at += 2 * type.small.line + 4;
    for (const { map, value } of strongestUnits(seen, layer, { count: rows })) {
      const drawn = mapPicture(maps, map, { theme });
      const place = inside({ x, y: at, width: side, height: side }, drawn);
      marks.push(picture(drawn, place, drawn.width > 2 * side));
      at = place.y + place.height + 2;
      marks.push(...heading({ x, y: at, width: side }, `${map}`, shortNumber(value), colours));
      at += type.small.line + space.group;
    }
    bottom = Math.max(bottom, at - space.group);
  }
  return { width: page, height: Math.ceil(bottom + space.page), page: colours.page, marks };
}

/** Of each size of maps the last layer that has it, going up; those with more than one cell. */
function layersShown(seen: Seen): string[] {
  const last = new Map<string, string>();
  for (const layer of seen.layers) {
    const [height, width] = seen.maps(layer).shape;
    if (height * width > 1) last.set(`${height} × ${width}`, layer);
  }
  return [...last.values()].slice(-mostColumns);
}

/** The strongest outputs of a network that ends in single values, such as its classes. */
function answersOf(seen: Seen): number[] {
  const maps: FeatureMaps = seen.maps(seen.layers[seen.layers.length - 1]);
  if (maps.shape[0] * maps.shape[1] > 1) return [];
  return Array.from(maps.data.keys())
    .sort((a, b) => maps.data[b] - maps.data[a])
    .slice(0, 5);
}

/** The answers with a bar each, longest first. */
function answerList(place: Place, seen: Seen, answers: readonly number[], colours: Colours): Mark[] {
  const layer = seen.layers[seen.layers.length - 1];
  const maps = seen.maps(layer);
  const { size } = type.small;
  const largest = strengths(maps).reduce((a, b) => Math.max(a, b), 0) || 1;
  const marks = heading({ ...place }, "Strongest outputs", layer, colours);
  answers.forEach((map, i) => {
    const y = place.y + headingHeight + i * type.small.line;
    const value = maps.data[map];
    const length = (Math.max(value, 0) / largest) * place.width;
    marks.push(rectangle(place.x, y + 1, Math.max(length, 1), type.small.line - 2, { fill: colours.tint }));
    const name = seen.network.classes?.[map] ?? `map ${map}`;
    marks.push(text(place.x + 4, y + 13, elided(name, place.width - 60, size), { size, fill: colours.text }));
    marks.push(
      text(place.x + place.width - 4, y + 13, shortNumber(value), {
        size,
        fill: colours.text,
        anchor: "end",
      }),
    );
  });
  return marks;
}
