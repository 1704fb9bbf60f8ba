import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * A stamp is a small JSON file that says what a finished step was made from. It is written last, under
 * another name first, so that a step which was cut off has none.
 *
 * @param {string} path
 * @returns {any} undefined where there is none, or none that can be read
 */
export function readStamp(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** @param {string} path @param {unknown} content */
export function writeStamp(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`);
  renameSync(draft, path);
}

/** @param {string} path */
export function removeStamp(path) {
  rmSync(path, { force: true });
}

/**
 * One hash over the names and contents of files; of folders, everything in them.
 *
 * @param {string} root what the names are relative to
 * @param {readonly string[]} names files and folders that may also be missing
 * @returns {string} SHA-256, in hex
 */
export function hashOf(root, names) {
  const hash = createHash("sha256");
  const add = (/** @type {string} */ name) => {
    const path = join(root, name);
    let entries;
    try {
      entries = readdirSync(path);
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code === "ENOENT") return;
      if (code !== "ENOTDIR") throw error;
      const bytes = readFileSync(path);
      hash.update(`${name}\0${bytes.length}\0`).update(bytes);
      return;
    }
    for (const entry of entries.sort()) add(`${name}/${entry}`);
  };
  for (const name of names) add(name);
  return hash.digest("hex");
}
