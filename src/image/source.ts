import { type FileHandle, open } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ArgumentError, DownloadError, FileError } from "../errors.js";
import { pictureFormat } from "./format.js";

/** More bytes than any photograph has; what is larger is refused before it is read. */
const largestFile = 256 * 2 ** 20;
const tooLarge = `is larger than ${largestFile / 2 ** 20} MiB; save the picture smaller or compressed`;

/** A picture's file, still encoded. */
export interface Encoded {
  readonly bytes: Uint8Array;
  /** What to call it in messages and pictures. */
  readonly name: string;
}

/** Where to stop waiting for a server. */
export interface Waiting {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for the whole download. */
  readonly timeout: number;
}

/** The bytes of a picture's file, from wherever it lies. */
export async function fetchBytes(source: string | URL | Uint8Array, waiting: Waiting): Promise<Encoded> {
  waiting.signal?.throwIfAborted();
  if (source instanceof Uint8Array) return { bytes: source, name: "picture" };
  if (typeof source !== "string" && !(source instanceof URL))
    throw new ArgumentError("readImage", "source", source, "a path, a URL or a picture's bytes");
  const text = String(source);
  const scheme = /^(file|https?|data):/i.exec(text)?.[1].toLowerCase();
  if (scheme === "file") return fromFile(filePath(text), waiting.signal);
  if (scheme) return fromUrl(text, scheme === "data", waiting);
  if (source instanceof URL)
    throw new ArgumentError("readImage", "source", text, "a file:, http:, https: or data: URL");
  return fromFile(text, waiting.signal);
}

function filePath(url: string): string {
  try {
    return fileURLToPath(url);
  } catch (cause) {
    throw new FileError("readImage", url, "malformed", "is no URL of a file on this machine", { cause });
  }
}

/** Looks before it reads: a folder, a device, a video or a huge file costs one small read. */
async function fromFile(path: string, signal: AbortSignal | undefined): Promise<Encoded> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, "r");
    const { size, isFile } = await file.stat().then((stat) => ({ size: stat.size, isFile: stat.isFile() }));
    if (!isFile) throw new FileError("readImage", path, "unreadable", "is no file; name one picture");
    const start = new Uint8Array(Math.min(size, 32));
    await file.read(start, 0, start.length, 0);
    if (size > 0 && pictureFormat(start) === undefined) return { bytes: start, name: basename(path) };
    if (size > largestFile) throw new FileError("readImage", path, "unreadable", tooLarge);
    return { bytes: await file.readFile({ signal }), name: basename(path) };
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof FileError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") {
      const sentence = `no such file; looked for ${resolve(path)}`;
      throw new FileError("readImage", path, "missing", sentence, { cause });
    }
    throw new FileError("readImage", path, "unreadable", `could not be read (${code ?? cause})`, { cause });
  } finally {
    await file?.close();
  }
}

async function fromUrl(url: string, inline: boolean, { signal, timeout }: Waiting): Promise<Encoded> {
  const late = AbortSignal.timeout(timeout);
  try {
    const answer = await fetch(url, { signal: signal ? AbortSignal.any([signal, late]) : late });
    if (!answer.ok) throw new Error(`answered ${answer.status} ${answer.statusText}`.trim());
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of answer.body ?? []) {
      length += chunk.length;
      if (length > largestFile) throw new FileError("readImage", url, "unreadable", tooLarge);
      chunks.push(chunk);
    }
    return { bytes: Buffer.concat(chunks, length), name: inline ? "data URL" : lastPart(url) };
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof FileError) throw cause;
    if (inline) throw new FileError("readImage", url, "malformed", "is no data: URL", { cause });
    const answer = late.aborted ? `no complete answer within ${timeout / 1000} s` : reason(cause);
    throw new DownloadError(
      "readImage",
      "the picture",
      [`${shortened(url)}: ${answer}`],
      "check the address",
    );
  }
}

/** `fetch` hides what went wrong one level down. */
function reason(cause: unknown): string {
  const inner = (cause as Error).cause as NodeJS.ErrnoException | undefined;
  return String(inner?.code ?? inner?.message ?? (cause as Error).message);
}

function lastPart(url: string): string {
  const part = new URL(url).pathname.split("/").at(-1);
  try {
    return decodeURIComponent(part ?? "") || new URL(url).host;
  } catch {
    return String(part);
  }
}

function shortened(url: string): string {
  return url.length > 200 ? `${url.slice(0, 199)}…` : url;
}
