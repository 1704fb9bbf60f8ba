import { randomUUID } from "node:crypto";
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** A holder shows every two seconds that it lives; one that was silent for a minute is taken for dead. */
const sign = 2000;
const silence = 60_000;
/** What a killed holder had started ends within two seconds: see tether.js. */
const grace = 2500;

/**
 * Does some work while no other process does work under the same lock. A lock left by a process that was
 * killed counts for nothing.
 *
 * @template T
 * @param {string} path the lock's file
 * @param {(holder: string) => void} waiting hears, once, who holds it where we have to wait
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function locked(path, waiting, work) {
  mkdirSync(dirname(path), { recursive: true });
  const mine = JSON.stringify({ id: randomUUID(), pid: process.pid, host: hostname() });
  for (let told = false; !take(path, mine); await pause(500)) {
    const theirs = read(path);
    if (theirs === undefined) continue;
    if (isDead(path, theirs)) {
      await pause(grace);
      clear(path, theirs);
    } else if (!told) {
      told = true;
      waiting(`process ${holder(theirs).pid}`);
    }
  }
  const alive = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // The folder was removed under us; what is being made there will say so itself.
    }
  }, sign);
  alive.unref();
  const leave = () => {
    if (read(path) === mine) rmSync(path, { force: true });
  };
  process.on("exit", leave);
  try {
    return await work();
  } finally {
    clearInterval(alive);
    process.off("exit", leave);
    leave();
  }
}

/** Writes the lock in one piece, or not at all where there is one. @param {string} path @param {string} mine */
function take(path, mine) {
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, mine);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === "EEXIST") return false;
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS") throw error;
    return takeWithoutLinks(path, mine);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** For file systems without hard links. @param {string} path @param {string} mine */
function takeWithoutLinks(path, mine) {
  try {
    writeFileSync(path, mine, { flag: "wx" });
    return true;
  } catch {
    return false;
  }
}

/** @param {string} path @returns {string | undefined} */
function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** @param {string} text @returns {{ pid?: number, host?: string }} */
function holder(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** @param {string} path @param {string} theirs */
function isDead(path, theirs) {
  const { pid, host } = holder(theirs);
  if (pid && host === hostname()) {
    try {
      process.kill(pid, 0);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code === "ESRCH") return true;
    }
  }
  try {
    return Date.now() - statSync(path).mtimeMs > silence;
  } catch {
    return false;
  }
}

/** Moves a dead lock away; a living one that came in its place meanwhile goes back. @param {string} path @param {string} dead */
function clear(path, dead) {
  const aside = `${path}.${process.pid}.dead`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (read(aside) !== dead) {
    try {
      linkSync(aside, path);
    } catch {
      // Someone else holds it by now.
    }
  }
  rmSync(aside, { force: true });
}
