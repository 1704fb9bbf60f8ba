import type { Projection } from "../projection.js";
import type { Seed } from "../seed.js";
import type { Seen } from "../seen.js";
import type { Unit } from "../select.js";
import { count, ordinal, percent, shortNumber, sides } from "./number.js";

/** From the layer to the unit: "conv5_1", "map 479", "unit 5, 4". */
export function seedParts(seed: Seed): string[] {
  if ("y" in seed) return [seed.layer, `map ${seed.map}`, `unit ${seed.y}, ${seed.x}`];
  return "map" in seed ? [seed.layer, `map ${seed.map}`] : [seed.layer, "its own seed"];
}

/** What a projection says, in sentences with its numbers: how the unit fired, what it sees, what came down. */
export function projectionSentences(projection: Projection): string[] {
  const { seen, seed, window, pixels, notes } = projection;
  const fired = "y" in seed ? firing(seen, seed) : "";
  const [height, width] = pixels.shape;
  const overhangs =
    window.y < 0 || window.x < 0 || window.y + window.height > height || window.x + window.width > width;
  const sees = `${"y" in seed ? "It" : "The seed"} sees ${sides(window.height, window.width)} pixels${
    overhangs ? ", partly beyond the edge" : ""
  }`;
  const { filled, all, peak, at } = contents(projection);
  const down = filled
    ? `; projected down to them, the strongest value is ${shortNumber(peak)}, at pixel ${at.join(", ")}.`
    : ".";
  const share = filled && filled < all ? ` ${percent(filled, all)} of the values there are not zero.` : "";
  return [`${fired}${sees}${down}${share}`, ...notes.map(sentence)];
}

/** How strongly a unit fired, and against whom. */
function firing(seen: Seen, { layer, map, y, x }: Unit): string {
  const maps = seen.maps(layer);
  const [height, width, channels] = maps.shape;
  const value = maps.data[(y * width + x) * channels + map];
  let inMap = 1;
  let inLayer = 1;
  for (let i = 0, c = 0; i < maps.data.length; i++) {
    if (maps.data[i] > value) {
      inLayer++;
      if (c === map) inMap++;
    }
    if (++c === channels) c = 0;
  }
  const units = height * width;
  const among =
    inLayer === 1 || units === 1
      ? `the ${rank(inLayer)} of ${layer}’s ${count(maps.data.length)} units`
      : `the ${rank(inMap)} of its map’s ${count(units)} units`;
  // Where most units are at zero, a place among them says nothing.
  return `Unit ${y}, ${x} of map ${map} has the value ${shortNumber(value)}${value > 0 ? `, ${among}` : ""}. `;
}

function rank(place: number): string {
  return place === 1 ? "strongest" : `${ordinal(place)} strongest`;
}

/** How much of the window inside the picture is filled, and the value of the largest magnitude and its place. */
function contents({ window, pixels }: Projection): {
  filled: number;
  all: number;
  peak: number;
  at: [number, number];
} {
  const [height, width, channels] = pixels.shape;
  const [top, left] = [Math.max(0, window.y), Math.max(0, window.x)];
  const bottom = Math.min(height, window.y + window.height);
  const right = Math.min(width, window.x + window.width);
  let filled = 0;
  let peak = 0;
  let place = 0;
  for (let y = top; y < bottom; y++) {
    for (let i = (y * width + left) * channels; i < (y * width + right) * channels; i++) {
      if (pixels.data[i] !== 0) filled++;
      if (Math.abs(pixels.data[i]) > Math.abs(peak)) {
        peak = pixels.data[i];
        place = Math.floor(i / channels);
      }
    }
  }
  const all = Math.max(0, bottom - top) * Math.max(0, right - left) * channels;
  return { filled, all, peak, at: [Math.floor(place / width), place % width] };
}

/** A note as a sentence of its own. */
function sentence(note: string): string {
  return `${note.charAt(0).toUpperCase()}${note.slice(1)}${note.endsWith(".") ? "" : "."}`;
}
