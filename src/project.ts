import { sumWindows } from "./deconvnet/join.js";
import { type Descent, down, type StepKind } from "./deconvnet/layer.js";
import { type Rule, rules } from "./deconvnet/rectify.js";
import { type Signals, signalOf, wholeMaps } from "./deconvnet/signals.js";
import type { Duplicates, Ties } from "./deconvnet/unpool.js";
import { loadEngine } from "./engine/engine.js";
import { ArgumentError } from "./errors.js";
import type { FeatureMaps, Signal, Window } from "./maps.js";
import { below, inputName, outputOf } from "./network/graph.js";
import { receptiveWindow, union } from "./network/receptive-field.js";
import { shapes } from "./network/shapes.js";
import { type Seed, seedSignals, type WholeSeed } from "./seed.js";
import type { Seen } from "./seen.js";
import type { Unit } from "./select.js";
import { Shown } from "./shown.js";
import { pause, type Work } from "./work.js";

/** One stage on the way down: what came in, what was done, what goes out. */
export interface Step {
  readonly kind: StepKind;
  /** The layer this happens at; a `"sum"` happens at the layer whose readers' signals meet. */
  readonly layer: string;
  /** The steps (their places in `steps`) that its input comes from; none for the first, which starts at the seed. */
  readonly from: readonly number[];
  /** What comes in; of a `"sum"`, the sum's first part. */
  readonly input: Signal;
  /** What goes out; of a layer that joined several, what goes to the first of its inputs. */
  readonly output: Signal;
  /** What goes to each of the layer's inputs, in order; one signal for all but `"branch"` and `"split"`. */
  readonly outputs: readonly Signal[];
}

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

/** What made a unit fire: every stage down to the pixels. Made by `project`. */
export class Projection extends Shown {
  readonly seen: Seen;
  /** The unit, or the whole map or maps, that it starts from. */
  readonly seed: Seed;
  readonly rule: Rule;
  readonly duplicates: Duplicates;
  readonly ties: Ties;
  /** In the order they happen; empty where they were not kept. */
  readonly steps: readonly Step[];
  /** The receptive field: the pixels of the network's input that the seed sees; it may overhang. */
  readonly window: Window;
  /** The network input's shape and channel order (VGG16's is BGR), signed. */
  readonly pixels: FeatureMaps;
  /** What a reader of the picture should know, such as that the unit did not fire. */
  readonly notes: readonly string[];

  constructor(fields: Omit<Projection, "unit" | keyof Shown>) {
    super();
    this.seen = fields.seen;
    this.seed = fields.seed;
    this.rule = fields.rule;
    this.duplicates = fields.duplicates;
    this.ties = fields.ties;
    this.steps = fields.steps;
    this.window = fields.window;
    this.pixels = fields.pixels;
    this.notes = fields.notes;
  }

  /** The unit it starts from. @throws {ArgumentError} for a projection of a whole map or of maps */
  get unit(): Unit {
    if ("y" in this.seed) return this.seed;
    throw new ArgumentError(
      "Projection",
      "seed",
      "maps",
      "one unit; this projection starts from whole maps, see its seed",
    );
  }
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
  const descent: Descent = { engine: await loadEngine(), seen, rule, duplicates, ties };
  const { pixels, steps } = await walkDown(layer, signals, descent, options);
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
        pixels: wholeMaps(pixels, i, seen.input.shape),
        notes: notes[i],
      }),
  );
}

/** A signal waiting at a layer, and the step that sent it. */
interface Arrival {
  readonly signals: Signals;
  readonly from: number | undefined;
}

/** From a layer's output down to the input, in reverse topological order. */
async function walkDown(
  layer: string,
  seed: Signals,
  descent: Descent,
  options: ProjectOptions,
): Promise<{ pixels: Signals; steps: ((unit: number) => Step)[] }> {
  const { network } = descent.seen;
  const sizes = shapes(network);
  const onTheWay = below(network, layer);
  const path = network.layers.filter((one) => onTheWay.has(one.name)).reverse();
  const arrivals = new Map<string, Arrival[]>([[layer, [{ signals: seed, from: undefined }]]]);
  const steps: ((unit: number) => Step)[] = [];
  const record = (
    kind: StepKind,
    name: string,
    from: readonly (number | undefined)[],
    input: Signals,
    outputs: readonly Signals[],
  ): number | undefined => {
    if (options.steps !== "all") return undefined;
    const origins = from.filter((step) => step !== undefined);
    return (
      steps.push((unit) => {
        const out = outputs.map((signals) => signalOf(signals, unit));
        return {
          kind,
          layer: name,
          from: origins,
          input: signalOf(input, unit),
          output: out[0],
          outputs: out,
        };
      }) - 1
    );
  };
  const meet = (name: string): Arrival => {
    const parts = arrivals.get(name)!;
    arrivals.delete(name);
    if (parts.length === 1) return parts[0];
    const sum = sumWindows(
      parts.map((part) => part.signals),
      sizes.get(name)!,
    );
    return {
      signals: sum,
      from: record(
        "sum",
        name,
        parts.map((part) => part.from),
        parts[0].signals,
        [sum],
      ),
    };
  };

  for (const [i, one] of path.entries()) {
    await pause(options);
    const { signals, from } = meet(one.name);
    const { kind, outputs } = down(one, signals, descent);
    const step = record(kind, one.name, [from], signals, outputs);
    one.inputs.forEach((input, part) => {
      const waiting = arrivals.get(input) ?? [];
      waiting.push({ signals: outputs[part], from: step });
      arrivals.set(input, waiting);
    });
    options.progress?.(i + 1, path.length, one.name);
  }
  return { pixels: meet(inputName).signals, steps };
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

export type { Seed, WholeSeed };
