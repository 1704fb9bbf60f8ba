import type { Router } from "zeromq";
import { type Fields, type Header, type Message, pack } from "./message.js";
import { Sender } from "./sender.js";
import type { Signer } from "./signer.js";

/** A message that was let in, with its number and the way back. */
export interface Request {
  readonly id: number;
  readonly message: Message;
  readonly socket: Router;
}

/** Cells are remembered for good, since their timers may still print; so many others too. */
const remembered = 1000;

/** Numbers the requests, remembers in whose name something is published, and answers them. */
export class Requests {
  readonly #signer: Signer;
  readonly #cells = new Map<number, Header>();
  readonly #others = new Map<number, Header>();
  readonly #senders = new Map<Router, Sender>();
  #last = 0;

  constructor(signer: Signer) {
    this.#signer = signer;
  }

  add(message: Message, socket: Router): Request {
    const id = ++this.#last;
    const { header } = message;
    if (header.msg_type === "execute_request") this.#cells.set(id, header);
    else this.#others.set(id, header);
    this.#others.delete(id - remembered);
    return { id, message, socket };
  }

  /** The header of a request, to be named as parent. */
  header(id: number): Header | undefined {
    return this.#cells.get(id) ?? this.#others.get(id);
  }

  reply(request: Request, content: Fields, type: string = replyType(request)): void {
    this.send(request.socket, request, type, content);
  }

  /** Sends to who made the request, over the given socket. */
  send(socket: Router, { message }: Request, type: string, content: Fields): void {
    const { identities, header } = message;
    let sender = this.#senders.get(socket);
    if (!sender) {
      sender = new Sender(socket);
      this.#senders.set(socket, sender);
    }
    sender.send(pack({ identities, type, parent: header, content: JSON.stringify(content) }, this.#signer));
  }

  /** Comes back when everything has been handed to the sockets. */
  async drained(): Promise<void> {
    await Promise.all([...this.#senders.values()].map((sender) => sender.drained()));
  }
}

function replyType({ message }: Request): string {
  return message.header.msg_type.replace(/_request$/, "_reply");
}
