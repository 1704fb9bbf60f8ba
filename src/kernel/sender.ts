import type { Writable } from "zeromq";
import { log } from "./log.js";

type Frames = (Uint8Array | string)[];

/** How long a reader may read nothing before messages are dropped (milliseconds). */
const patience = 10_000;

/** Sends on one socket, message after message: ZeroMQ's binding throws when a second is sent before the first is gone. */
export class Sender {
  readonly #socket: Writable;
  #waiting: { readonly frames: Frames; readonly sent: (() => void) | undefined }[] = [];
  #drained: Promise<void> | undefined;

  constructor(socket: Writable) {
    this.#socket = socket;
  }

  /** @param sent is called when the message has left, or was dropped */
  send(frames: Frames, sent?: () => void): void {
    this.#waiting.push({ frames, sent });
    this.#drained ??= this.#drain();
  }

  /** Comes back when all has been handed to the socket. */
  async drained(): Promise<void> {
    await this.#drained;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      for (const { frames, sent } of batch) {
        try {
          await this.#send(frames);
        } catch (error) {
          log(`a message was not sent: ${(error as Error).message}`);
        }
        sent?.();
      }
    }
    this.#drained = undefined;
  }

  /** A socket that has no room refuses a message before its first frame. */
  async #send(frames: Frames): Promise<void> {
    for (const deadline = Date.now() + patience; ; ) {
      try {
        return await this.#socket.send(frames);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EAGAIN" || Date.now() > deadline) throw error;
        await new Promise((later) => setTimeout(later, 2));
      }
    }
  }
}
