/** The messages of Jupyter's protocol 5.4, and their way to and from ZeroMQ's frames. */
import { randomUUID } from "node:crypto";
import { MessageError } from "./message-error.js";
import type { Signer } from "./signer.js";

export const protocolVersion = "5.4";

/** Who sent a message, what it is and when. */
export interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly version: string;
}

/** JSON's object, as content and metadata are. */
export type Fields = Readonly<Record<string, unknown>>;

/** A message as it came in. */
export interface Message {
  /** The frames before the delimiter: where a reply goes to. */
  readonly identities: readonly Uint8Array[];
  readonly header: Header;
  readonly parent: Fields;
  readonly metadata: Fields;
  readonly content: Fields;
  readonly buffers: readonly Uint8Array[];
}

/** A message on its way out; content and metadata are JSON's text already. */
export interface Outgoing {
  readonly identities: readonly (Uint8Array | string)[];
  readonly type: string;
  readonly parent: Header | undefined;
  readonly metadata?: string;
  readonly content: string;
  readonly buffers?: readonly Uint8Array[];
}

const delimiter = Buffer.from("<IDS|MSG>");

/** This kernel process, as its headers name it. */
const session = randomUUID();
let sent = 0;

/**
 * The message that lies in these frames.
 *
 * @throws {MessageError} when a frame is missing, the signature is wrong or was seen before, or a part is not
 * the JSON object that it has to be
 */
export function unpack(frames: readonly Uint8Array[], signer: Signer): Message {
  const at = frames.findIndex((frame) => delimiter.equals(frame));
  if (at < 0) throw new MessageError("no <IDS|MSG> frame");
  const [signature, ...rest] = frames.slice(at + 1);
  if (rest.length < 4) throw new MessageError(`${rest.length} frames after the signature, wanted at least 4`);
  const signed = rest.slice(0, 4);
  signer.verify(signature, signed);
  const [header, parent, metadata, content] = signed.map(fields);
  return {
    identities: frames.slice(0, at),
    header: checkedHeader(header),
    parent,
    metadata,
    content,
    buffers: rest.slice(4),
  };
}

/** The frames of a message, signed. */
export function pack(message: Outgoing, signer: Signer): (Uint8Array | string)[] {
  const signed = [
    JSON.stringify(newHeader(message.type)),
    message.parent ? JSON.stringify(message.parent) : "{}",
    message.metadata ?? "{}",
    message.content,
  ];
  return [...message.identities, delimiter, signer.sign(signed), ...signed, ...(message.buffers ?? [])];
}

function newHeader(type: string): Header {
  return {
    msg_id: `${session}_${sent++}`,
    msg_type: type,
    session,
    username: "kernel",
    date: new Date().toISOString(),
    version: protocolVersion,
  };
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function fields(frame: Uint8Array, index: number): Fields {
  const part = ["header", "parent header", "metadata", "content"][index];
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(frame));
  } catch (error) {
    throw new MessageError(`its ${part} is not JSON (${(error as Error).message.slice(0, 80)})`);
  }
  if (!isFields(value)) throw new MessageError(`its ${part} is not an object`);
  return value;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function checkedHeader(header: Fields): Header {
  for (const name of ["msg_id", "msg_type"]) {
    if (typeof header[name] !== "string") throw new MessageError(`its header's ${name} is not a text`);
  }
  return header as unknown as Header;
}
