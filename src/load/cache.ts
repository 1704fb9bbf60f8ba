import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { FileError } from "../errors.js";
import type { Work } from "../work.js";

/** A file whose every byte is known beforehand. */
export interface Pinned {
  /** What to call it in the cache; a plain file name. */
  readonly file: string;
  /** Its size. */
  readonly bytes: number;
  /** Its SHA-256, in hexadecimal. */
  readonly sha256: string;
}

/** What decides where the cache lies. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

/**
 * The folder where downloads are kept, one for each user and outside of any project: `DECONVNET_CACHE` where it
 * is set, else the system's own place for caches. It need not exist yet. A class may share one that nobody can
 * write to, as long as what is asked for lies in it.
 *
 * @param around the environment, platform and home folder; this process's own where left out
 * @example
 * cacheFolder({ env: { DECONVNET_CACHE: "/srv/class" }, platform: "linux", home: "/home/ada" }); // "/srv/class"
 */
export function cacheFolder(
  around: Surroundings = { env: process.env, platform: process.platform, home: homedir() },
): string {
  const { env, platform, home } = around;
  if (env.DECONVNET_CACHE) return env.DECONVNET_CACHE;
  if (platform === "win32") return join(env.LOCALAPPDATA || join(home, "AppData", "Local"), "deconvnet");
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, "deconvnet");
  if (platform === "darwin") return join(home, "Library", "Caches", "deconvnet");
  return join(home, ".cache", "deconvnet");
}

/**
 * The path of a pinned file in the cache, made first where it is missing or damaged.
 *
 * Whoever makes it works in a folder of his own; the file is checked there by size and SHA-256 and only then moved
 * to its place in one step. So an interrupted download leaves nothing that could be taken for the whole, and two
 * at once do not disturb each other.
 *
 * @param make writes the file into the folder it is given and returns its path
 * @throws {FileError} `"checksum"` when what was made is not the pinned file; `"unreadable"` when the cache can't
 *   be written to
 */
export async function cached(
  pinned: Pinned,
  make: (folder: string, work: Work) => Promise<string>,
  work: Work = {},
  folder: string = cacheFolder(),
): Promise<string> {
  const place = join(folder, pinned.file);
  work.signal?.throwIfAborted();
  if ((await differs(place, pinned, work)) === undefined) return place;
  const workplace = await openWorkplace(folder, pinned);
  try {
    const made = await make(workplace, work);
    const difference = await differs(made, pinned, work);
    if (difference !== undefined) {
      throw new FileError(
        "cache",
        pinned.file,
        "checksum",
        `${difference}; what was fetched is not the file this version knows, try again or report it`,
      );
    }
    await rename(made, place);
    return place;
  } finally {
    await rm(workplace, { recursive: true, force: true });
  }
}

const abandonedAfter = 24 * 60 * 60 * 1000;
const workplaces = ".making-";

async function openWorkplace(folder: string, pinned: Pinned): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
    // What a killed run left behind; never what another run is busy with.
    for (const name of await readdir(folder)) {
      if (!name.startsWith(workplaces)) continue;
      const path = join(folder, name);
      const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now());
      if (age > abandonedAfter) await rm(path, { recursive: true, force: true });
    }
    return await mkdtemp(join(folder, workplaces));
  } catch (cause) {
    const sentence = `is not in the cache, which can't be written to (${(cause as NodeJS.ErrnoException).code}); put the file at ${join(folder, pinned.file)}, or set DECONVNET_CACHE to a folder that can be written to`;
    throw new FileError("cache", pinned.file, "unreadable", sentence, { cause });
  }
}

/** What tells a file from the pinned one, in words; `undefined` when nothing does. */
async function differs(path: string, pinned: Pinned, work: Work): Promise<string | undefined> {
  const size = (await stat(path).catch(() => undefined))?.size;
  if (size === undefined) return "it is missing";
  if (size !== pinned.bytes) return `it has ${size} bytes, wanted ${pinned.bytes}`;
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    work.signal?.throwIfAborted();
    hash.update(chunk);
  }
  const sha256 = hash.digest("hex");
  return sha256 === pinned.sha256 ? undefined : `its SHA-256 is ${sha256}, wanted ${pinned.sha256}`;
}
