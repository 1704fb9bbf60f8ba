import { open, stat } from "node:fs/promises";
import { FileError } from "../errors.js";
import type { Work } from "../work.js";

/** A run of bytes in a file. */
export interface Range {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

/** Checks that a file is long enough for a range that another file claims. */
export async function checkRange(where: string, range: Range, what: string): Promise<void> {
  const { size } = await stat(range.path);
  if (range.offset + range.length > size) {
    const sentence = `has ${size} bytes, but ${what} is said to lie at ${range.offset} … ${range.offset + range.length}; fetch it again`;
    throw new FileError(where, range.path, "truncated", sentence);
  }
}

/** The bytes of a range that was checked. */
export async function readRange(where: string, range: Range, work: Work = {}): Promise<Uint8Array> {
  work.signal?.throwIfAborted();
  const file = await open(range.path, "r");
  try {
    const bytes = new Uint8Array(range.length);
    let done = 0;
    while (done < range.length) {
      work.signal?.throwIfAborted();
      const want = Math.min(range.length - done, 1 << 26);
      const { bytesRead } = await file.read(bytes, done, want, range.offset + done);
      if (bytesRead === 0) throw new FileError(where, range.path, "truncated", "ended while it was read");
      done += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}
