import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { extract } from "tar-stream";
import type { Work } from "../work.js";
import { unbzipped } from "./public-download.js";
import { run } from "./run.js";

/** A file in one of the archives that a Debian source package consists of. */
export interface InDebianSource {
  readonly package: string;
  /** How the archive's name ends. */
  readonly archive: RegExp;
  /** The archive's size, or about that, for the progress shown. */
  readonly archiveBytes: number;
  /** The file's name in the archive, whatever folder it lies in. */
  readonly file: string;
  readonly bytes: number;
}

/**
 * Fetches a file out of a Debian source package by the machine's own `apt-get`, from the mirrors that the machine has
 * in its list. apt works in a folder of its own: no root is needed and nothing of the machine is changed.
 *
 * @param folder where to work, and where the file is left
 * @returns the file's path
 * @throws {Error} whatever went wrong, in words
 */
export async function fromDebianSource(
  source: InDebianSource,
  folder: string,
  work: Work = {},
): Promise<string> {
  const root = join(folder, "apt");
  const downloads = join(root, "downloads");
  for (const part of ["etc", "state/lists/partial", "cache/archives/partial", "downloads"]) {
    await mkdir(join(root, part), { recursive: true });
  }
  if ((await copySources(join(root, "etc"))) === 0)
    throw new Error("this machine has no list of Debian mirrors");
  const status = join(root, "status");
  await writeFile(status, "");
  const options = [
    `Dir::State=${join(root, "state")}`,
    `Dir::State::status=${status}`,
    `Dir::Cache=${join(root, "cache")}`,
    `Dir::Log=${root}`,
    "Dir::Etc::sourcelist=/dev/null",
    `Dir::Etc::sourceparts=${join(root, "etc")}`,
  ].flatMap((option) => ["-o", option]);
  // One mirror of several may fail here: what matters is whether the package is found afterwards.
  const update = await run("apt-get", [...options, "update"], work);
  if (update.code === "missing") throw new Error("apt-get is not installed");
  const archive = await downloadSource(source, options, downloads, work);
  const target = join(folder, source.file);
  await untar(archive, source, target, work);
  return target;
}

/** Lets apt-get fetch the whole source package and returns the path of the archive wanted. */
async function downloadSource(
  source: InDebianSource,
  options: readonly string[],
  downloads: string,
  work: Work,
): Promise<string> {
  const arriving = setInterval(async () => {
    const path = await archiveIn(downloads, source).catch(() => undefined);
    const size = path === undefined ? undefined : (await stat(path).catch(() => undefined))?.size;
    if (size)
      work.progress?.(Math.min(size, source.archiveBytes), source.archiveBytes, `download ${source.package}`);
  }, 250);
  try {
    const args = [...options, "source", "--download-only", "--quiet=2", source.package];
    const ran = await run("apt-get", args, work, { cwd: downloads });
    const archive = await archiveIn(downloads, source);
    if (ran.code === 0 && archive !== undefined) return archive;
    throw new Error(`apt-get source ended with ${ran.code}: ${ran.output.trim().split("\n").at(-1)}`);
  } finally {
    clearInterval(arriving);
  }
}

async function archiveIn(folder: string, { archive }: InDebianSource): Promise<string | undefined> {
  const name = (await readdir(folder)).find((one) => archive.test(one));
  return name && join(folder, name);
}

/** Copies the machine's lists of mirrors, asking for sources where they ask for packages. */
async function copySources(target: string): Promise<number> {
  const found: string[] = [];
  for (const folder of ["/etc/apt", "/etc/apt/sources.list.d"]) {
    for (const name of await readdir(folder).catch(() => [])) {
      if (/\.(list|sources)$/.test(name)) found.push(join(folder, name));
    }
  }
  for (const [i, path] of found.entries()) {
    const text = await readFile(path, "utf8");
    const wanted = path.endsWith(".list")
      ? text.replace(/^\s*deb(?=\s)/gm, "deb-src")
      : text.replace(/^Types:.*$/gim, "Types: deb-src");
    await writeFile(join(target, `${i}${path.endsWith(".list") ? ".list" : ".sources"}`), wanted);
  }
  return found.length;
}

/** Writes one entry of a .tar.bz2 file, and reads no further. */
async function untar(archive: string, source: InDebianSource, target: string, work: Work): Promise<void> {
  const tar = extract();
  const unpacked = unbzipped(createReadStream(archive, { highWaterMark: 1 << 18 }));
  unpacked.on("error", (error) => tar.destroy(error));
  unpacked.pipe(tar);
  let done = 0;
  for await (const entry of tar) {
    work.signal?.throwIfAborted();
    if (entry.header.name.split("/").at(-1) !== source.file || entry.header.size !== source.bytes) {
      entry.resume();
      continue;
    }
    entry.on("data", (chunk: unknown) => {
      done += (chunk as Buffer).length;
      work.progress?.(done, source.bytes, `unpack ${source.package}`);
    });
    await pipeline(entry, createWriteStream(target), { signal: work.signal });
    unpacked.destroy();
    return;
  }
  throw new Error(`${source.file} is not in it`);
}
