import type { Projection } from "../projection.js";
import { inputName } from "./input-picture.js";
import { seedParts } from "./projection-text.js";

/** What projections can differ in, from the whole to the part. */
const features: readonly ((projection: Projection) => string)[] = [
  ({ seen }) => seen.network.name,
  ({ seen }) => inputName(seen),
  ({ seed }) => seed.layer,
  ({ seed }) => seedParts(seed)[1],
  ({ seed }) => seedParts(seed)[2] ?? "",
  ({ rule }) => rule,
  ({ duplicates }) => `duplicates ${duplicates === "add" ? "added" : "overwritten"}`,
  ({ ties }) => `ties to ${ties === "first" ? "the first" : "all"}`,
];

/** Those of the unit: they make the title where they are shared. */
const [layer, unit] = [2, 4];

/** What sets projections apart, what they share, and whether they see the same. */
export interface ComparisonNames {
  /** One a projection: only what differs. */
  readonly each: readonly string[];
  /** The unit as far as it is shared, then how many there are. */
  readonly title: readonly string[];
  /** What else is shared. */
  readonly shared: readonly string[];
  /** Whether only rule, duplicates or ties differ. */
  readonly sameUnit: boolean;
}

export function comparisonNames(projections: readonly Projection[]): ComparisonNames {
  const values = features.map((feature) => projections.map(feature));
  const differs = values.map((list) => new Set(list).size > 1);
  const each = projections.map((_, i) => {
    const own = values.filter((_, feature) => differs[feature]).map((list) => list[i]);
    return own.join(", ") || String(i + 1);
  });
  const ofUnit = values.slice(layer, unit + 1).map((list) => list[0]);
  const until = differs.slice(layer, unit + 1).indexOf(true);
  const sharedUnit = until < 0 ? ofUnit : ofUnit.slice(0, until);
  const rest = values.flatMap((list, i) => ((i < layer || i > unit) && !differs[i] ? [list[0]] : []));
  return {
    each,
    title: [...sharedUnit.filter(Boolean), `${projections.length} compared`],
    // How ties and duplicates went is worth a word only where they differ.
    shared: rest.filter((word) => !/^(duplicates|ties) /.test(word)),
    sameUnit: !differs.slice(0, unit + 1).includes(true),
  };
}

/** How alike two projections are: 1 the same up to strength, 0 nothing in common, −1 opposite. NaN where one is zero. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, left, right] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i] * b[i];
    left += a[i] * a[i];
    right += b[i] * b[i];
  }
  return dot / Math.sqrt(left * right);
}
