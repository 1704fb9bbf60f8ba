import { ArgumentError, UnknownNameError } from "../errors.js";
import { CheckResult } from "./check-result.js";
import type { AnyDefinition } from "./exercises/definition.js";
import { definitions } from "./exercises/definitions.js";
import { judge } from "./exercises/judge.js";
import { lesson } from "./lesson.js";
import { Note } from "./note.js";
import { ShownAsText } from "./shown-as-text.js";
import type { ExerciseName, ExerciseText } from "./texts/exercise-texts.js";
import type { Language } from "./texts/lesson-texts.js";
import { type Texts, textsIn } from "./texts/texts.js";

/** How long a check lets a student's function run, in milliseconds, for all cases together. */
const patience = 2000;

/** One exercise: shows its statement at the end of a cell, checks a function, and helps in steps. Made by `exercise`. */
export class Exercise extends ShownAsText {
  readonly name: ExerciseName;
  /** The lesson it belongs to, from 1 to 6. */
  readonly lesson: number;
  readonly title: string;
  /** What is to be written, as markdown. */
  readonly statement: string;
  /** The function's head in TypeScript; students work on `number[][]`. */
  readonly signature: string;
  /** How many hints there are. */
  readonly hints: number;
  readonly #definition: AnyDefinition;
  readonly #text: ExerciseText<string>;
  readonly #say: Texts["exercises"]["check"];
  #hinted = 0;

  /** @internal */
  constructor(definition: AnyDefinition, language: Language) {
    const { check, exercises } = textsIn(language).exercises;
    const text: ExerciseText<string> = exercises[definition.name];
    super(() => {
      const markdown = `**${text.title}**\n\n${text.statement}\n\n\`\`\`ts\n${definition.signature} {\n  // ${check.write}\n}\n\`\`\``;
      return { "text/plain": markdown, "text/markdown": markdown };
    });
    this.name = definition.name;
    this.lesson = definition.lesson;
    this.title = text.title;
    this.statement = text.statement;
    this.signature = definition.signature;
    this.hints = text.hints.length;
    this.#definition = definition;
    this.#text = text;
    this.#say = check;
  }

  /**
   * Runs a function against small cases that one can do by hand, random ones, and laws; says what is wrong first, and
   * never what would be right. Its arguments are copies. It runs on this thread and is stopped where it does not end.
   *
   * @param student the function; as many arguments as the signature says
   * @param options.milliseconds how long it may run, 2000 by default
   * @throws {ArgumentError} for a limit that is no number of at least 1
   */
  check(
    student: (...args: never[]) => unknown,
    options: { readonly milliseconds?: number } = {},
  ): CheckResult {
    const { milliseconds = patience } = options;
    if (!Number.isInteger(milliseconds) || milliseconds < 1) {
      throw new ArgumentError("check", "milliseconds", milliseconds, "a whole number of at least 1");
    }
    return new CheckResult(judge(this.#definition, this.#text, this.#say, student, milliseconds));
  }

  /**
   * The next hint; each says a little more. After the last it says that there is no other.
   *
   * @param step a certain hint, counted from 1
   */
  hint(step: number = this.#hinted + 1): Note {
    const { hints } = this.#text;
    if (!Number.isInteger(step) || step < 1) {
      throw new ArgumentError("hint", "step", step, `a whole number from 1 to ${hints.length}`);
    }
    if (step > hints.length) return new Note(this.#say.noMoreHints);
    this.#hinted = step;
    return new Note(`${this.#say.hint(step, hints.length)} ${hints[step - 1]}`);
  }

  /** A right answer, as source text. */
  solution(): Note {
    return new Note(`${this.#say.solution}\n\n\`\`\`ts\n${this.#definition.solution}\n\`\`\``);
  }
}

/**
 * An exercise by its name, in the language that `lesson.language` says.
 *
 * @param name such as `"unpool"`; a wrong name's error lists all
 * @throws {UnknownNameError} for a name that no exercise has
 * @example
 * const task = exercise("relu");
 * const wrong = (x) => x.map((row) => row.map((value) => Math.abs(value)));
 * task.check(wrong).mistake; // "absolute"
 */
export function exercise(name: ExerciseName): Exercise {
  if (!Object.hasOwn(definitions, name)) {
    throw new UnknownNameError("exercise", "exercise", String(name), exerciseNames());
  }
  return new Exercise(definitions[name], lesson.language);
}

/** The names of all exercises, or of one lesson's, in the order they are taken. */
export function exerciseNames(ofLesson?: number): ExerciseName[] {
  return Object.values(definitions)
    .filter((definition) => ofLesson === undefined || definition.lesson === ofLesson)
    .map(({ name }) => name);
}
