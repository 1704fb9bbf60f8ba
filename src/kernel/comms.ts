import { randomUUID } from "node:crypto";
import { toBytes, toView } from "./bytes.js";
import type { ToMain } from "./letters.js";
import type { Comm, CommOptions } from "./notebook-kernel.js";
import type { Outlet } from "./outlet.js";
import { Run, runs } from "./run.js";

type MessageHandler = (data: unknown, buffers: readonly DataView[]) => unknown;
type OpenHandler = (comm: Comm, data: unknown, buffers: readonly DataView[]) => unknown;

interface OpenComm {
  readonly comm: Comm;
  /** The request of the cell that it belongs to. */
  readonly output: number;
  readonly message: Set<MessageHandler>;
  readonly close: Set<(data: unknown) => unknown>;
}

/** The comms of this kernel, opened by either side. */
export class Comms {
  readonly #outlet: Outlet;
  readonly #complain: (error: unknown) => void;
  readonly #open = new Map<string, OpenComm>();
  readonly #targets = new Map<string, OpenHandler>();
  /** Messages that handlers are still at. */
  readonly #serving = new Map<number, Run>();

  constructor(outlet: Outlet, complain: (error: unknown) => void) {
    this.#outlet = outlet;
    this.#complain = complain;
  }

  open(target: string, data: unknown = {}, options: CommOptions = {}, id: string = randomUUID()): Comm {
    const { comm } = this.#add(id, target, runs.getStore()?.output ?? 0);
    try {
      this.#send("comm_open", { comm_id: id, target_name: target, data }, options);
    } catch (error) {
      this.#open.delete(id);
      throw error;
    }
    return comm;
  }

  onOpen(target: string, handler: OpenHandler): () => void {
    this.#targets.set(target, handler);
    return () => {
      if (this.#targets.get(target) === handler) this.#targets.delete(target);
    };
  }

  /** A message of the front end's; user code is started from here and nowhere deeper. */
  receive(letter: ToMain & { kind: "comm" }): void {
    const { type, request, content, buffers } = letter;
    const id = content.comm_id as string;
    if (type === "comm_open") this.#accept(id, String(content.target_name), request);
    const opened = this.#open.get(id);
    if (!opened) return this.#outlet.post({ kind: "served", request });
    const run = new Run(request, opened.output);
    this.#serving.set(request, run);
    const views = buffers.map(toView);
    const handle = async () => {
      const target = this.#targets.get(opened.comm.target);
      if (type === "comm_open") await target?.(opened.comm, content.data, views);
      else if (type === "comm_msg") await every(opened.message, (handler) => handler(content.data, views));
      else {
        this.#open.delete(id);
        await every(opened.close, (handler) => handler(content.data));
      }
    };
    runs.run(run, () => {
      handle()
        .catch((error) => {
          if (!run.interrupted) this.#complain(error);
        })
        .finally(() => this.#served(request));
    });
  }

  /** Handlers that are still at it are told to stop, and waited for no longer. */
  interrupt(): void {
    for (const [request, run] of this.#serving) {
      run.interrupt();
      this.#served(request);
    }
  }

  #served(request: number): void {
    if (this.#serving.delete(request)) this.#outlet.post({ kind: "served", request });
  }

  /** A front end's comm to a target that nobody answers is closed at once, as the protocol has it. */
  #accept(id: string, target: string, request: number): void {
    if (this.#targets.has(target) && !this.#open.has(id)) this.#add(id, target, request);
    else if (!this.#targets.has(target)) {
      runs.run(new Run(request), () => this.#send("comm_close", { comm_id: id, data: {} }, {}));
    }
  }

  #add(id: string, target: string, output: number): OpenComm {
    const message = new Set<MessageHandler>();
    const close = new Set<(data: unknown) => unknown>();
    const comm: Comm = {
      id,
      target,
      send: (data, options = {}) => {
        this.#mustBeOpen(id);
        this.#send("comm_msg", { comm_id: id, data }, options);
      },
      onMessage: (handler) => add(message, handler),
      onClose: (handler) => add(close, handler),
      close: (data = {}) => {
        if (this.#open.delete(id)) this.#send("comm_close", { comm_id: id, data }, {});
      },
    };
    const opened: OpenComm = { comm, output, message, close };
    this.#open.set(id, opened);
    return opened;
  }

  #mustBeOpen(id: string): void {
    if (!this.#open.has(id)) throw new Error(`comm ${id}: it is closed; open a new one`);
  }

  #send(type: string, content: object, { metadata = {}, buffers = [] }: CommOptions): void {
    this.#outlet.comm(type, content, metadata, buffers.map(toBytes));
  }
}

function add<Handler>(handlers: Set<Handler>, handler: Handler): () => void {
  handlers.add(handler);
  return () => void handlers.delete(handler);
}

/** Calls each, also when one fails; then fails as the first did. */
async function every<Handler>(
  handlers: Iterable<Handler>,
  call: (handler: Handler) => unknown,
): Promise<void> {
  const results = await Promise.allSettled([...handlers].map(async (handler) => call(handler)));
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}
