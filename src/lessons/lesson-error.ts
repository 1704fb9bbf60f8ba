import { ArgumentError } from "../errors.js";

/**
 * A number, matrix or option that a lesson can't show. Its message is one sentence in the lesson's language, which says
 * what is wrong and what would be right; a widget shows it and keeps the last good state.
 */
export class LessonError extends ArgumentError {
  override name = "LessonError";
  /** The sentence alone, without the function that refused. */
  readonly sentence: string;

  constructor(where: string, argument: string, got: unknown, sentence: string) {
    super(where, argument, got, sentence);
    this.sentence = sentence;
    this.message = `${where}: ${sentence}`;
  }
}
