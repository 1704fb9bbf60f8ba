import type { XPublisher } from "zeromq";
import { type Header, pack } from "./message.js";
import { Sender } from "./sender.js";
import type { Signer } from "./signer.js";
import { letterWeight } from "./weight.js";

/** Text that came within so many milliseconds goes out as one message: 20,000 lines are then a few hundred. */
const joinedFor = 5;
/** And at most so many characters of it. */
const joinedUpTo = 65_536;

interface Publication {
  readonly type: string;
  readonly parent: Header | undefined;
  readonly content: string;
  readonly metadata?: string | undefined;
  readonly buffers?: readonly Uint8Array[] | undefined;
}

/** What every front end hears, in the order in which it was said. */
export class Iopub {
  readonly #socket: XPublisher;
  readonly #sender: Sender;
  readonly #signer: Signer;
  readonly #left: (weight: number) => void;
  #joined:
    | { name: string; parent: Header | undefined; texts: string[]; length: number; weight: number }
    | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param left is told how much printed text has left, counted as the outlet counts it */
  constructor(socket: XPublisher, signer: Signer, left: (weight: number) => void) {
    this.#socket = socket;
    this.#sender = new Sender(socket);
    this.#signer = signer;
    this.#left = left;
  }

  publish({ type, parent, content, metadata = "{}", buffers = [] }: Publication): void {
    this.flush();
    this.#send(`kernel.${type}`, { type, parent, content, metadata, buffers });
  }

  status(execution_state: "starting" | "busy" | "idle", parent: Header | undefined): void {
    this.publish({ type: "status", parent, content: JSON.stringify({ execution_state }) });
  }

  stream(name: string, text: string, parent: Header | undefined): void {
    if (this.#joined && (this.#joined.name !== name || this.#joined.parent !== parent)) this.flush();
    this.#joined ??= { name, parent, texts: [], length: 0, weight: 0 };
    this.#joined.texts.push(text);
    this.#joined.length += text.length;
    this.#joined.weight += text.length + letterWeight;
    if (this.#joined.length >= joinedUpTo) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), joinedFor);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#joined) return;
    const { name, parent, texts, weight } = this.#joined;
    this.#joined = undefined;
    const content = JSON.stringify({ name, text: texts.join("") });
    this.#send(`kernel.stream.${name}`, { type: "stream", parent, content }, () => this.#left(weight));
  }

  /** Greets every subscriber, so that it knows that it misses nothing from now on. */
  async welcome(): Promise<void> {
    for await (const [frame] of this.#socket) {
      if (frame[0] !== 1) continue;
      const subscription = frame.subarray(1).toString("utf8");
      const content = JSON.stringify({ subscription });
      this.#send(subscription, { type: "iopub_welcome", parent: undefined, content });
    }
  }

  #send(topic: string, { metadata = "{}", buffers = [], ...rest }: Publication, sent?: () => void): void {
    this.#sender.send(pack({ ...rest, identities: [topic], metadata, buffers }, this.#signer), sent);
  }

  /** Comes back when everything has been handed to the socket. */
  drained(): Promise<void> {
    this.flush();
    return this.#sender.drained();
  }
}
