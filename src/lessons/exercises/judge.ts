import { numberText } from "../equation.js";
import { Random } from "../numbers.js";
import type { At, CheckTexts, ExerciseText } from "../texts/exercise-texts.js";
import { firstDifference, firstUnreal, placeIn, same, shapeOf } from "./compare.js";
import type { AnyDefinition, Value } from "./definition.js";
import { type Depth, type Outcome, type Returned, readReturned, readThrown, shortly } from "./outcome.js";
import { runLimited } from "./run-limited.js";

/** What a check found. */
export interface Verdict {
  readonly passed: boolean;
  /** The mistake's name, where it is a known one: an exercise's own, or how the function failed. */
  readonly mistake: string | undefined;
  /** What is wrong first, or that nothing is. */
  readonly sentence: string;
}

/** How many cases of random numbers follow those that one can do by hand. */
const randomCases = 16;

interface Called {
  readonly args: readonly Value[];
  readonly expected: Returned;
  readonly outcome: Outcome;
  /** The argument that the function changed, counted from 0. */
  readonly changed: number | undefined;
}

type Student = (...args: readonly unknown[]) => unknown;

/** Runs a student's function against an exercise's cases and laws, and says what is wrong first. */
export function judge(
  definition: AnyDefinition,
  text: ExerciseText<string>,
  say: CheckTexts,
  student: unknown,
  milliseconds: number,
): Verdict {
  const { name } = definition;
  if (typeof student !== "function") return failed("notFunction", say.notFunction(name, shortly(student)));
  const random = new Random(7);
  const cases = [
    ...definition.cases,
    ...Array.from({ length: randomCases }, () => definition.random(random)),
  ];
  const { calls, stoppedAt } = callAll(definition, cases, student as Student, milliseconds);
  const wrong = calls.find(
    ({ outcome, expected }) => !(outcome.kind === "value" && same(outcome.value, expected)),
  );
  if (!wrong && stoppedAt) return failed("stopped", say.stopped(milliseconds, callText(name, stoppedAt)));
  if (wrong) return explained(definition, text, say, calls, wrong);
  const changed = calls.find((call) => call.changed !== undefined);
  if (changed) return failed("changesArgument", say.changed(parameters(definition)[changed.changed!]));
  return lawful(definition, text, say, student as Student, milliseconds, calls.length);
}

/** Every case, until one throws or takes too long: what comes after is not tried. */
function callAll(
  definition: AnyDefinition,
  cases: readonly (readonly Value[])[],
  student: Student,
  milliseconds: number,
): { calls: Called[]; stoppedAt: readonly Value[] | undefined } {
  const expected = cases.map((args) => definition.expected(...args) as Returned);
  const depth = depthOf(expected[0]);
  const calls: Called[] = [];
  const stopped = runLimited(milliseconds, () => {
    for (const [i, args] of cases.entries()) {
      const given = structuredClone(args);
      let outcome: Outcome;
      try {
        outcome = readReturned(student(...given), depth);
      } catch (error) {
        outcome = readThrown(error);
      }
      const changed = given.findIndex((one, k) => JSON.stringify(one) !== JSON.stringify(args[k]));
      calls.push({ args, expected: expected[i], outcome, changed: changed < 0 ? undefined : changed });
      if (outcome.kind !== "value") return;
    }
  });
  return { calls, stoppedAt: stopped ? cases[calls.length] : undefined };
}

function explained(
  definition: AnyDefinition,
  text: ExerciseText<string>,
  say: CheckTexts,
  calls: readonly Called[],
  wrong: Called,
): Verdict {
  const call = callText(definition.name, wrong.args);
  const { outcome } = wrong;
  if (outcome.kind === "value" && outcome.oneRow)
    return failed("oneRow", say.join([say.oneRow, say.inCall(call)]));
  const mistake = knownMistake(definition, calls);
  if (mistake && outcome.kind === "value") {
    const sentence = text.mistakes[mistake];
    const words = typeof sentence === "string" ? sentence : sentence(atOf(outcome.value, wrong.expected));
    return failed(mistake, say.join([words, say.inCall(call)]));
  }
  if (outcome.kind !== "value") return failed(outcome.kind, notValue(outcome, say, call));
  const { value } = outcome;
  const unreal = firstUnreal(value);
  if (unreal && Number.isNaN(unreal.got)) return failed("nan", say.nan(placeIn(value, unreal), call));
  if (shapeOf(value) !== shapeOf(wrong.expected)) {
    const words = say.shape(shapeOf(value), shapeOf(wrong.expected));
    return failed("shape", say.join([words, say.inCall(call)]));
  }
  if (unreal) return failed("infinite", say.infinite(placeIn(value, unreal), numberText(unreal.got)));
  const { row, column, got } = firstDifference(value, wrong.expected)!;
  const why = text.explain(definition.facts?.(wrong.args, row, column) ?? {});
  const fixed = definition.cases.length;
  const later = calls.indexOf(wrong) >= fixed ? [say.onlyFixed] : [];
  const words =
    typeof value === "number"
      ? say.wrongNumber(numberText(got), why)
      : say.wrong({ place: placeIn(value, { row, column }), got: numberText(got) }, why);
  return failed(undefined, say.join([words, say.inCall(call), ...later]));
}

/** The mistake that gives the student's own results in every case that it can be made in. */
function knownMistake(definition: AnyDefinition, calls: readonly Called[]): string | undefined {
  const wrong = calls.findIndex(
    ({ outcome, expected }) => outcome.kind === "value" && !same(outcome.value, expected),
  );
  if (wrong < 0) return undefined;
  return Object.entries(definition.mistakes).find(([, mistake]) =>
    calls.every(({ args, outcome }, i) => {
      if (outcome.kind !== "value") return true;
      let mistaken: Returned;
      try {
        mistaken = mistake(...args) as Returned;
      } catch {
        // A mistaken size can make windows that do not fit: such a case says nothing, unless it is the one to explain.
        return i !== wrong;
      }
      return same(outcome.value, mistaken);
    }),
  )?.[0];
}

function notValue(outcome: Exclude<Outcome, { kind: "value" }>, say: CheckTexts, call: string): string {
  switch (outcome.kind) {
    case "threw":
      if (outcome.recursion) return say.recursion(call);
      // V8's own words for a place that is not there.
      return say.join([
        say.threw(outcome.error, call),
        / of undefined/.test(outcome.error) ? say.notThere : "",
      ]);
    case "promise":
      return say.promise;
    case "nothing":
      return say.nothing(call);
    case "notMatrix":
      return say.notMatrix(outcome.got);
    case "notList":
      return say.notList(outcome.got);
    case "notNumber":
      return say.notNumber(outcome.got);
    case "flat":
      return say.flat;
    case "deep":
      return say.deep;
    case "ragged":
      return say.join([say.ragged(outcome.row, outcome.got, outcome.wanted), say.inCall(call)]);
    case "entry":
      return say.join([say.entry(outcome.place, outcome.got), say.inCall(call)]);
  }
}

/** All cases are right: what else must hold. */
function lawful(
  definition: AnyDefinition,
  text: ExerciseText<string>,
  say: CheckTexts,
  student: Student,
  milliseconds: number,
  cases: number,
): Verdict {
  const laws = Object.entries(definition.laws ?? {});
  for (const [name, holds] of laws) {
    let held = false;
    const stopped = runLimited(milliseconds, () => {
      try {
        held = holds((...args) => student(...structuredClone(args)) as Value, new Random(11));
      } catch {
        held = false;
      }
    });
    if (stopped || !held) return failed(name, say.law(text.laws[name]));
  }
  const sentence = say.passed(
    cases,
    laws.map(([name]) => text.laws[name]),
  );
  return { passed: true, mistake: undefined, sentence };
}

function failed(mistake: string | undefined, sentence: string): Verdict {
  return { passed: false, mistake, sentence };
}

function atOf(got: Returned, wanted: Returned): At {
  const difference = firstDifference(got, wanted);
  if (!difference) return { place: "", got: "" };
  return { place: placeIn(got, difference), got: numberText(difference.got) };
}

/** The call as a student would write it, cut where it is long. */
function callText(name: string, args: readonly Value[]): string {
  const text = `${name}(${args.map((arg) => JSON.stringify(arg)).join(", ")})`;
  return text.length > 240 ? `${text.slice(0, 239)}…` : text;
}

/** The names of what a function takes, out of its signature. */
export function parameters({ signature }: Pick<AnyDefinition, "signature">): string[] {
  const inside = signature.slice(signature.indexOf("(") + 1, signature.lastIndexOf(")"));
  return [...inside.matchAll(/(\w+):/g)].map(([, name]) => name);
}

function depthOf(value: Returned): Depth {
  if (typeof value === "number") return 0;
  return Array.isArray(value[0]) ? 2 : 1;
}
