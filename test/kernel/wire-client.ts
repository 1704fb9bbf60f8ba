/**
 * A client of the protocol, written from its specification and not from the kernel's own files: what both
 * got wrong together would not be seen otherwise.
 */
import { createHmac, randomUUID } from "node:crypto";
import { Dealer, Request, Subscriber } from "zeromq";

export interface Received {
  readonly topic: string;
  readonly type: string;
  readonly id: string;
  readonly parent: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects, and fails where it is not there
  readonly content: any;
  // biome-ignore lint/suspicious/noExplicitAny: likewise
  readonly metadata: any;
  // biome-ignore lint/suspicious/noExplicitAny: likewise
  readonly header: any;
  readonly buffers: readonly Buffer[];
}

export interface ConnectionFile {
  readonly transport: string;
  readonly ip: string;
  readonly key: string;
  readonly signature_scheme: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly control_port: number;
  readonly hb_port: number;
}

type Channel = "shell" | "control" | "stdin" | "iopub";

const delimiter = "<IDS|MSG>";

export class WireClient {
  readonly sockets: { shell: Dealer; control: Dealer; stdin: Dealer; iopub: Subscriber; heartbeat: Request };
  readonly received: Record<Channel, Received[]> = { shell: [], control: [], stdin: [], iopub: [] };
  readonly #key: string;
  readonly #session = randomUUID();
  /** What was printed so far, by the id of the message in whose name it was. */
  readonly printed: Map<string, string> = new Map();
  #waiting: (() => void)[] = [];
  #gone: string | undefined;

  constructor(connection: ConnectionFile) {
    this.#key = connection.key;
    const routingId = this.#session;
    this.sockets = {
      shell: new Dealer({ routingId, linger: 0 }),
      control: new Dealer({ routingId, linger: 0 }),
      stdin: new Dealer({ routingId, linger: 0 }),
      iopub: new Subscriber({ receiveHighWaterMark: 0, linger: 0 }),
      heartbeat: new Request({ linger: 0 }),
    };
    const to = (port: number) =>
      connection.transport === "ipc" ? `ipc://${connection.ip}-${port}` : `tcp://${connection.ip}:${port}`;
    this.sockets.shell.connect(to(connection.shell_port));
    this.sockets.control.connect(to(connection.control_port));
    this.sockets.stdin.connect(to(connection.stdin_port));
    this.sockets.iopub.connect(to(connection.iopub_port));
    this.sockets.iopub.subscribe();
    this.sockets.heartbeat.connect(to(connection.hb_port));
    for (const channel of ["shell", "control", "stdin", "iopub"] as const) void this.#listen(channel);
  }

  /** The signed frames of a message, before anybody tampers with them. */
  frames(
    type: string,
    content: object,
    { parent = {}, metadata = {}, buffers = [] as readonly Uint8Array[], id = randomUUID() as string } = {},
  ): (string | Uint8Array)[] {
    const header = {
      msg_id: id,
      msg_type: type,
      session: this.#session,
      username: "test",
      date: new Date().toISOString(),
      version: "5.4",
    };
    const parts = [header, parent, metadata, content].map((part) => JSON.stringify(part));
    return [delimiter, this.sign(parts), ...parts, ...buffers];
  }

  sign(parts: readonly string[]): string {
    if (this.#key === "") return "";
    const hmac = createHmac("sha256", this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }

  /** @returns the message's id */
  async send(
    channel: "shell" | "control" | "stdin",
    type: string,
    content: object,
    more: { parent?: object; metadata?: object; buffers?: readonly Uint8Array[] } = {},
  ): Promise<string> {
    const id = randomUUID();
    await this.sockets[channel].send(this.frames(type, content, { ...more, id }));
    return id;
  }

  /** The first message, among those that came and those to come, that fits. */
  async next(
    channel: Channel,
    fits: (message: Received) => boolean,
    what: string,
    timeout = 50_000,
  ): Promise<Received> {
    const deadline = Date.now() + timeout;
    const received = this.received[channel];
    for (let looked = 0; ; ) {
      for (; looked < received.length; looked++) if (fits(received[looked])) return received[looked];
      if (this.#gone !== undefined) throw new Error(`${what} will not come: ${this.#gone}`);
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`${what} did not come within ${timeout} ms`);
      await new Promise<void>((wake) => {
        const timer = setTimeout(wake, left);
        this.#waiting.push(() => {
          clearTimeout(timer);
          wake();
        });
      });
    }
  }

  /** The kernel has ended: nothing more will come. */
  gone(why: string): void {
    this.#gone = why;
    this.#wake();
  }

  close(): void {
    for (const socket of Object.values(this.sockets)) socket.close();
  }

  async #listen(channel: Channel): Promise<void> {
    for await (const frames of this.sockets[channel]) {
      const message = this.#read(frames as Buffer[]);
      this.received[channel].push(message);
      if (message.type === "stream" && message.parent) {
        this.printed.set(message.parent, (this.printed.get(message.parent) ?? "") + message.content.text);
      }
      this.#wake();
    }
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  #read(frames: readonly Buffer[]): Received {
    const at = frames.findIndex((frame) => frame.toString() === delimiter);
    const [signature, ...rest] = frames.slice(at + 1);
    const parts = rest.slice(0, 4).map(String);
    if (signature.toString() !== this.sign(parts)) throw new Error(`wrong signature on ${parts[0]}`);
    const [header, parent, metadata, content] = parts.map((part) => JSON.parse(part));
    return {
      topic: at > 0 ? frames[0].toString() : "",
      type: header.msg_type,
      id: header.msg_id,
      parent: parent.msg_id,
      content,
      metadata,
      header,
      buffers: rest.slice(4),
    };
  }
}
