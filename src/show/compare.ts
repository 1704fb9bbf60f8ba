import { rules as allRules, type Rule } from "../deconvnet/rectify.js";
import type { Duplicates, Ties } from "../deconvnet/unpool.js";
import { ArgumentError } from "../errors.js";
import { project } from "../project.js";
import { Projection } from "../projection.js";
import { Seen } from "../seen.js";
import type { Unit } from "../select.js";
import type { Work } from "../work.js";
import { Comparison } from "./comparison.js";

/** What `compare` lays side by side; of each list every combination is a panel. */
export interface CompareOptions extends Work {
  /** Rules, or `"all"` three; `["deconvnet"]` unless told. */
  readonly rules?: readonly Rule[] | "all";
  /** What happens where windows share a switch: `["add"]` unless told, `["add", "overwrite"]` for both. */
  readonly duplicates?: readonly Duplicates[];
  /** Where a value goes when its window had equal maxima: `["first"]` unless told, `["first", "all"]` for both. */
  readonly ties?: readonly Ties[];
  /** The 99th percentile (`"robust"`, default) or the largest magnitude (`"plain"`) of all panels is at full strength. */
  readonly range?: "robust" | "plain";
  /** How many times stronger all panels are shown. 1 unless told. */
  readonly contrast?: number;
}

/**
 * Compares projections in panels with one scale: several units, rules, ways with duplicates and ties, photos or networks.
 *
 * @param projections any, as `project` returned them; at most 60
 * @returns shows itself, live in the notebook's own kernel; `scale` is the magnitude at full strength
 * @throws {ArgumentError} for no projections, or too many
 * @example
 * const units = strongestUnits(seen, "conv3_1", { count: 3 });
 * compare(await project(seen, units)).projections.length; // 3
 */
export function compare(
  projections: readonly Projection[],
  options?: Pick<CompareOptions, "range" | "contrast">,
): Comparison;
/**
 * The same, and projects first; to be awaited.
 *
 * @param seen what the network saw; several for several photos, or for several networks with a layer of that name
 * @param unit one or several units
 * @param options what else is compared; every combination is a panel
 * @throws as `project` does
 * @example
 * const comparison = await compare(seen, strongest(seen, "conv3_1"), { rules: "all" });
 * comparison.projections.map(({ rule }) => rule); // ["deconvnet", "gradient", "guided"]
 */
export function compare(
  seen: Seen | readonly Seen[],
  unit: Unit | readonly Unit[],
  options?: CompareOptions,
): Promise<Comparison>;
export function compare(
  what: readonly Projection[] | Seen | readonly Seen[],
  second?: Unit | readonly Unit[] | Pick<CompareOptions, "range" | "contrast">,
  options: CompareOptions = {},
): Comparison | Promise<Comparison> {
  if (isListOf(what, Projection))
    return new Comparison(what, (second ?? {}) as Pick<CompareOptions, "range" | "contrast">);
  const seen = what instanceof Seen ? [what] : what;
  if (!isListOf(seen, Seen))
    throw new ArgumentError(
      "compare",
      "what",
      Array.isArray(what) ? `a list of ${what.length}` : typeof what,
      "projections, or what a network saw and units",
    );
  const units = Array.isArray(second) ? (second as readonly Unit[]) : [second as Unit];
  return projected(seen, units, options);
}

/** Every combination, one after the other, so that progress is told and an abort is heard between them. */
async function projected(
  seen: readonly Seen[],
  units: readonly Unit[],
  options: CompareOptions,
): Promise<Comparison> {
  const { rules = ["deconvnet"], duplicates = ["add"], ties = ["first"], signal, progress } = options;
  const ways = (rules === "all" ? allRules : rules).flatMap((rule) =>
    duplicates.flatMap((duplicate) => ties.map((tie) => ({ rule, duplicates: duplicate, ties: tie }))),
  );
  const total = seen.length * units.length * ways.length;
  const projections: Projection[] = [];
  for (const one of seen) {
    for (const unit of units) {
      for (const way of ways) {
        projections.push(await project(one, unit, { ...way, steps: "none", signal }));
        progress?.(projections.length, total, unit.layer);
      }
    }
  }
  return new Comparison(projections, options);
}

function isListOf<T>(value: unknown, kind: abstract new (...args: never[]) => T): value is readonly T[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => one instanceof kind);
}
