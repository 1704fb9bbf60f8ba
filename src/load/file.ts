import { readFile, stat } from "node:fs/promises";
import { FileError } from "../errors.js";
import type { Work } from "../work.js";

/** The most bytes that one read takes, and the most that a protobuf may have. */
const limit = 2 ** 31 - 1;

/**
 * All bytes of a file, or a `FileError` that says what is wrong with it. Memory goes by the file's real size, never
 * by what a header claims.
 */
export async function readBytes(where: string, path: string, work: Work = {}): Promise<Uint8Array> {
  work.signal?.throwIfAborted();
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new FileError(where, path, "unreadable", "is not a file");
    if (found.size > limit) {
      const sentence = `has ${found.size} bytes, at most ${limit} can be read at once; save its weights apart from its graph`;
      throw new FileError(where, path, "unreadable", sentence);
    }
    return await readFile(path, { signal: work.signal });
  } catch (cause) {
    if (work.signal?.aborted) throw work.signal.reason;
    if (cause instanceof FileError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new FileError(where, path, "missing", "there is no such file", { cause });
    }
    throw new FileError(where, path, "unreadable", `can't be read (${code})`, { cause });
  }
}
