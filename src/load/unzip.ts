import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Unzip, UnzipInflate } from "fflate";
import { FileError } from "../errors.js";
import type { Work } from "../work.js";

/**
 * Writes one entry of a zip file to `target`, reading and writing by chunks: neither is ever whole in memory.
 *
 * @param entry the entry's full name inside the archive; its own words are never used as a path
 * @param limit the most bytes it may unpack to
 * @throws {FileError} when there is no such entry, or the archive is damaged, or the entry passes the limit
 */
export async function unzipEntry(
  archive: string,
  entry: string,
  target: string,
  limit: number,
  work: Work = {},
): Promise<void> {
  const out = await open(target, "w");
  try {
    let arrived: Uint8Array[] = [];
    let found = false;
    let finished = false;
    let failure: Error | null = null;
    const unzip = new Unzip((file) => {
      if (file.name !== entry || found) return;
      found = true;
      file.ondata = (error, chunk, final) => {
        failure ??= error;
        if (chunk) arrived.push(chunk);
        finished ||= final;
      };
      file.start();
    });
    unzip.register(UnzipInflate);
    let written = 0;
    for await (const chunk of createReadStream(archive, { highWaterMark: 1 << 18 })) {
      work.signal?.throwIfAborted();
      unzip.push(chunk);
      if (failure) throw failure;
      for (const piece of arrived) {
        written += piece.length;
        if (written > limit) throw new Error(`it unpacks to more than ${limit} bytes`);
        await out.write(piece);
      }
      work.progress?.(Math.min(written, limit), limit, "unpack");
      arrived = [];
      if (finished) return;
    }
    throw new Error(
      found ? `entry ${JSON.stringify(entry)} is cut off` : `it has no entry ${JSON.stringify(entry)}`,
    );
  } catch (cause) {
    if (work.signal?.aborted) throw work.signal.reason;
    const sentence = `can't be unpacked: ${(cause as Error).message}; delete it and fetch it again`;
    throw new FileError("unzip", archive, "malformed", sentence, { cause });
  } finally {
    await out.close();
  }
}
