import { atlas } from "../image/atlas.js";
import { bestColumns } from "../image/columns.js";
import type { FeatureMaps } from "../maps.js";
import { type Drawing, picture } from "./drawing.js";
import { several, sides } from "./number.js";
import { numbersDrawing, showsNumbers } from "./numbers-still.js";
import { colourScale, headingHeight, named } from "./panel.js";
import { density } from "./raster.js";
import type { StillOptions } from "./still-options.js";
import { space, themes } from "./theme.js";
import { textWidth } from "./typeface.js";

/** A map of few values gets no larger than this, in CSS pixels. */
const largestCell = 240;

/**
 * Feature maps: all of them in one atlas, or their numbers where they are few.
 *
 * @param words what to call them, and what else to say
 */
export function mapsDrawing(
  maps: FeatureMaps,
  options: StillOptions = {},
  words: { readonly noun: string; readonly more?: string } = { noun: "map" },
): Drawing {
  if (showsNumbers(maps)) return numbersDrawing(maps, options, words.noun);
  const { theme = "light", width: page = 1000, order = "strength", scale } = options;
  const colours = themes[theme];
  const [height, width, channels] = maps.shape;
  const room = (page - 2 * space.page) * density;
  const aspect = 2;
  const gap = density;
  // Cells are whole pixels of the still, so that the maps' own pixels stay equally large.
  const columns = bestColumns(channels, width / height, aspect);
  const wide = Math.floor((room + gap) / columns) - gap;
  const high = Math.floor((room / aspect + gap) / Math.ceil(channels / columns)) - gap;
  const longer = Math.min(wide * Math.max(1, height / width), high * Math.max(1, width / height));
  const cell = Math.max(1, Math.min(Math.floor(longer), largestCell * density));
  const drawn = atlas(maps, { order, columns, cell, gap, theme, ...(scale === undefined ? {} : { scale }) });

  const fact = `${sides(height, width)}${order === "strength" && channels > 1 ? ", strongest first" : ""}${
    channels > 1 ? ", one scale" : ""
  }${words.more ?? ""}`;
  const bar = (right: number) => colourScale(right, space.page, drawn.scale, drawn.signed, { theme });
  const name = several(channels, words.noun);
  const line = textWidth(name, 13, "semibold") + textWidth(fact, 13) + 30 + bar(0).width;
  const shown = { width: drawn.photo.width / density, height: drawn.photo.height / density };
  const content = Math.max(shown.width, line);
  const top = space.page + headingHeight;
  return {
    width: Math.ceil(content + 2 * space.page),
    height: Math.ceil(top + shown.height + space.page),
    page: colours.page,
    marks: [
      ...named(space.page, space.page, name, fact, colours),
      ...bar(space.page + content).marks,
      picture(drawn.photo, { x: space.page, y: top, ...shown }, false),
    ],
  };
}
