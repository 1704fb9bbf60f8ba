import { type Rule, rules } from "../deconvnet/rectify.js";
import { ArgumentError } from "../errors.js";
import type { Answer } from "./answer-requests.js";
import type { PinnedCell, StepThroughState } from "./step-through-state.js";
import { packLinks } from "./stepper-links.js";
import type { Stages } from "./stepper-stages.js";

/** Answers a browser's request for one stage and one map; `body` comes from outside. */
export function answerStage(
  stages: Stages,
  body: Readonly<Record<string, unknown>>,
  chosen: Readonly<Record<string, number>>,
): Answer {
  const step = wholeBelow("step", body.step, stages.count);
  const map =
    body.map === null || body.map === undefined
      ? stages.mapAt(step, chosen)
      : wholeBelow("map", body.map, stages.mapsOf(step));
  const first = wholeBelow("first", body.first ?? 0, 2 ** 31);
  const { view, buffers } = stages.view(step, map, pinnedCell(body.cell), first);
  const all: (Float32Array | Int32Array)[] = [...buffers];
  return { body: { ...view, links: packLinks(view.links, all) }, buffers: all };
}

/** A pinned cell as it comes from outside; null where it is none. */
export function pinnedCell(value: unknown): PinnedCell | null {
  if (value === null || value === undefined) return null;
  const { side, map, y, x } = value as Partial<PinnedCell>;
  const numbers = [map, y, x].every((one) => Number.isSafeInteger(one) && (one as number) >= 0);
  if (typeof value !== "object" || (side !== "input" && side !== "output") || !numbers)
    throw new ArgumentError(
      "stepThrough",
      "cell",
      JSON.stringify(value),
      'null or { side: "input" or "output", map, y, x } with whole numbers from 0',
    );
  return { side, map: map!, y: y!, x: x! };
}

/** Refuses anything but a whole number from 0 up to `end`. */
export function wholeBelow(argument: string, got: unknown, end: number): number {
  if (!Number.isInteger(got) || (got as number) < 0 || (got as number) >= end)
    throw new ArgumentError("stepThrough", argument, got, `a whole number from 0 to ${end - 1}`);
  return got as number;
}

/** Refuses anything but one of the rules. */
export function checkRule(rule: unknown): asserts rule is Rule {
  if (!rules.includes(rule as Rule))
    throw new ArgumentError("stepThrough", "rule", rule, rules.map((one) => `"${one}"`).join(" or "));
}

/** The chosen maps as they come from outside; what is no number of a map is left out. */
export function chosenMaps(value: unknown): StepThroughState["maps"] {
  if (typeof value !== "object" || value === null) return {};
  const numbers = Object.entries(value).filter(([, map]) => Number.isSafeInteger(map) && map >= 0);
  return Object.fromEntries(numbers.slice(0, 1000));
}
