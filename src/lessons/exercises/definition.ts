import type { Random } from "../numbers.js";
import type { ExerciseName, Mistakes } from "../texts/exercise-texts.js";

/** What a student's function takes and gives: matrices, lists and numbers, as they are typed. */
export type Value = number | readonly number[] | readonly (readonly number[])[] | string;

/** One exercise without its words. Numbers come from the method's own code; texts are looked up by name. */
export interface Definition<
  Name extends ExerciseName = ExerciseName,
  Args extends readonly Value[] = readonly Value[],
  Result extends Value = Value,
> {
  readonly name: Name;
  /** From 1 to 6. */
  readonly lesson: number;
  /** In TypeScript, on number[][]; the body is the student's. */
  readonly signature: string;
  /** Small ones first: those a student can do by hand. */
  readonly cases: readonly Args[];
  /** More cases, so that no one can write the answers down. */
  readonly random: (random: Random) => Args;
  readonly expected: (...args: Args) => Result;
  /** Known mistakes, the likeliest first, as what they give. */
  readonly mistakes: { readonly [Mistake in Mistakes[Name]]: (...args: Args) => Value };
  /** What a right function also does, tried on its own: its name is looked up in the texts. */
  readonly laws?: Readonly<Record<string, (call: (...args: Args) => Result, random: Random) => boolean>>;
  /** What enters at one place of the result, for a sentence that explains but does not tell. */
  readonly facts?: (args: Args, row: number, column: number) => Readonly<Record<string, string>>;
  /** Source text. */
  readonly solution: string;
}

/** Any exercise: a check gives each only its own cases, so that what they take need not be known. */
export interface AnyDefinition extends Omit<Definition, "mistakes"> {
  readonly mistakes: Readonly<Record<string, (...args: readonly Value[]) => Value>>;
}
