import { createWriteStream } from "node:fs";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import bunzip2 from "unbzip2-stream";
import type { Work } from "../work.js";

/**
 * Fetches a bzip2 file from its own site and unpacks it on the way.
 *
 * @param target where to write it
 * @param bytes how many it unpacks to; more is refused
 * @param patience milliseconds until the site must have answered, and between two pieces
 * @throws {Error} whatever went wrong, in the words of what failed
 */
export async function downloadBzip2(
  url: string,
  target: string,
  bytes: number,
  work: Work = {},
  patience = 10_000,
): Promise<void> {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(new Error(`no answer within ${patience / 1000} s`)), patience);
  const signal = work.signal ? AbortSignal.any([work.signal, stalled.signal]) : stalled.signal;
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || response.body === null) throw new Error(`it answered ${response.status}`);
    const body = Readable.fromWeb(response.body as ReadableStream);
    body.on("data", () => timer.refresh());
    await unpackTo(body, target, bytes, { ...work, signal });
  } catch (error) {
    work.signal?.throwIfAborted();
    if (stalled.signal.aborted) throw stalled.signal.reason;
    // fetch says only that it failed; its cause says why.
    throw error instanceof TypeError && error.cause instanceof Error ? error.cause : error;
  } finally {
    clearTimeout(timer);
  }
}

/** Unpacks a bzip2 stream into a file. */
async function unpackTo(packed: Readable, target: string, bytes: number, work: Work): Promise<void> {
  let done = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, next): void {
      done += chunk.length;
      work.progress?.(Math.min(done, bytes), bytes, "download and unpack");
      next(done > bytes ? new Error(`it unpacks to more than ${bytes} bytes`) : null, chunk);
    },
  });
  await pipeline(unbzipped(packed), count, createWriteStream(target), { signal: work.signal });
}

/** The unpacked bytes of a bzip2 stream; what goes wrong below reaches the reader. */
export function unbzipped(packed: Readable): Readable {
  const unpacked = bunzip2();
  const readable = new Readable();
  packed.on("error", (error) => readable.destroy(error));
  // Before the wrapper's own, which would pass the words on as they are.
  unpacked.on("error", (error: unknown) => {
    const why = error instanceof Error ? error.message : error;
    readable.destroy(new Error(`it is no whole bzip2 file (${why})`, { cause: error }));
  });
  readable.wrap(unpacked as unknown as NodeJS.ReadableStream);
  readable.on("close", () => packed.destroy());
  packed.pipe(unpacked);
  return readable;
}
