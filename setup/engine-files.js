import { createHash } from "node:crypto";
import {
  constants,
  copyFileSync,
  createReadStream,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { SetupError } from "./setup-error.js";

/** What an install adds to the tfjs-node package. */
const added = ["deps/lib", "lib"];

/**
 * @typedef {{ path: string, bytes: number, sha256: string } | { path: string, link: string }} EngineFile
 *   one file of an engine, its path relative to the package; or a link to one beside it
 */

/**
 * What an engine consists of.
 *
 * @param {string} folder a completed package
 * @returns {Promise<EngineFile[]>}
 */
export async function engineFiles(folder) {
  const files = [];
  for (const path of paths(folder)) {
    const whole = join(folder, path);
    if (lstatSync(whole).isSymbolicLink()) files.push({ path, link: readlinkSync(whole) });
    else files.push({ path, bytes: statSync(whole).size, sha256: await sha256Of(whole) });
  }
  return files;
}

/**
 * Puts an engine's files from one package into another: as hard links, or copies where the two lie on different
 * disks. Each appears in one step; the binding, which makes them an engine, comes last.
 *
 * @param {string} from
 * @param {readonly EngineFile[]} files
 * @param {string} to
 * @throws {SetupError} where a file is not what it was when it was made
 */
export async function placeFiles(from, files, to) {
  for (const file of [...files].sort((a, b) => Number(isBinding(a)) - Number(isBinding(b)))) {
    const source = join(from, file.path);
    const target = join(to, file.path);
    const draft = `${target}.${process.pid}.tmp`;
    mkdirSync(dirname(target), { recursive: true });
    rmSync(draft, { force: true });
    if ("link" in file) {
      symlinkSync(file.link, draft);
    } else {
      const sha256 = await sha256Of(source).catch(() => "missing");
      if (sha256 !== file.sha256) throw new SetupError(`${source} was damaged (its SHA-256 is ${sha256})`);
      try {
        linkSync(source, draft);
      } catch {
        copyFileSync(source, draft, constants.COPYFILE_FICLONE);
      }
    }
    renameSync(draft, target);
  }
}

/** Takes an engine's files out of a package again. @param {string} home */
export function removeFiles(home) {
  for (const folder of added) rmSync(join(home, folder), { recursive: true, force: true });
}

/**
 * How a package's added files look from outside: enough to see whether anyone touched them.
 *
 * @param {string} home
 * @returns {string[]}
 */
export function glance(home) {
  return paths(home).map((path) => {
    const { size, mtimeMs } = statSync(join(home, path));
    return `${path} ${size} ${mtimeMs}`;
  });
}

/** @param {string} home @returns {string[]} */
function paths(home) {
  const list = (/** @type {string} */ folder) => {
    /** @type {string[]} */
    const found = [];
    let entries;
    try {
      entries = readdirSync(join(home, folder), { withFileTypes: true });
    } catch {
      return found;
    }
    for (const entry of entries) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) found.push(...list(path));
      else if (!entry.name.endsWith(".tmp")) found.push(path);
    }
    return found;
  };
  return added.flatMap(list).sort();
}

/** @param {EngineFile} file */
function isBinding(file) {
  return file.path.endsWith(".node");
}

/** @param {string} path */
async function sha256Of(path) {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest("hex");
}
