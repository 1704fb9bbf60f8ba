import type { AnyModel } from "@anywidget/types";
import type { FromBrowser, FromKernel, Progress } from "../../src/show/request-messages.js";

/** What came back: plain data, and the bytes beside it. */
export interface Answered<Body> {
  readonly body: Body;
  readonly buffers: readonly DataView[];
}

export interface AskOptions {
  /** Of one lane's requests only the newest is answered; the topic unless told. `null`: it stands by itself. */
  readonly lane?: string | null;
  /** Sent along, in pieces of at most 1 MB. */
  readonly buffers?: readonly Uint8Array[];
  readonly progress?: (progress: Progress) => void;
}

/** How the kernel is: it answers; it has not for some seconds, since it is busy or gone; or it was restarted. */
export type Kernel = "answering" | "quiet" | "gone";

interface Waiting {
  readonly lane: string | null;
  readonly pieces: DataView[];
  body: object;
  lengths: readonly number[];
  readonly resolve: (answer: Answered<never>) => void;
  readonly reject: (reason: Error) => void;
  readonly progress?: ((progress: Progress) => void) | undefined;
}

/** No piece is longer: a message of over 10 MB ends the browser's line to the kernel. */
const longest = 2 ** 20;

/** Milliseconds without a word from the kernel until that is said. */
const patience = 4000;

/** Rejects what a newer request of its lane made useless; nothing is wrong then. */
export class Superseded extends Error {
  override name = "Superseded";
}

/**
 * Asks the kernel, by topic; one channel for each model of a page, shared by its views. Make it in `initialize`.
 * Its other half is `answerRequests` in src/show.
 */
export class Channel {
  readonly #model: AnyModel;
  readonly #page: string = randomName();
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(kernel: Kernel) => void>();
  #serial = 0;
  #kernel: Kernel = "answering";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(model: AnyModel) {
    this.#model = model;
    model.on("msg:custom", (content: unknown, buffers: DataView[]) => this.#receive(content, buffers));
    // Its comm went dead: the kernel was restarted, and knows nothing of this widget any more.
    model.on("comm_live_update", () => this.#lost());
    model.on("comm:close", () => this.#lost());
  }

  get kernel(): Kernel {
    return this.#kernel;
  }

  /** Called when the kernel falls silent, speaks again, or is gone. Returns what takes the listener off. */
  onKernel(listener: (kernel: Kernel) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Asks the kernel.
   *
   * @throws {Superseded} when a newer request of the same lane took its place
   * @throws {Error} with the kernel's own words when it could not answer
   */
  ask<Body extends object>(
    topic: string,
    body: FromBrowser["body"] = {},
    options: AskOptions = {},
  ): Promise<Answered<Body>> {
    const { lane = topic, buffers = [], progress } = options;
    if (this.#kernel === "gone") return Promise.reject(new Error(goneWords));
    const serial = ++this.#serial;
    for (const [old, waiting] of this.#waiting) {
      if (lane === null || waiting.lane !== lane) continue;
      this.#waiting.delete(old);
      waiting.reject(new Superseded("a newer request took its place"));
    }
    const answer = new Promise<Answered<Body>>((resolve, reject) => {
      this.#waiting.set(serial, { lane, pieces: [], body: {}, lengths: [], resolve, reject, progress });
    });
    const pieces = pieced(buffers);
    const lengths = buffers.map((one) => one.byteLength);
    const head = { from: this.#page, serial, topic, body, lane, lengths, parts: pieces.length };
    if (pieces.length === 0) this.#model.send(head);
    for (const piece of pieces) this.#model.send(head, undefined, [piece]);
    this.#listen();
    return answer;
  }

  /** Rejects all that waits: the page lets go of the model. */
  close(): void {
    clearTimeout(this.#timer);
    for (const { reject } of this.#waiting.values()) reject(new Superseded("the widget was closed"));
    this.#waiting.clear();
    this.#listeners.clear();
  }

  #receive(content: unknown, buffers: DataView[]): void {
    const answer = content as Partial<FromKernel> | null;
    if (answer?.to !== this.#page || answer.serial === undefined) return;
    this.#say("answering");
    const waiting = this.#waiting.get(answer.serial);
    if (!waiting) return this.#listen();
    if (answer.progress) waiting.progress?.(answer.progress);
    else if (answer.error !== undefined) {
      this.#waiting.delete(answer.serial);
      waiting.reject(new Error(answer.error));
    } else {
      if (answer.body) waiting.body = answer.body;
      if (answer.lengths) waiting.lengths = answer.lengths;
      waiting.pieces.push(...buffers);
      if (waiting.pieces.length >= (answer.parts ?? 0)) {
        this.#waiting.delete(answer.serial);
        waiting.resolve({ body: waiting.body as never, buffers: taken(waiting.pieces, waiting.lengths) });
      }
    }
    this.#listen();
  }

  /** Waits for the next word, where one is due. */
  #listen(): void {
    clearTimeout(this.#timer);
    if (this.#waiting.size > 0) this.#timer = setTimeout(() => this.#say("quiet"), patience);
  }

  #lost(): void {
    clearTimeout(this.#timer);
    this.#say("gone");
    for (const { reject } of this.#waiting.values()) reject(new Error(goneWords));
    this.#waiting.clear();
  }

  #say(kernel: Kernel): void {
    if (kernel === this.#kernel || this.#kernel === "gone") return;
    this.#kernel = kernel;
    for (const listener of this.#listeners) listener(kernel);
  }
}

/** What a widget says when the kernel is gone, and when it does not answer. */
export const goneWords = "The kernel was restarted. Run this cell again.";
export const quietWords =
  "No answer from the kernel yet. It may be busy with a cell; if it was restarted, run this cell again.";

/** Made without `randomUUID`, which pages without https do not have. */
function randomName(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16)).join("");
}

function pieced(buffers: readonly Uint8Array[]): Uint8Array<ArrayBuffer>[] {
  const all = new Uint8Array(buffers.reduce((sum, one) => sum + one.byteLength, 0));
  let at = 0;
  for (const one of buffers) {
    all.set(one, at);
    at += one.byteLength;
  }
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let from = 0; from < all.length; from += longest) pieces.push(all.slice(from, from + longest));
  return pieces;
}

/** The buffers as they were before they were cut, each aligned for any kind of numbers. */
function taken(pieces: readonly DataView[], lengths: readonly number[]): DataView[] {
  const buffers: DataView[] = [];
  let piece = 0;
  let from = 0;
  for (const length of lengths) {
    const into = new Uint8Array(length);
    for (let at = 0; at < length; ) {
      const source = pieces[piece];
      const count = Math.min(length - at, source.byteLength - from);
      into.set(new Uint8Array(source.buffer, source.byteOffset + from, count), at);
      at += count;
      from += count;
      if (from === source.byteLength) {
        piece++;
        from = 0;
      }
    }
    buffers.push(new DataView(into.buffer));
  }
  return buffers;
}
