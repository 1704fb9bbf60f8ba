import { Session } from "node:inspector";
import { Flag, Phase, Release } from "./flags.js";
import type { ToMain } from "./letters.js";
import { log } from "./log.js";

/** How long the main thread may take to answer before it is held for blocked. */
const patience = 50;
/** A module that is being loaded is left alone so long: a half-loaded one would stay broken. */
const loadingPatience = 5000;

/**
 * Stops what runs on the main thread. First softly: a letter, which is read where user code awaits. A thread
 * that does not answer is blocked, and is terminated through the inspector; then it is asked again, until it
 * answers. Three things are never cut short: the compiler, which does not recover; a module's first run, for
 * some seconds; and Node's own bookkeeping, for which the thread is held still in `park` first.
 */
export class Interrupter {
  readonly #flags: Int32Array;
  readonly #post: (letter: ToMain) => void;
  #inspector: Session | undefined;
  #pings = 0;
  #wake: () => void = () => {};
  #current: Promise<void> | undefined;

  constructor(flags: Int32Array, post: (letter: ToMain) => void) {
    this.#flags = flags;
    this.#post = post;
  }

  /** Comes back when the main thread is free again. Several at once are one. */
  interrupt(): Promise<void> {
    this.#current ??= this.#run().finally(() => {
      this.#current = undefined;
    });
    return this.#current;
  }

  /** The main thread answered; what it heard stands in shared memory. */
  alive(): void {
    this.#wake();
  }

  async #run(): Promise<void> {
    const started = Date.now();
    Atomics.store(this.#flags, Flag.interrupt, 1);
    for (;;) {
      if (await this.#ask()) return;
      await this.#terminate(Date.now() - started > loadingPatience);
    }
  }

  async #ask(): Promise<boolean> {
    const ping = ++this.#pings;
    this.#post({ kind: "interrupt", ping });
    await new Promise<void>((wake) => {
      const timer = setTimeout(wake, patience);
      this.#wake = () => {
        if (!this.#heard(ping)) return;
        clearTimeout(timer);
        wake();
      };
    });
    return this.#heard(ping);
  }

  #heard(ping: number): boolean {
    return Atomics.load(this.#flags, Flag.heard) >= ping;
  }

  async #terminate(evenLoading: boolean): Promise<void> {
    const flags = this.#flags;
    if (Atomics.load(flags, Flag.phase) === Phase.compiling) return;
    if (Atomics.load(flags, Flag.loading) > 0 && !evenLoading) return;
    const inspector = this.#connected();
    Atomics.store(flags, Flag.parked, 0);
    Atomics.store(flags, Flag.release, Release.no);
    let refused = false;
    void this.#send(inspector, "Runtime.evaluate", {
      expression: `globalThis[Symbol.for("deconvnet.kernel.park")](${evenLoading})`,
    }).then(() => {
      refused = true;
    });
    // A native call that blocks lets nothing in; the thread parks when it comes back.
    while (!refused && !Atomics.load(flags, Flag.parked) && !this.#heard(this.#pings)) {
      await new Promise((later) => setTimeout(later, 1));
    }
    if (this.#heard(this.#pings)) return this.#release(Release.goOn);
    if (!Atomics.load(flags, Flag.parked)) return;
    // Posted while the thread is held, so that it is the very next thing that the thread sees.
    const terminated = this.#send(inspector, "Runtime.terminateExecution", {});
    this.#release(Release.terminate);
    await Promise.race([terminated, new Promise((later) => setTimeout(later, 1000))]);
  }

  #release(how: number): void {
    Atomics.store(this.#flags, Flag.release, how);
    Atomics.notify(this.#flags, Flag.release);
  }

  #connected(): Session {
    if (this.#inspector) return this.#inspector;
    this.#inspector = new Session();
    this.#inspector.connectToMainThread();
    return this.#inspector;
  }

  #send(inspector: Session, method: string, parameters: object): Promise<void> {
    return new Promise((done) => {
      inspector.post(method, parameters, (error) => {
        if (error) log(`${method}: ${error.message}`);
        done();
      });
    });
  }
}
