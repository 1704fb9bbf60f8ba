import { Shown } from "../shown.js";
import { LessonError } from "./lesson-error.js";
import type { LessonModel } from "./model.js";
import { modelText } from "./model-text.js";

/** What one kind of lesson is made of: how its state changes, and what is computed from it. */
export interface LessonKind<State, Change, Model extends LessonModel> {
  /** The function that the user called, for errors. */
  readonly where: string;
  readonly changed: (where: string, state: State, change: Change) => State;
  readonly other: (state: State, seed: number) => State;
  readonly model: (state: State) => Model | Promise<Model>;
}

/**
 * One lesson's picture with the user's numbers in it. It never changes: `with` gives the next one, so that the last good
 * state is still there when a change is refused.
 */
export class Lesson<State, Change, Model extends LessonModel> extends Shown {
  /** The user's own numbers. */
  readonly state: State;
  readonly #kind: LessonKind<State, Change, Model>;
  #model: Promise<Model> | undefined;

  constructor(kind: LessonKind<State, Change, Model>, state: State) {
    super();
    this.#kind = kind;
    this.state = state;
  }

  /** Every number and word of the lesson's pictures, computed once. */
  model(): Promise<Model> {
    this.#model ??= Promise.resolve().then(() => this.#kind.model(this.state));
    return this.#model;
  }

  /**
   * The lesson after a change.
   *
   * @param change parts of the state, or sizes
   * @throws {LessonError} whose `sentence` says in the lesson's language what is wrong; nothing has changed then
   */
  with(change: Change): Lesson<State, Change, Model> {
    if (typeof change !== "object" || change === null) {
      throw new LessonError(this.#kind.where, "change", change, "a change is an object of what changes");
    }
    return new Lesson(this.#kind, this.#kind.changed(this.#kind.where, this.state, change));
  }

  /** The lesson with other small numbers of the same sizes; the same seed gives the same numbers. */
  newNumbers(seed: number): Lesson<State, Change, Model> {
    return new Lesson(this.#kind, this.#kind.other(this.state, seed));
  }

  /** The lesson as plain text: its matrices, and what they mean. */
  async words(): Promise<string> {
    return modelText(await this.model());
  }
}
