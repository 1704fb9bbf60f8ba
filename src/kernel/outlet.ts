import { Flag } from "./flags.js";
import type { ToWire } from "./letters.js";
import { LiveLines } from "./live-lines.js";
import { type Run, runs } from "./run.js";
import { letterWeight } from "./weight.js";

/** A cell that prints faster than anybody reads is held up when so many characters are on their way. */
const longestBacklog = 8_000_000;

/** What user code sends out, each message in the name of the run that it belongs to. */
export class Outlet {
  readonly #post: (letter: ToWire) => void;
  readonly #flags: Int32Array;
  readonly lines: LiveLines;
  #last: Run | undefined;

  constructor(post: (letter: ToWire) => void, flags: Int32Array) {
    this.#post = post;
    this.#flags = flags;
    this.lines = new LiveLines((request, text) => this.#print(request, "stdout", text));
  }

  /** Where output goes whose origin is not known. */
  set last(run: Run) {
    this.#last = run;
  }

  post(letter: ToWire): void {
    this.#post(letter);
  }

  stream(name: "stdout" | "stderr", text: string, run: Run | undefined = this.#run()): void {
    if (text === "") return;
    const request = run?.output ?? 0;
    const whole = name === "stdout" ? this.lines.around(request, text) : text;
    this.#print(request, name, whole);
  }

  /**
   * Something for the cell's output area.
   *
   * @throws {TypeError} when the content can't be written as JSON
   */
  output(type: string, content: object, run: Run | undefined = this.#run()): void {
    this.#post({ kind: "publish", request: run?.output ?? 0, type, content: JSON.stringify(content) });
  }

  /**
   * A comm's message, in the name of the message that it answers.
   *
   * @throws {TypeError} when the content can't be written as JSON
   */
  comm(type: string, content: object, metadata: object, buffers: readonly Uint8Array[]): void {
    this.#post({
      kind: "publish",
      request: this.#run()?.request ?? 0,
      type,
      content: JSON.stringify(content),
      metadata: JSON.stringify(metadata),
      buffers,
    });
  }

  #print(request: number, name: "stdout" | "stderr", text: string): void {
    Atomics.add(this.#flags, Flag.backlog, text.length + letterWeight);
    this.#post({ kind: "stream", request, name, text });
    let backlog = Atomics.load(this.#flags, Flag.backlog);
    while (backlog > longestBacklog) {
      // Short waits: an interrupt gets in only between them.
      Atomics.wait(this.#flags, Flag.backlog, backlog, 20);
      backlog = Atomics.load(this.#flags, Flag.backlog);
    }
  }

  #run(): Run | undefined {
    return runs.getStore() ?? this.#last;
  }
}
