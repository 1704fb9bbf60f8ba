import { atlas } from "../image/atlas.js";
import { bestColumns } from "../image/columns.js";
import { FeatureMaps } from "../maps.js";
import type { Seen } from "../seen.js";
import { strongestUnits } from "../select.js";
import { type Mark, picture } from "./drawing.js";
import type { ExplorerState } from "./explorer-state.js";
import { several } from "./number.js";
import { colourScale, headingHeight, marker, named, type Place } from "./panel.js";
import { density } from "./raster.js";
import type { StillOptions } from "./still-options.js";
import type { Colours } from "./theme.js";

/** What is drawn, and how. */
export interface Scene {
  readonly seen: Seen;
  readonly state: ExplorerState;
  readonly options: StillOptions;
  readonly colours: Colours;
}

/** Marks, and where they end below. */
export type Part = { readonly marks: Mark[]; readonly bottom: number };

/** All maps, the chosen one marked. */
export function atlasPanel(place: Omit<Place, "height">, { seen, state, options, colours }: Scene): Part {
  const { theme = "light" } = options;
  const maps = seen.maps(state.unit.layer);
  const [height, width, channels] = maps.shape;
  const order = state.order === "strength" ? strengthOrder(seen, state.unit.layer) : undefined;
  const aspect = 2;
  const columns = bestColumns(channels, width / height, aspect);
  const room = place.width * density;
  const wide = Math.floor((room + density) / columns) - density;
  const high = Math.floor((room / aspect + density) / Math.ceil(channels / columns)) - density;
  const longer = Math.min(wide * Math.max(1, height / width), high * Math.max(1, width / height));
  const drawn = atlas(order ? reordered(maps, order) : maps, {
    order: "number",
    columns,
    cell: Math.max(1, Math.floor(longer)),
    gap: density,
    theme,
  });
  const name = several(channels, "map");
  const fact = `${state.order === "strength" ? "strongest first, " : ""}one scale`;
  const bar = colourScale(place.x + place.width, place.y, drawn.scale, drawn.signed, { theme });
  // Cells are whole pixels; the rest of the room is filled by a little stretching.
  const times = Math.min(place.width / drawn.photo.width, place.width / aspect / drawn.photo.height);
  const shown = { width: drawn.photo.width * times, height: drawn.photo.height * times };
  const box = { x: place.x, y: place.y + headingHeight, ...shown };
  const cell = drawn.cells[order ? order.indexOf(state.unit.map) : state.unit.map];
  return {
    marks: [
      ...named(place.x, place.y, name, fact, colours),
      ...bar.marks,
      picture(drawn.photo, box, shown.width > drawn.photo.width / density),
      ...marker(box, drawn.photo, cell, colours),
    ],
    bottom: box.y + place.width / aspect,
  };
}

/** Maps by their strongest unit, strongest first, as the nine are; maps of nothing but NaN come last. */
function strengthOrder(seen: Seen, layer: string): number[] {
  const channels = seen.maps(layer).shape[2];
  const ranked = strongestUnits(seen, layer, { count: channels }).map(({ map }) => map);
  return [...new Set([...ranked, ...Array.from({ length: channels }, (_, map) => map)])];
}

function reordered({ shape, data }: FeatureMaps, order: readonly number[]): FeatureMaps {
  const maps = new FeatureMaps(shape);
  const channels = shape[2];
  for (let cell = 0; cell < data.length; cell += channels) {
    for (let c = 0; c < channels; c++) maps.data[cell + c] = data[cell + order[c]];
  }
  return maps;
}
