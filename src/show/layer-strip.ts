import type { Photo } from "../image/photo.js";
import { layerNamed } from "../network/graph.js";
import type { Seen } from "../seen.js";
import { type Mark, picture, polyline, rectangle, text } from "./drawing.js";
import { sides } from "./number.js";
import type { Place } from "./panel.js";
import { type Colours, type } from "./theme.js";
import { textWidth, type Weight } from "./typeface.js";

/** The tallest layer, and the whole strip with its words above and below. */
const tallest = 40;
export const stripHeight: number = 2 * type.small.line + tallest + 12;

/**
 * All layers from the picture on, left to right: as high as the root of their maps' height; pools are outlines. Those
 * whose maps are shown are in the brand's colour. Sizes stand above the first layer that has them.
 */
export function layerStrip(
  place: Omit<Place, "height">,
  seen: Seen,
  chosen: readonly string[],
  photo: Photo,
  colours: Colours,
  way?: ReadonlySet<string>,
): Mark[] {
  const { size, line } = type.small;
  const ground = place.y + line + 4 + tallest;
  const baseline = ground + 4 + 13;
  const { slots, named } = slotsOf(["input", ...seen.layers], chosen, place.width);
  const most = Math.max(...seen.layers.map((layer) => seen.maps(layer).shape[0]), seen.input.shape[0]);
  const end = place.x + place.width;
  const marks: Mark[] = [
    polyline(
      [
        [place.x, ground],
        [end, ground],
      ],
      { stroke: colours.edge },
    ),
  ];
  if (slots[0] >= 12) {
    const side = Math.min(slots[0] - 4, tallest);
    const middle = place.x + slots[0] / 2;
    marks.push(picture(photo, { x: middle - side / 2, y: ground - side, width: side, height: side }));
    if (named)
      marks.push(text(middle, baseline, "input", { size, fill: colours.secondText, anchor: "middle" }));
  }
  let left = place.x + slots[0];
  let sizesFrom = place.x;
  let namesFrom = place.x;
  let before = "";
  for (const [i, layer] of seen.layers.entries()) {
    const { shape } = seen.maps(layer);
    const here = chosen.includes(layer);
    const slot = slots[i + 1];
    const middle = left + slot / 2;
    const near = here || !way || way.has(layer);
    const pool = /pool/i.test(layerNamed(seen.network, layer).kind);
    const width = Math.max(1, pool ? Math.min(slot - 4, 20) : slot - Math.min(10, slot / 4));
    const height = Math.max(3, tallest * Math.sqrt(shape[0] / most));
    const fill = pool
      ? here
        ? colours.tint
        : undefined
      : here
        ? colours.brand
        : near
          ? colours.strongTint
          : colours.track;
    const edge = near ? colours.brand : colours.edge;
    const paint = { fill, stroke: pool ? edge : undefined, strokeWidth: 1.5, radius: 2 };
    marks.push(rectangle(middle - width / 2, ground - height, width, height, paint));

    const words = sides(...shape);
    const sizesX = Math.min(middle - width / 2, end - textWidth(words, size));
    // A pool's maps have the size that the layers after it go on with.
    const last = i === seen.layers.length - 1;
    if (words !== before && (!pool || last) && sizesX >= sizesFrom) {
      marks.push(text(sizesX, place.y + 13, words, { size, fill: colours.secondText }));
      sizesFrom = sizesX + textWidth(words, size) + 12;
    }
    if (!pool) before = words;

    const weight = here ? "semibold" : "regular";
    const half = textWidth(layer, size, weight) / 2;
    const x = Math.min(middle, end - half);
    // Where there is no room for all names, the shown layers' are written.
    if ((named || here) && x - half >= namesFrom) {
      const fill = here ? colours.brand : colours.secondText;
      marks.push(text(x, baseline, layer, { size, weight, fill, anchor: "middle" }));
      namesFrom = x + half + 3;
    }
    left += slot;
  }
  return marks;
}

/** As wide as each one's name needs, where all have room; else equal parts without names. */
function slotsOf(
  names: readonly string[],
  chosen: readonly string[],
  width: number,
): { slots: number[]; named: boolean } {
  const weight = (name: string): Weight => (chosen.includes(name) ? "semibold" : "regular");
  const needed = names.map((name) => textWidth(name, type.small.size, weight(name)) + 3);
  const rest = (width - needed.reduce((a, b) => a + b, 0)) / names.length;
  if (rest >= 0) return { slots: needed.map((one) => one + rest), named: true };
  return { slots: names.map(() => width / names.length), named: false };
}
