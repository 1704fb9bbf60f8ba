import { patch } from "../image/patch.js";
import { pictureScale } from "../image/projection-picture.js";
import type { Projection } from "../projection.js";
import { type Drawing, type Mark, text } from "./drawing.js";
import { inputName, inputPicture, projectedPicture } from "./input-picture.js";
import { several, shortNumber } from "./number.js";
import { photoIn, title } from "./panel.js";
import type { StillOptions } from "./still-options.js";
import { space, themes, type } from "./theme.js";
import { elided, textWidth } from "./typeface.js";

/** Projections in a row. */
const inRow = 9;

/** Several projections side by side, each below what it sees, on one scale. */
export function projectionsDrawing(projections: readonly Projection[], options: StillOptions = {}): Drawing {
  const { theme = "light", width: page = 1000, range = "robust", contrast = 1 } = options;
  const colours = themes[theme];
  const content = page - 2 * space.page;
  const scale =
    options.scale ??
    pictureScale(
      projections.map(({ pixels }) => pixels),
      { range, contrast },
    );
  const first = projections[0];
  const layers = new Set(projections.map(({ seed }) => seed.layer));
  const seen = new Set(projections.map((projection) => projection.seen));
  const parts = [
    layers.size === 1 ? first.seed.layer : several(layers.size, "layer"),
    several(projections.length, "projection"),
  ];
  const photo = seen.size === 1 ? inputName(first.seen) : several(seen.size, "picture");
  const rules = [...new Set(projections.map(({ rule }) => rule))].join(", ");
  const more = `${first.seen.network.name} · ${photo} · ${rules} · one scale, full at ±${shortNumber(scale)}`;

  const columns = Math.min(inRow, Math.max(5, projections.length));
  const side = (content - (columns - 1) * space.group) / columns;
  const row = 2 * side + type.small.line + 4 + space.panels;
  const top = space.page + type.title.line + space.panels;
  const marks: Mark[] = title({ x: space.page, y: space.page, width: content }, parts, more, colours);
  for (const [i, projection] of projections.entries()) {
    const { seed, window, pixels } = projection;
    const x = space.page + (i % columns) * (side + space.group);
    const y = top + Math.floor(i / columns) * row;
    const input = inputPicture(projection.seen, theme);
    const box = { x, y, width: side, height: side };
    marks.push(photoIn(box, patch(input.photo, window, colours.track)).mark);
    const projected = projectedPicture(projection.seen, pixels, window, { ...options, scale });
    marks.push(photoIn({ ...box, y: y + side }, projected.photo).mark);
    const name = "map" in seed ? String(seed.map) : "maps";
    const place = "y" in seed ? `at ${seed.y}, ${seed.x}` : "";
    const { size } = type.small;
    const baseline = y + 2 * side + 4 + 13;
    marks.push(text(x, baseline, name, { size, weight: "semibold", fill: colours.text }));
    const left = side - textWidth(name, size, "semibold") - 6;
    if (place && left > 24)
      marks.push(
        text(x + side, baseline, elided(place, left, size), {
          size,
          fill: colours.secondText,
          anchor: "end",
        }),
      );
  }
  const height = top + Math.ceil(projections.length / columns) * row - space.panels + space.page;
  return { width: page, height: Math.ceil(height), page: colours.page, marks };
}
