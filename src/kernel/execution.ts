import type { History } from "./history.js";
import type { Iopub } from "./iopub.js";
import type { ToMain, ToWire } from "./letters.js";
import { type Fields, isFields } from "./message.js";
import { MessageError } from "./message-error.js";
import type { Request, Requests } from "./requests.js";

interface Cell {
  readonly request: Request;
  readonly code: string;
  readonly silent: boolean;
  readonly stored: boolean;
  readonly stopOnError: boolean;
  readonly letter: (name: string) => ToMain;
  /** Given when its turn comes. */
  count: number;
}

interface Parts {
  readonly iopub: Iopub;
  readonly requests: Requests;
  readonly history: History;
  readonly post: (letter: ToMain) => void;
}

/** The cells, one after the other. */
export class Execution {
  readonly #parts: Parts;
  #waiting: Cell[] = [];
  #running: Cell | undefined;
  readonly #silent = new Set<number>();
  #count = 0;
  #unstored = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The request that runs now. */
  get running(): Request | undefined {
    return this.#running?.request;
  }

  /** Whether nothing that this request publishes is to be heard. */
  silent(id: number): boolean {
    return this.#silent.has(id);
  }

  add(request: Request): void {
    const cell = read(request);
    if (cell.silent) this.#silent.add(request.id);
    this.#waiting.push(cell);
    this.#next();
  }

  #next(): void {
    if (this.#running) return;
    const cell = this.#waiting.shift();
    if (!cell) return;
    const { iopub, history, post } = this.#parts;
    const { header } = cell.request.message;
    this.#running = cell;
    if (cell.stored) cell.count = ++this.#count;
    else cell.count = this.#count;
    iopub.status("busy", header);
    if (!cell.silent) {
      const content = JSON.stringify({ code: cell.code, execution_count: cell.count });
      iopub.publish({ type: "execute_input", parent: header, content });
    }
    if (cell.stored) history.add(cell.count, cell.code);
    post(cell.letter(cell.stored ? `cell[${cell.count}]` : `unstored[${++this.#unstored}]`));
  }

  /** The number that a result of this request is shown with. */
  count(id: number): number {
    return this.#running?.request.id === id ? this.#running.count : this.#count;
  }

  /** Ends the running cell; an ended one that speaks again is not heard. */
  end({ request, failed, content, result }: ToWire & { kind: "executed" }): void {
    const cell = this.#running;
    if (cell?.request.id !== request) return;
    const { iopub, requests, history } = this.#parts;
    this.#running = undefined;
    if (cell.stored && result !== undefined) history.result(cell.count, result);
    iopub.flush();
    requests.reply(cell.request, { ...content, execution_count: cell.count });
    iopub.status("idle", cell.request.message.header);
    if (failed && cell.stopOnError) this.#abort();
    this.#next();
  }

  /** Ends a cell that can't answer any more. */
  abandon(request: number): void {
    const cell = this.#running;
    if (cell?.request.id !== request) return;
    const content = {
      ename: "KeyboardInterrupt",
      evalue: "stopped by the user",
      traceback: ["KeyboardInterrupt: stopped by the user"],
    };
    if (!cell.silent) {
      const { header } = cell.request.message;
      this.#parts.iopub.publish({ type: "error", parent: header, content: JSON.stringify(content) });
    }
    this.end({
      kind: "executed",
      request,
      failed: true,
      content: { status: "error", ...content },
      result: undefined,
    });
  }

  /** What waits behind a cell that failed is not run. */
  #abort(): void {
    const aborted = this.#waiting;
    this.#waiting = [];
    const { iopub, requests } = this.#parts;
    for (const { request } of aborted) {
      iopub.status("busy", request.message.header);
      requests.reply(request, { status: "aborted", execution_count: this.#count });
      iopub.status("idle", request.message.header);
    }
  }
}

function read(request: Request): Cell {
  const { content } = request.message;
  const { code, user_expressions = {} } = content;
  if (typeof code !== "string") throw new MessageError("code is not a text");
  if (!isFields(user_expressions)) throw new MessageError("user_expressions is not an object");
  const silent = content.silent === true;
  return {
    request,
    code,
    silent,
    stored: !silent && content.store_history !== false,
    stopOnError: content.stop_on_error !== false,
    count: 0,
    letter: (name) => ({
      kind: "execute",
      request: request.id,
      name,
      code,
      silent,
      allowStdin: content.allow_stdin === true,
      // Notebooks' front ends name the cell; what runs notebooks without a person can't be asked.
      console: content.allow_stdin === true && request.message.metadata.cellId === undefined,
      expressions: texts(user_expressions),
    }),
  };
}

function texts(fields: Fields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
