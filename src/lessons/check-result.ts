import type { Verdict } from "./exercises/judge.js";
import { LessonError } from "./lesson-error.js";
import { ShownAsText } from "./shown-as-text.js";

/** What a check found: shows itself as ✓ or ✗ and one sentence. */
export class CheckResult extends ShownAsText {
  readonly passed: boolean;
  /**
   * What the mistake is called, where it is a known one, for a teacher's own statistics: `"overwritten"`, `"stopped"`, …;
   * undefined for a right function, and for a wrong number that nothing known explains.
   */
  readonly mistake: string | undefined;
  /** What is wrong first, or that nothing is; in the lesson's language. */
  readonly sentence: string;

  /** @internal */
  constructor({ passed, mistake, sentence }: Verdict) {
    super(() => ({ "text/plain": this.toString(), "text/html": this.#html() }));
    this.passed = passed;
    this.mistake = mistake;
    this.sentence = sentence;
  }

  /**
   * The result itself where the function is right; else an error, so that a grader such as nbgrader, which looks for
   * errors alone, sees that it isn't.
   *
   * @throws {LessonError} with the sentence
   * @example
   * const relu = (x) => x.map((row) => row.map((value) => Math.max(value, 0)));
   * exercise("relu").check(relu).orThrow().passed; // true
   */
  orThrow(): this {
    if (!this.passed) throw new LessonError("check", "student", this.mistake, this.sentence);
    return this;
  }

  /** `✓` or `✗`, and the sentence. */
  override toString(): string {
    return `${this.passed ? "✓" : "✗"} ${this.sentence}`;
  }

  /** What a student's code says is text: nothing of it becomes markup. */
  #html(): string {
    const colour = this.passed ? "var(--jp-success-color1, #1b7f3b)" : "var(--jp-error-color1, #b3261e)";
    const mark = `<strong style="color: ${colour}">${this.passed ? "✓" : "✗"}</strong>`;
    return `<p role="status" style="max-width: 46em">${mark} ${escaped(this.sentence)}</p>`;
  }
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
