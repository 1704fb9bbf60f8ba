import { ArgumentError } from "../errors.js";
import type { Projection } from "../projection.js";

/** The value that a projection of a unit started from, which need not be the unit's own; where its stages tell it. */
export function seedValue({ seed, steps }: Projection): number | undefined {
  if (!("y" in seed) || steps.length === 0) return undefined;
  const { window, maps } = steps[0].input;
  return maps.data[((seed.y - window.y) * window.width + seed.x - window.x) * maps.shape[2] + seed.map];
}

/**
 * Makes sure that a projection that was made again, for its stages, is the same as before.
 *
 * @throws {ArgumentError} where it is not: it was made with a seed of its own, which only its stages would tell
 */
export function sameProjection(before: Projection, again: Projection): void {
  const [a, b] = [before.pixels.data, again.pixels.data];
  let most = 0;
  let apart = 0;
  for (let i = 0; i < a.length; i++) {
    most = Math.max(most, Math.abs(a[i]), Math.abs(b[i]));
    apart = Math.max(apart, Math.abs(a[i] - b[i]));
  }
  // Many units at once are added up in another order than one alone.
  if (apart > 1e-3 * most)
    throw new ArgumentError(
      "stepThrough",
      "projection",
      "one without stages that started from a value of its own",
      'one that was made with { steps: "all" }',
    );
}
