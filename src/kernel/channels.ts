import type { Router } from "zeromq";
import type { CommList } from "./comm-list.js";
import { hasCommId } from "./comm-list.js";
import { utf16 } from "./cursor.js";
import type { Execution } from "./execution.js";
import type { History } from "./history.js";
import type { Interrupter } from "./interrupter.js";
import type { Iopub } from "./iopub.js";
import { kernelInfo } from "./kernel-info.js";
import type { ToMain } from "./letters.js";
import { log } from "./log.js";
import { type Fields, isFields, type Message, unpack } from "./message.js";
import { MessageError } from "./message-error.js";
import type { Request, Requests } from "./requests.js";
import type { Signer } from "./signer.js";

interface Parts {
  readonly signer: Signer;
  readonly iopub: Iopub;
  readonly requests: Requests;
  readonly execution: Execution;
  readonly history: History;
  readonly comms: CommList;
  readonly interrupter: Interrupter;
  readonly connection: Fields;
  readonly post: (letter: ToMain, transfer?: readonly ArrayBuffer[]) => void;
  readonly end: () => void;
}

/** Takes what comes on shell and control, answers what needs no user code, and hands on the rest. */
export class Channels {
  readonly #parts: Parts;
  readonly #unknown = new Set<string>();
  readonly #forwarded = new Map<number, Request>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async listen(socket: Router): Promise<void> {
    for await (const frames of socket) {
      const message = this.admit(frames);
      if (message) this.#serve(this.#parts.requests.add(message, socket));
    }
  }

  /** A message that may be read; what may not is logged and dropped. */
  admit(frames: readonly Uint8Array[]): Message | undefined {
    try {
      return unpack(frames, this.#parts.signer);
    } catch (error) {
      log(`dropped a message: ${(error as Error).message}`);
      return undefined;
    }
  }

  /** Says `idle`; to a front end this means the whole kernel, so that a cell that still runs says `busy` anew. */
  done(request: Request): void {
    const { iopub, execution } = this.#parts;
    iopub.status("idle", request.message.header);
    if (execution.running) iopub.status("busy", execution.running.message.header);
  }

  /** The requests that the main thread has and has not answered. */
  get forwarded(): readonly number[] {
    return [...this.#forwarded.keys()];
  }

  /** Answers a request that got lost on the main thread. */
  abandon(id: number): void {
    const type = this.#forwarded.get(id)?.message.header.msg_type ?? "";
    this.answered(
      id,
      type.endsWith("_request")
        ? { status: "error", ename: "KeyboardInterrupt", evalue: "stopped by the user", traceback: [] }
        : undefined,
    );
  }

  /** The main thread has dealt with a request that was handed on. */
  answered(id: number, content: Fields | undefined): void {
    const request = this.#forwarded.get(id);
    if (!request) return;
    this.#forwarded.delete(id);
    if (content) this.#parts.requests.reply(request, content);
    this.done(request);
  }

  #serve(request: Request): void {
    const { iopub, requests, execution } = this.#parts;
    const { msg_type } = request.message.header;
    try {
      if (msg_type === "execute_request") return execution.add(request);
    } catch (error) {
      iopub.status("busy", request.message.header);
      requests.reply(request, refusal(error));
      return this.done(request);
    }
    iopub.status("busy", request.message.header);
    try {
      if (this.#answer(msg_type, request)) this.done(request);
    } catch (error) {
      if (!(error instanceof MessageError)) log(`${msg_type}: ${(error as Error).stack}`);
      if (msg_type.endsWith("_request")) requests.reply(request, refusal(error));
      else log(`dropped a ${msg_type}: ${(error as Error).message}`);
      this.done(request);
    }
  }

  /** @returns false when the answer comes later */
  #answer(type: string, request: Request): boolean {
    const { requests, comms, history, interrupter, connection, end } = this.#parts;
    const { content } = request.message;
    switch (type) {
      case "kernel_info_request":
        requests.reply(request, kernelInfo());
        return true;
      case "connect_request":
        requests.reply(request, { status: "ok", ...connection });
        return true;
      case "comm_info_request":
        requests.reply(request, comms.answer(content));
        return true;
      case "history_request":
        requests.reply(request, history.answer(content));
        return true;
      case "complete_request":
        return this.#forward(request, "complete", content.cursor_pos);
      case "inspect_request":
        return this.#forward(request, "inspect", content.cursor_pos);
      case "is_complete_request":
        return this.#forward(request, "isComplete", 0);
      case "comm_open":
      case "comm_msg":
      case "comm_close":
        return this.#comm(type, request);
      case "interrupt_request":
        void interrupter.interrupt().then(() => {
          requests.reply(request, { status: "ok" });
          this.done(request);
        });
        return false;
      case "shutdown_request":
        requests.reply(request, { status: "ok", restart: content.restart === true });
        this.done(request);
        end();
        return false;
      case "debug_request":
        requests.reply(request, noDebugger(content));
        return true;
      default:
        if (!this.#unknown.has(type) && this.#unknown.size < 100) {
          this.#unknown.add(type);
          log(`unknown message type ${JSON.stringify(type.slice(0, 100))}`);
        }
        return true;
    }
  }

  #forward(request: Request, kind: "complete" | "inspect" | "isComplete", cursor: unknown): false {
    const { code } = request.message.content;
    if (typeof code !== "string") throw new MessageError("code is not a text");
    this.#forwarded.set(request.id, request);
    this.#parts.post({ kind, request: request.id, code, cursor: utf16(code, cursor) });
    return false;
  }

  #comm(type: "comm_open" | "comm_msg" | "comm_close", request: Request): boolean {
    const { content, metadata, buffers } = request.message;
    if (!hasCommId(content)) throw new MessageError("comm_id is not a text");
    if (type !== "comm_open" && !this.#parts.comms.has(content.comm_id)) {
      log(`dropped a ${type}: no comm ${JSON.stringify(content.comm_id.slice(0, 100))}`);
      return true;
    }
    this.#parts.comms.note(type, content);
    // A copy of its own, that the main thread can look at as numbers of any width.
    const copies = buffers.map((buffer) => Uint8Array.from(buffer));
    this.#forwarded.set(request.id, request);
    this.#parts.post(
      { kind: "comm", request: request.id, type, content, metadata, buffers: copies },
      copies.map(({ buffer }) => buffer),
    );
    return false;
  }
}

function refusal(error: unknown): Fields {
  const { name, message } = error as Error;
  return { status: "error", ename: name, evalue: message, traceback: [`${name}: ${message}`] };
}

/** In the debugger's own form, so that a front end which asks all the same can show it. */
function noDebugger(content: Fields): Fields {
  return {
    type: "response",
    request_seq: content.seq ?? 0,
    seq: 0,
    success: false,
    command: content.command ?? "",
    message: "this kernel has no debugger",
    body: isFields(content.arguments) ? {} : undefined,
  };
}
