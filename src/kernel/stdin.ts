import type { Router } from "zeromq";
import type { Iopub } from "./iopub.js";
import type { ToMain, ToWire } from "./letters.js";
import type { Message } from "./message.js";
import type { Request, Requests } from "./requests.js";

interface Parts {
  readonly socket: Router;
  readonly iopub: Iopub;
  readonly requests: Requests;
  readonly running: () => Request | undefined;
  readonly admit: (frames: readonly Uint8Array[]) => Message | undefined;
  readonly post: (letter: ToMain) => void;
}

/** Asks the user of the running cell for a line of text. */
export class Stdin {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The question goes to the front end that runs the cell. */
  ask({ request, prompt, password }: ToWire & { kind: "ask" }): void {
    const running = this.#parts.running();
    if (running?.id !== request) return;
    this.#parts.iopub.flush();
    this.#parts.requests.send(this.#parts.socket, running, "input_request", { prompt, password });
  }

  async listen(): Promise<void> {
    for await (const frames of this.#parts.socket) {
      const message = this.#parts.admit(frames);
      const running = this.#parts.running();
      if (message?.header.msg_type !== "input_reply" || !running) continue;
      const { value } = message.content;
      this.#parts.post({ kind: "input", request: running.id, value: typeof value === "string" ? value : "" });
    }
  }
}
