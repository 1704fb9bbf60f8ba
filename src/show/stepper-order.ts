import { strengths } from "../image/map-picture.js";
import type { FeatureMaps, Signal } from "../maps.js";
import type { Projection, Step } from "../projection.js";

/** A signal's maps sorted by strength. */
export interface Order {
  /** Each map's largest magnitude. */
  readonly strengths: Float32Array;
  /** Strongest first, equals by number. */
  readonly maps: Uint32Array;
  /** Where in `maps` each one stands. */
  readonly ranks: Uint32Array;
}

/** A signal's maps sorted by strength; sorted once, and forgotten with the signal. */
export function orderOf({ maps }: Signal): Order {
  const kept = sorted.get(maps);
  if (kept) return kept;
  const strength = strengths(maps);
  const order = Uint32Array.from(strength, (_, map) => map).sort(
    (a, b) => strength[b] - strength[a] || a - b,
  );
  const ranks = new Uint32Array(order.length);
  order.forEach((map, rank) => {
    ranks[map] = rank;
  });
  const made = { strengths: strength, maps: order, ranks };
  sorted.set(maps, made);
  return made;
}

const sorted: WeakMap<FeatureMaps, Order> = new WeakMap();

/** The signal by whose maps a stage is read: what goes out; of a split, what comes in, since that has all maps. */
export function readSignal(step: Step): Signal {
  return step.kind === "split" ? step.input : step.output;
}

/**
 * Each stage's space of maps, by a number: within a space a map keeps its number from stage to stage, since they do
 * something to each map by itself. A filter, and what renumbers maps, begins a new space.
 */
export function spacesOf(steps: readonly Step[]): number[] {
  const parent: number[] = [];
  const root = (space: number): number => (parent[space] === space ? space : root(parent[space]));
  const fresh = (): number => parent.push(parent.length) - 1;
  const spaces: number[] = [];
  for (const { kind, from } of steps) {
    const begins = kind === "filter" || kind === "reshape" || kind === "crop";
    const above = from.filter((step) => steps[step].kind !== "split");
    if (begins || above.length === 0) spaces.push(fresh());
    else {
      const [first, ...others] = above.map((step) => root(spaces[step]));
      for (const other of others) parent[root(other)] = root(first);
      spaces.push(first);
    }
  }
  const numbers = new Map<number, number>();
  return spaces.map((space) => {
    const one = root(space);
    if (!numbers.has(one)) numbers.set(one, numbers.size);
    return numbers.get(one)!;
  });
}

/**
 * The map that a stage shows before one is chosen, the same in all stages of its space: the strongest that the space's
 * first rectifier lets through, or where nothing rectifies, of its first stage.
 */
export function defaultMap({ steps }: Projection, spaces: readonly number[], stage: number): number {
  const inSpace = steps.filter((_, i) => spaces[i] === spaces[stage]);
  const strongest = (step: Step): number => orderOf(readSignal(step)).maps[0];
  const rectified = inSpace.find(({ kind }) => kind === "rectify");
  return strongest(rectified ?? inSpace[0]);
}
