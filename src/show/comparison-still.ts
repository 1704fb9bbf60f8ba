import { evenColumns } from "../image/columns.js";
import { patch } from "../image/patch.js";
import type { Photo } from "../image/photo.js";
import type { Comparison } from "./comparison.js";
import { Still } from "./drawable.js";
import { type Drawing, type Mark, text } from "./drawing.js";
import { shownIn } from "./explorer-projection.js";
import { inputPicture, projectedPicture } from "./input-picture.js";
import { heading, headingHeight, photoIn, sentences, title } from "./panel.js";
import type { StillOptions } from "./still-options.js";
import { space, themes, type } from "./theme.js";
import { elided, wrapped } from "./typeface.js";

/** Panels are between these wide, in CSS pixels; as many as fit stand in a row. */
const [smallest, largest] = [150, 320];

/** A panel's name, and its fact below. */
const captionHeight = headingHeight + type.small.line;

/** Panels with one scale: what is seen, and what came down from it. */
export function comparisonStill(comparison: Comparison, options: StillOptions): Still {
  const { theme = "light", width: page = 1000 } = options;
  const { projections, names, state } = comparison;
  const colours = themes[theme];
  const content = page - 2 * space.page;
  const scale = (options.scale ?? state.scale) / (options.contrast ?? state.contrast);
  const pictures = projections.map((projection, i) => {
    const shown = shownIn(projection);
    const { photo } = inputPicture(projection.seen, theme);
    return {
      name: names.each[i],
      fact: state.panels[i].fact,
      seen: patch(photo, shown, colours.track),
      projected: projectedPicture(projection.seen, projection.pixels, shown, { theme, scale }).photo,
    };
  });

  const panels: { name: string; fact: string; photos: readonly Photo[] }[] = names.sameUnit
    ? [
        { name: "Patch", fact: "what it sees", photos: [pictures[0].seen] },
        ...pictures.map(({ name, fact, projected }) => ({ name, fact, photos: [projected] })),
      ]
    : pictures.map(({ name, fact, seen, projected }) => ({ name, fact, photos: [seen, projected] }));
  const columns = evenColumns(panels.length, content, smallest, space.panels);
  const rows = Math.ceil(panels.length / columns);
  const side = Math.min(largest, (content + space.panels) / columns - space.panels);
  const row = captionHeight + side * panels[0].photos.length + space.page;

  const line = { x: space.page, y: space.page, width: content };
  const marks: Mark[] = title(line, names.title, names.shared.join(" · "), colours);
  const top = space.page + type.title.line + space.panels;
  for (const [i, { name, fact, photos }] of panels.entries()) {
    const x = space.page + (i % columns) * (side + space.panels);
    const y = top + Math.floor(i / columns) * row;
    marks.push(...heading({ x, y, width: side }, name, "", colours));
    const { size, line } = type.small;
    marks.push(text(x, y + line + 13, elided(fact, side, size), { size, fill: colours.secondText }));
    photos.forEach((photo, j) => {
      marks.push(photoIn({ x, y: y + captionHeight + j * side, width: side, height: side }, photo).mark);
    });
  }
  const under = top + rows * row;
  const lines = wrapped(comparison.sentence, content, type.sentence.size);
  marks.push(...sentences(space.page, under, lines, colours));
  const height = under + lines.length * type.sentence.line + space.page;
  const drawing: Drawing = { width: page, height: Math.ceil(height), page: colours.page, marks };
  return new Still(drawing, `${names.title.join(" › ")}: ${names.each.join("; ")}. ${comparison.sentence}`);
}
