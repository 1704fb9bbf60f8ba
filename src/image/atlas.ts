import { ArgumentError } from "../errors.js";
import { FeatureMaps, type Window } from "../maps.js";
import { hexColour, solid } from "./colour.js";
import { bestColumns } from "./columns.js";
import { type MapColouring, mapColours, painter } from "./map-colours.js";
import { strengths } from "./map-picture.js";
import { Photo } from "./photo.js";

/** How an atlas is laid out and coloured. */
export interface AtlasOptions extends MapColouring {
  /** `"strength"` (default): the map with the largest magnitude first, equals by number; `"number"`: by number. */
  readonly order?: "strength" | "number";
  /** Maps in a row. Chosen unless told, so that cells fill the aspect best. */
  readonly columns?: number;
  /** Width over height that the whole picture should come near. 2 unless told. */
  readonly aspect?: number;
  /**
   * The longer side of a cell in pixels. Larger maps are shrunk to it, each pixel the mean of its values; smaller
   * ones are enlarged by the largest whole factor that fits. A pixel a value unless told.
   */
  readonly cell?: number;
  /** Pixels of page between cells, 1 unless told. */
  readonly gap?: number;
}

/** Where one map stands in an atlas. */
export interface AtlasCell extends Window {
  readonly map: number;
}

/** All maps of a layer in one picture, on one scale. */
export interface Atlas {
  readonly photo: Photo;
  /** Which map is where, in reading order: `cells[0]` is the first map. */
  readonly cells: readonly AtlasCell[];
  readonly columns: number;
  /** The magnitude shown at full strength. */
  readonly scale: number;
  /** Whether any value is below zero. */
  readonly signed: boolean;
}

/**
 * All maps of a layer in one picture: cells of one size in rows, on one scale, coloured as
 * `mapPicture` does.
 *
 * @param maps `[height, width, channels]`
 * @throws {ArgumentError} for an option out of range
 * @example
 * atlas(seen.maps("conv5_1")).cells[0]; // { map: 479, y: 0, x: 0, height: 14, width: 14 }
 */
export function atlas(maps: FeatureMaps, options: AtlasOptions = {}): Atlas {
  const { order = "strength", aspect = 2, gap = 1, theme = "light" } = options;
  const [mapHeight, mapWidth, channels] = maps.shape;
  const { cell = Math.max(mapHeight, mapWidth) } = options;
  if (order !== "strength" && order !== "number")
    throw new ArgumentError("atlas", "order", order, '"strength" or "number"');
  if (!(aspect > 0)) throw new ArgumentError("atlas", "aspect", aspect, "a number above 0");
  wholeFrom(1, "cell", cell);
  wholeFrom(0, "gap", gap);

  const shown = shrunk(maps, cell);
  const times = Math.max(1, Math.floor(cell / Math.max(mapHeight, mapWidth)));
  const [height, width] = [shown.shape[0] * times, shown.shape[1] * times];
  const strength = strengths(maps);
  const { scale, table, place } = painter("atlas", options, () =>
    strength.reduce((a, b) => Math.max(a, b), 0),
  );
  const columns = options.columns ?? bestColumns(channels, (width + gap) / (height + gap), aspect);
  wholeFrom(1, "columns", columns);

  const numbers = Array.from({ length: channels }, (_, map) => map);
  if (order === "strength") numbers.sort((a, b) => strength[b] - strength[a] || a - b);
  const across = Math.min(columns, channels);
  const photoWidth = across * (width + gap) - gap;
  const photoHeight = Math.ceil(channels / columns) * (height + gap) - gap;
  const cells = numbers.map((map, i) => ({
    map,
    y: Math.floor(i / columns) * (height + gap),
    x: (i % columns) * (width + gap),
    height,
    width,
  }));

  const page = hexColour("atlas", "page", mapColours[theme].page);
  const picture = solid(photoHeight * photoWidth, page);
  const corners = new Int32Array(channels);
  for (const { map, y, x } of cells) corners[map] = (y * photoWidth + x) * 3;
  const { data } = shown;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = (y * photoWidth + x) * 3;
      let i = (Math.floor(y / times) * shown.shape[1] + Math.floor(x / times)) * channels;
      for (let c = 0; c < channels; c++, i++) {
        const to = corners[c] + inside;
        const from = place(data[i]);
        picture[to] = table[from];
        picture[to + 1] = table[from + 1];
        picture[to + 2] = table[from + 2];
      }
    }
  }
  const name = `${channels} ${channels === 1 ? "map" : "maps"}`;
  const photo = new Photo(photoWidth, photoHeight, picture, name);
  return { photo, cells, columns: across, scale, signed: maps.data.some((value) => value < 0) };
}

function wholeFrom(least: number, argument: string, got: number): void {
  if (!Number.isInteger(got) || got < least)
    throw new ArgumentError("atlas", argument, got, `a whole number of at least ${least}`);
}

/** Maps whose longer side is at most `largest`: every pixel is the mean of the values that fall into it. */
export function shrunk(maps: FeatureMaps, largest: number): FeatureMaps {
  const [height, width, channels] = maps.shape;
  const factor = largest / Math.max(height, width);
  if (factor >= 1) return maps;
  const rows = Math.max(1, Math.round(height * factor));
  const columns = Math.max(1, Math.round(width * factor));
  const means = new FeatureMaps([rows, columns, channels]);
  const counts = new Uint32Array(rows * columns);
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor((y * rows) / height) * columns;
    for (let x = 0; x < width; x++) {
      const cell = row + Math.floor((x * columns) / width);
      counts[cell]++;
      for (let c = 0, to = cell * channels; c < channels; c++, to++, i++) means.data[to] += maps.data[i];
    }
  }
  for (let cell = 0, i = 0; cell < counts.length; cell++) {
    for (let c = 0; c < channels; c++, i++) means.data[i] /= counts[cell];
  }
  return means;
}
