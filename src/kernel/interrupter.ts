import { Session } from "node:inspector";
import { Flag, Hold, Phase } from "./flags.js";
import type { ToMain } from "./letters.js";
import { log } from "./log.js";

/** How long the main thread may take to answer before it is held for blocked. */
const patience = 50;
/** How long an answer may be on its way. */
const answerPatience = 1000;
/** A module that is being loaded is left alone so long: a half-loaded one would stay broken. */
const loadingPatience = 5000;

/**
 * Stops what runs on the main thread. First softly: a letter, which is read where user code awaits. A thread
 * that does not answer is blocked, and is terminated through the inspector; then it is asked again, until it
 * answers. Some things are never cut short: the compiler, which does not recover; a cell's last words; a module's
 * first run and what user code does when it hears of the interrupt, for a while; and Node's own bookkeeping, for
 * which the thread is held still in `park` first.
 */
export class Interrupter {
  readonly #flags: Int32Array;
  readonly #post: (letter: ToMain) => void;
  readonly #underWay: () => () => void;
  #inspector: Session | undefined;
  #pings = 0;
  #answered = 0;
  /** The last letter that took too long to read: what user code does about it may be a loop as well. */
  #givenUp = 0;
  /** A termination is on its way, as far as is known. */
  #terminating = false;
  #wake: () => void = () => {};
  #current: Promise<void> | undefined;

  /**
   * @param underWay notes what the main thread is at; what it returns ends whatever of this has had no
   * answer when the thread is free again. A termination can hit the thread while it reads a letter.
   */
  constructor(flags: Int32Array, post: (letter: ToMain) => void, underWay: () => () => void) {
    this.#flags = flags;
    this.#post = post;
    this.#underWay = underWay;
  }

  /** Comes back when the main thread is free again. Several at once are one. */
  interrupt(): Promise<void> {
    this.#current ??= this.#run().finally(() => {
      this.#current = undefined;
    });
    return this.#current;
  }

  /** The main thread answered; all that it said before has been read by now. */
  alive(ping: number): void {
    this.#answered = Math.max(this.#answered, ping);
    this.#wake();
  }

  async #run(): Promise<void> {
    const started = Date.now();
    Atomics.store(this.#flags, Flag.interrupt, 1);
    for (;;) {
      if (await this.#ask()) return;
      if (Atomics.load(this.#flags, Flag.phase) === Phase.uncut) continue;
      await this.#terminate(Date.now() - started > loadingPatience);
    }
  }

  async #ask(): Promise<boolean> {
    const ping = ++this.#pings;
    const endUnanswered = this.#underWay();
    this.#post({ kind: "interrupt", ping });
    await this.#answer(ping, patience);
    // It may be at an earlier letter still, and is not cut short there: the cell's last words would be said twice.
    while (this.#answered < ping && this.#isReading()) {
      const heard = Atomics.load(this.#flags, Flag.heard);
      await this.#answer(heard, answerPatience);
      if (this.#answered < heard) this.#givenUp = heard;
      else if (this.#answered < ping) await this.#answer(ping, patience);
    }
    if (this.#answered < ping) return false;
    endUnanswered();
    return true;
  }

  #answer(ping: number, longest: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, longest);
      this.#wake = () => {
        if (this.#answered < ping) return;
        clearTimeout(timer);
        done();
      };
    });
  }

  /** Whether the main thread has begun with a letter to which its answer has not come yet. */
  #isReading(): boolean {
    return Atomics.load(this.#flags, Flag.heard) > Math.max(this.#answered, this.#givenUp);
  }

  #isHeard(): boolean {
    return Atomics.load(this.#flags, Flag.heard) >= this.#pings || this.#isReading();
  }

  /** Terminates what runs, if the moment is good; else it comes back all the same. */
  async #terminate(evenLoading: boolean): Promise<void> {
    const flags = this.#flags;
    // The thread may not have seen this yet: on a loaded machine it can stand still for a second by itself.
    if (this.#terminating && Atomics.load(flags, Flag.hold) === Hold.terminate) return;
    const inspector = this.#connected();
    Atomics.store(flags, Flag.hold, Hold.asked);
    // An earlier call may still be waiting to be let in: only this round's is meant.
    const round = Atomics.add(flags, Flag.round, 1) + 1;
    let refused: string | undefined;
    const expression = `globalThis[Symbol.for("deconvnet.kernel.park")](${round}, ${evenLoading})`;
    void this.#send(inspector, "Runtime.evaluate", { expression }).then((value) => {
      refused = value;
    });
    // A native call that blocks lets nothing in; the thread parks when it comes back.
    while (refused === undefined && Atomics.load(flags, Flag.hold) === Hold.asked) {
      if (this.#isHeard()) Atomics.compareExchange(flags, Flag.hold, Hold.asked, Hold.free);
      await new Promise((later) => setTimeout(later, 1));
    }
    if (this.#isHeard()) return void Atomics.store(flags, Flag.hold, Hold.free);
    // From here on the thread does not let itself go.
    if (Atomics.compareExchange(flags, Flag.hold, Hold.parked, Hold.claimed) !== Hold.parked) return;
    // Posted while the thread is held, so that it is the very next thing that the thread sees.
    this.#terminating = true;
    const terminated = this.#send(inspector, "Runtime.terminateExecution", {}).then(() => {
      this.#terminating = false;
    });
    Atomics.store(flags, Flag.hold, Hold.terminate);
    await Promise.race([terminated, new Promise((later) => setTimeout(later, 1000))]);
  }

  #connected(): Session {
    if (this.#inspector) return this.#inspector;
    this.#inspector = new Session();
    this.#inspector.connectToMainThread();
    return this.#inspector;
  }

  /** The value that comes back, as text; also an error is an answer. */
  #send(inspector: Session, method: string, parameters: object): Promise<string> {
    return new Promise((done) => {
      inspector.post(method, parameters, (error, answer) => {
        if (error) log(`${method}: ${error.message}`);
        const { result, exceptionDetails } = (answer ?? {}) as Answer;
        if (exceptionDetails) log(`${method}: ${exceptionDetails.text}`);
        done(String(result?.value));
      });
    });
  }
}

interface Answer {
  readonly result?: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string };
}
