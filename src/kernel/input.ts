import type { Outlet } from "./outlet.js";
import { type Run, runs } from "./run.js";

/** Questions to the user, one at a time as a front end can show them. */
export class Inputs {
  readonly #outlet: Outlet;
  #asked: { readonly run: Run; readonly answer: (value: string) => void } | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(outlet: Outlet) {
    this.#outlet = outlet;
  }

  /** @throws {Error} where the front end that runs the cell can't ask */
  async ask(prompt: string, password: boolean): Promise<string> {
    const run = runs.getStore();
    if (!run?.allowStdin) {
      throw new Error(
        "input: nobody can be asked here; run the cell in a front end with a prompt, such as JupyterLab",
      );
    }
    const turn = this.#queue.then(() => this.#ask(run, prompt, password));
    this.#queue = turn.catch(() => {});
    return turn;
  }

  answered(request: number, value: string): void {
    if (this.#asked?.run.request === request) this.#asked.answer(value);
  }

  #ask(run: Run, prompt: string, password: boolean): Promise<string> {
    run.signal.throwIfAborted();
    return new Promise<string>((answer, fail) => {
      this.#asked = { run, answer };
      run.signal.addEventListener("abort", () => fail(run.signal.reason), { once: true });
      this.#outlet.post({ kind: "ask", request: run.request, prompt, password });
    }).finally(() => {
      this.#asked = undefined;
    });
  }
}
