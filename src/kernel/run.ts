import { AsyncLocalStorage } from "node:async_hooks";
import { KeyboardInterrupt } from "./keyboard-interrupt.js";

/**
 * One stretch of user code that one message set off: a cell, or what a widget does when it is clicked. It
 * goes along with whatever the code starts (promises, timers, callbacks), so that what is printed later, and
 * an error that nobody catches, come out where they belong.
 */
export class Run {
  /** The request in whose name something is sent. */
  readonly request: number;
  /** The request under whose cell output is shown. */
  readonly output: number;
  /** Whether there is somebody to ask. */
  readonly allowStdin: boolean;
  /** Whether output goes to a console, which redraws lines but replaces nothing that it has shown. */
  readonly console: boolean;
  /** What a pager is to show when the cell has ended. */
  readonly pages: object[] = [];
  readonly #abort = new AbortController();

  constructor(request: number, output: number = request, frontEnd = { allowStdin: false, console: false }) {
    this.request = request;
    this.output = output;
    this.allowStdin = frontEnd.allowStdin;
    this.console = frontEnd.console;
  }

  /** Aborted when the user interrupts. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get interrupted(): boolean {
    return this.#abort.signal.aborted;
  }

  interrupt(reason: KeyboardInterrupt = new KeyboardInterrupt()): void {
    this.#abort.abort(reason);
  }
}

/** The run that the code at hand belongs to. */
export const runs: AsyncLocalStorage<Run> = new AsyncLocalStorage();
