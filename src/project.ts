import { type Rule, rules } from "./deconvnet/rectify.js";
import { wholeMaps } from "./deconvnet/signals.js";
import type { Duplicates, Ties } from "./deconvnet/unpool.js";
import { walkDown } from "./descend.js";
import { loadEngine } from "./engine/engine.js";
import { ArgumentError } from "./errors.js";
import type { Window } from "./maps.js";
import { outputOf } from "./network/graph.js";
import { receptiveWindow, union } from "./network/receptive-field.js";
import { shapes } from "./network/shapes.js";
import { Projection } from "./projection.js";
import { type Seed, seedSignals } from "./seed.js";
import type { Seen } from "./seen.js";
import type { Work } from "./work.js";

/** How `project` goes down. */
export interface ProjectOptions extends Work {
  /** What a rectifier lets through; default `"deconvnet"`. */
  readonly rule?: Rule;
  /** What happens where two windows share a switch; default `"add"`. */
  readonly duplicates?: Duplicates;
  /** Where a value goes when its window had equal maxima; default `"first"`. */
  readonly ties?: Ties;
  /** What to start from in place of the unit's own activation; its sign counts. */
  readonly seed?: number;
  /** Whether every stage is kept: `"all"` (default for one seed) or `"none"` (default for several). */
  readonly steps?: "all" | "none";
}

/**
 * Projects one activation back to the pixels (section 2.1): everything else in its layer is set to zero, then layer by
 * layer unpool, rectify, filter, until the input. Switches come from `seen`, so that a projection belongs to one picture.
 *
 * The seed is the unit's own activation, sign kept. Only the window that the unit sees is computed.
 *
 * @param seen what `forward` returned
 * @param seed a unit `{ layer, map, y, x }`; a whole map `{ layer, map }`; or any maps of a layer's shape
 *   `{ layer, maps }`. Several of one layer go down together, which is much faster than one after the other
 * @param options.rule `"deconvnet"` (default), `"gradient"` or `"guided"`
 * @param options.duplicates `"add"` (default) or `"overwrite"`
 * @param options.ties `"first"` (default) or `"all"`
 * @param options.seed a number to start from instead of a unit's own activation
 * @param options.steps `"all"` or `"none"`; all for one seed, none for several unless asked for
 * @returns one projection a seed, in their order
 * @throws {UnknownNameError} for a layer the network does not have
 * @throws {ArgumentError} for a unit outside its layer, seeds of several layers, or an unknown option
 * @throws {ShapeError} for maps of another shape than the layer's
 * @example
 * const projection = await project(seen, strongest(seen, "conv5_1"));
 * projection.pixels.shape; // [224, 224, 3]
 */
export async function project(seen: Seen, seed: Seed, options?: ProjectOptions): Promise<Projection>;
export async function project(
  seen: Seen,
  seeds: readonly Seed[],
  options?: ProjectOptions,
): Promise<Projection[]>;
export async function project(
  seen: Seen,
  seeds: Seed | readonly Seed[],
  options: ProjectOptions = {},
): Promise<Projection | Projection[]> {
  const many = isList(seeds);
  const projections = await descend(seen, many ? seeds : [seeds], {
    steps: many ? "none" : "all",
    ...options,
  });
  return many ? projections : projections[0];
}

async function descend(seen: Seen, seeds: readonly Seed[], options: ProjectOptions): Promise<Projection[]> {
  const { rule = "deconvnet", duplicates = "add", ties = "first" } = options;
  oneOf("rule", rule, rules);
  oneOf("duplicates", duplicates, ["add", "overwrite"]);
  oneOf("ties", ties, ["first", "all"]);
  oneOf("steps", options.steps ?? "none", ["all", "none"]);
  if (seeds.length === 0) return [];
  const { layer, signals, notes } = seedSignals(seen, seeds, options.seed);
  const descent = { engine: await loadEngine(), seen, rule, duplicates, ties };
  const { pixels, steps } = await walkDown(layer, signals, descent, options.steps === "all", options);
  return seeds.map(
    (seed, i) =>
      new Projection({
        seen,
        seed,
        rule,
        duplicates,
        ties,
        steps: steps.map((step) => step(i)),
        window: windowOf(seen, seed),
        pixels: () => wholeMaps(pixels, i, seen.input.shape),
        notes: notes[i],
      }),
  );
}

/** What a seed sees of the input. */
function windowOf(seen: Seen, seed: Seed): Window {
  if ("y" in seed) return receptiveWindow(seen.network, seed);
  const [height, width] = shapes(seen.network).get(outputOf(seen.network, seed.layer).name)!;
  const corner = (y: number, x: number) => receptiveWindow(seen.network, { layer: seed.layer, y, x });
  return union(corner(0, 0), corner(height - 1, width - 1));
}

function oneOf(argument: string, got: string, known: readonly string[]): void {
  if (!known.includes(got))
    throw new ArgumentError("project", argument, got, known.map((one) => `"${one}"`).join(" or "));
}

function isList(seeds: Seed | readonly Seed[]): seeds is readonly Seed[] {
  return Array.isArray(seeds);
}
