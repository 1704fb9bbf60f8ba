import type { Photo } from "../image/photo.js";
import { type Drawing, picture } from "./drawing.js";
import { sides } from "./number.js";
import { hardBelow, heading, headingHeight } from "./panel.js";
import type { StillOptions } from "./still-options.js";
import { space, themes } from "./theme.js";

/** A photo's widest side in a notebook, and what small ones are enlarged to, in CSS pixels. */
const [largest, smallest] = [480, 224];

/** A photo with its name and size. */
export function photoDrawing(photo: Photo, options: StillOptions = {}): Drawing {
  const colours = themes[options.theme ?? "light"];
  const longer = Math.max(photo.width, photo.height);
  // Whole factors keep hard pixels equally large.
  const factor = longer < smallest ? Math.ceil(smallest / longer) : Math.min(1, largest / longer);
  const width = photo.width * factor;
  const height = photo.height * factor;
  const smooth = Math.min(photo.width, photo.height) >= hardBelow;
  const content = Math.max(width, 160);
  const line = { x: space.page, y: space.page, width: content };
  return {
    width: Math.ceil(content + 2 * space.page),
    height: Math.ceil(2 * space.page + headingHeight + height),
    page: colours.page,
    marks: [
      ...heading(line, photo.name, sides(photo.width, photo.height), colours),
      picture(photo, { x: space.page, y: space.page + headingHeight, width, height }, smooth),
    ],
  };
}
