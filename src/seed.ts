import { emptySignals, type Signals, valuesOf } from "./deconvnet/signals.js";
import { ArgumentError, ShapeError } from "./errors.js";
import type { FeatureMaps } from "./maps.js";
import { outputOf } from "./network/graph.js";
import type { Seen } from "./seen.js";
import { type Unit, wholeBelow } from "./select.js";

/** A whole map of a layer, or any values of a layer's shape, as the start of a projection. */
export type WholeSeed =
  | { readonly layer: string; readonly map: number }
  | { readonly layer: string; readonly maps: FeatureMaps };

/** Where a projection starts: one unit (the method's own way), a whole map, or any maps. */
export type Seed = Unit | WholeSeed;

/** The signals that a projection starts from, one a seed; seeds are of one layer. */
export function seedSignals(
  seen: Seen,
  seeds: readonly Seed[],
  value: number | undefined,
): { layer: string; signals: Signals; notes: string[][] } {
  const { layer } = seeds[0];
  const output = outputOf(seen.network, layer).name;
  const maps = seen.maps(layer);
  const [height, width, channels] = maps.shape;
  for (const seed of seeds) {
    if (outputOf(seen.network, seed.layer).name !== output) {
      throw new ArgumentError(
        "project",
        "layer",
        seed.layer,
        `${layer} as the first seed has; project each layer's units in a call of their own`,
      );
    }
    if ("map" in seed) wholeBelow("project", "map", seed.map, channels);
    if ("y" in seed) {
      wholeBelow("project", "y", seed.y, height);
      wholeBelow("project", "x", seed.x, width);
    } else if (value !== undefined) {
      throw new ArgumentError("project", "seed", value, "none with whole maps; scale the maps instead");
    }
  }
  if (value !== undefined && !Number.isFinite(value))
    throw new ArgumentError("project", "seed", value, "a finite number");

  // Units start from windows of one cell; as soon as one seed is a whole map, all start from whole layers.
  const small = seeds.every((seed) => "y" in seed);
  const places = seeds.map((seed) => (small && "y" in seed ? { y: seed.y, x: seed.x } : { y: 0, x: 0 }));
  const signals = small
    ? emptySignals(places, 1, 1, channels)
    : emptySignals(places, height, width, channels);
  const notes = seeds.map((seed, i) => {
    const into = valuesOf(signals, i);
    if ("y" in seed) {
      const own = maps.data[(seed.y * width + seed.x) * channels + seed.map];
      into[small ? seed.map : (seed.y * width + seed.x) * channels + seed.map] = value ?? own;
      return (value ?? own) === 0
        ? [
            `unit ${seed.y}, ${seed.x} of map ${seed.map} in ${layer} did not fire (0): its projection is zero`,
          ]
        : [];
    }
    if ("maps" in seed) {
      if (seed.maps.shape.some((side, axis) => side !== maps.shape[axis])) {
        throw new ShapeError("project", "seed maps", seed.maps.shape, maps.shape);
      }
      into.set(seed.maps.data);
    } else {
      for (let at = seed.map; at < into.length; at += channels) into[at] = maps.data[at];
    }
    return into.every((one) => one === 0)
      ? [`nothing fired in this seed of ${layer}: its projection is zero`]
      : [];
  });
  return { layer: output, signals, notes };
}
