import { ArgumentError } from "./errors.js";
import { cells, type Window } from "./maps.js";
import { clip, receptiveWindow } from "./network/receptive-field.js";
import type { Seen } from "./seen.js";

/** One unit: a place in one map of a layer, counted from 0. */
export interface Unit {
  /** The layer's name, which means its output. */
  readonly layer: string;
  /** Which of its maps. */
  readonly map: number;
  /** Row. */
  readonly y: number;
  /** Column. */
  readonly x: number;
}

/** A unit and how strongly it fired. */
export interface FoundUnit extends Unit {
  readonly value: number;
}

/**
 * The unit that fired most strongly: of a layer, or of one of its maps. Of equals the first row, column and map.
 *
 * @param seen what `forward` gave
 * @param layer a layer's name
 * @param options.map only this map's units
 * @throws {UnknownNameError} for a name the network does not have
 * @throws {ArgumentError} for a map the layer does not have, or maps that are all NaN
 * @example
 * const { map, y, x } = strongest(seen, "conv5_1");
 * [map, y, x]; // [479, 5, 4]
 */
export function strongest(seen: Seen, layer: string, options: { readonly map?: number } = {}): FoundUnit {
  const channels = seen.maps(layer).shape[2];
  if (options.map !== undefined) wholeBelow("strongest", "map", options.map, channels);
  const found = peaks(seen, layer).filter((unit) => options.map === undefined || unit.map === options.map);
  if (found.length === 0) throw new ArgumentError("strongest", "values", Number.NaN, `numbers in ${layer}`);
  // Each map's peak is its first in row-major order; of equal peaks the first cell counts, then the first map.
  return found.reduce((a, b) => (b.value > a.value || (b.value === a.value && before(b, a)) ? b : a));
}

/**
 * The units that fired most strongly, strongest first. Without `map`, each from another map: the strongest unit of each
 * of the strongest maps. With `map`, units of that map whose windows in the picture overlap by less than half, since
 * its strongest units else all sit on one blob.
 *
 * @param seen what `forward` gave
 * @param layer its name
 * @param options how many, and of which map
 * @param options.count how many, 9 by default; fewer come back where there are no more
 * @param options.map stay inside this map
 * @throws as `strongest` does
 */
export function strongestUnits(
  seen: Seen,
  layer: string,
  { count = 9, map }: { readonly count?: number; readonly map?: number } = {},
): FoundUnit[] {
  if (!Number.isInteger(count) || count < 1)
    throw new ArgumentError("strongestUnits", "count", count, "a whole number of at least 1");
  if (map === undefined)
    return peaks(seen, layer)
      .sort((a, b) => b.value - a.value)
      .slice(0, count);

  const maps = seen.maps(layer);
  const [height, width, channels] = maps.shape;
  wholeBelow("strongestUnits", "map", map, channels);
  const units = Array.from({ length: cells("strongestUnits", [height, width]) }, (_, i) => ({
    layer,
    map,
    y: Math.floor(i / width),
    x: i % width,
    value: maps.data[i * channels + map],
  }));
  const chosen: FoundUnit[] = [];
  const windows: Window[] = [];
  for (const unit of units.filter(({ value }) => !Number.isNaN(value)).sort((a, b) => b.value - a.value)) {
    const window = receptiveWindow(seen.network, unit);
    const area = window.height * window.width;
    if (windows.some((other) => 2 * overlap(window, other) >= area)) continue;
    chosen.push(unit);
    windows.push(window);
    if (chosen.length === count) break;
  }
  return chosen;
}

/** Each map's strongest unit, in the order of the maps; maps of nothing but NaN have none. */
function peaks(seen: Seen, layer: string): FoundUnit[] {
  const maps = seen.maps(layer);
  const [, width, channels] = maps.shape;
  const best = new Float32Array(channels).fill(Number.NEGATIVE_INFINITY);
  const place = new Int32Array(channels).fill(-1);
  for (let i = 0, cell = 0; i < maps.data.length; i += channels, cell++) {
    for (let c = 0; c < channels; c++) {
      const value = maps.data[i + c];
      if (value > best[c] || (place[c] < 0 && !Number.isNaN(value))) {
        best[c] = value;
        place[c] = cell;
      }
    }
  }
  return Array.from(place, (cell, map) => ({
    layer,
    map,
    y: Math.floor(cell / width),
    x: cell % width,
    value: best[map],
  })).filter((_, map) => place[map] >= 0);
}

function before(a: Unit, b: Unit): boolean {
  return a.y !== b.y ? a.y < b.y : a.x !== b.x ? a.x < b.x : a.map < b.map;
}

function overlap(a: Window, b: Window): number {
  const { height, width } = clip(a, b);
  return height * width;
}

/** Refuses anything but a whole number from 0 up to `end`. */
export function wholeBelow(where: string, argument: string, got: number, end: number): void {
  if (!Number.isInteger(got) || got < 0 || got >= end) {
    throw new ArgumentError(where, argument, got, `a whole number from 0 to ${end - 1}`);
  }
}
