import { existsSync } from "node:fs";
import { join } from "node:path";
import { mustRun } from "./run.js";
import { readStamp } from "./stamp.js";

/**
 * Installs what package-lock.json says, where node_modules doesn't hold exactly that already. Install scripts
 * are never relied on: npm from 11.19 on runs none without approval, and npm 10 drops an optional package
 * whose script fails.
 *
 * @param {string} tree
 * @param {import("./steps.js").Say} say
 */
export async function installPackages(tree, say) {
  const difference = differenceIn(tree);
  if (!difference) return say("as package-lock.json has them");
  say(`npm ci, since ${difference}`);
  const { command, first } = npm();
  await mustRun(command, [...first, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: tree });
  const left = differenceIn(tree);
  say(left ? `installed, though ${left}` : "installed as package-lock.json has them");
}

/**
 * How node_modules differs from package-lock.json, by npm's own note of what it put there (which it removes
 * first and writes last).
 *
 * @param {string} tree
 * @returns {string | undefined} the first difference in words
 */
export function differenceIn(tree) {
  /** @type {{ packages: Record<string, { version: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[] }> }} */
  const wanted = readStamp(join(tree, "package-lock.json"));
  /** @type {typeof wanted | undefined} */
  const there = readStamp(join(tree, "node_modules", ".package-lock.json"));
  if (!there) return "nothing is installed yet";
  for (const [path, { version, optional, integrity }] of Object.entries(wanted.packages)) {
    if (!path) continue;
    const have = there.packages[path];
    if (!have) {
      if (optional) continue; // for another platform
      return `${path} is missing`;
    }
    if (have.version !== version || have.integrity !== integrity)
      return `${path} is ${have.version}, not ${version}`;
    if (!existsSync(join(tree, path, "package.json"))) return `${path} was removed`;
  }
  const extra = Object.keys(there.packages).find((path) => !(path in wanted.packages));
  return extra && `${extra} is not in package-lock.json`;
}

/** The npm that called us, else the one on the PATH. */
export function npm() {
  const caller = process.env.npm_execpath;
  if (caller?.endsWith("npm-cli.js") && existsSync(caller))
    return { command: process.execPath, first: [caller] };
  return { command: process.platform === "win32" ? "npm.cmd" : "npm", first: [] };
}
