import { shrunk } from "../image/atlas.js";
import { painter } from "../image/map-colours.js";
import type { FeatureMaps } from "../maps.js";
import type { Seen } from "../seen.js";
import { strongestUnits } from "../select.js";
import type { Answer } from "./answer-requests.js";
import { classesOf } from "./explorer-labels.js";
import type { LayerAnswer, MapAnswer } from "./explorer-state.js";

/** An atlas has at most so many values: twice the pixels of a large screen's part that shows it. */
const mostValues = 2 ** 20;

/** All maps of a layer on one scale, and where each is strongest. */
export function layerAnswer(seen: Seen, layer: string): Answer & { readonly body: LayerAnswer } {
  const maps = seen.maps(layer);
  const [height, width, channels] = maps.shape;
  const peaks = strongestUnits(seen, layer, { count: channels });
  const values = new Float32Array(channels).fill(Number.NaN);
  const rows = new Uint32Array(channels);
  const columns = new Uint32Array(channels);
  for (const { map, y, x, value } of peaks) {
    values[map] = value;
    rows[map] = y;
    columns[map] = x;
  }
  const ranked = new Set(peaks.map(({ map }) => map));
  const unranked = Array.from(values.keys()).filter((map) => !ranked.has(map));
  const order = Uint32Array.of(...ranked, ...unranked);

  const small = shrunk(maps, cellFor(height, width, channels));
  const { scale, levels } = levelsOf(small, maps);
  const { map, y, x } = peaks[0] ?? { map: 0, y: 0, x: 0 };
  return {
    body: {
      height: small.shape[0],
      width: small.shape[1],
      maps: channels,
      bytes: levels.BYTES_PER_ELEMENT as 1 | 2,
      scale,
      strongest: { layer, map, y, x },
      names: classesOf(seen, layer),
    },
    buffers: [levels, values, rows, columns, order],
  };
}

/** One map's values as they are. */
export function mapAnswer(seen: Seen, layer: string, map: number): Answer & { readonly body: MapAnswer } {
  const maps = seen.maps(layer);
  const [height, width, channels] = maps.shape;
  const values = new Float32Array(height * width);
  let scale = 0;
  let signed = false;
  for (let i = 0, from = map; i < values.length; i++, from += channels) {
    const value = maps.data[from];
    values[i] = value;
    if (value < 0) signed = true;
    const magnitude = Math.abs(value);
    if (magnitude > scale && magnitude < Number.POSITIVE_INFINITY) scale = magnitude;
  }
  return { body: { height, width, scale, signed }, buffers: [values] };
}

/** The longer side of a map in the atlas: its own, or a whole part of it, so that every cell is the mean of as many. */
function cellFor(height: number, width: number, channels: number): number {
  const longer = Math.max(height, width);
  for (let part = 1; ; part++) {
    const side = Math.ceil(longer / part);
    const cells = Math.ceil(height / part) * Math.ceil(width / part);
    if (cells * channels <= mostValues || side === 1) return side;
  }
}

/** Strengths on the scale of the layer's largest magnitude, map after map. */
function levelsOf(small: FeatureMaps, maps: FeatureMaps): { scale: number; levels: Uint8Array | Int16Array } {
  const [height, width, channels] = small.shape;
  let largest = 0;
  let plain = true;
  for (let i = 0; i < maps.data.length; i++) {
    const value = maps.data[i];
    if (!(value >= 0)) plain = false;
    const magnitude = value < 0 ? -value : value;
    if (magnitude > largest && magnitude < Number.POSITIVE_INFINITY) largest = magnitude;
  }
  const { scale, place } = painter("explore", {}, () => largest);
  const cells = height * width;
  const levels = plain ? new Uint8Array(cells * channels) : new Int16Array(cells * channels);
  for (let cell = 0, from = 0; cell < cells; cell++) {
    for (let map = 0, to = cell; map < channels; map++, to += cells, from++)
      levels[to] = place(small.data[from]) / 3 - 255;
  }
  return { scale, levels };
}
