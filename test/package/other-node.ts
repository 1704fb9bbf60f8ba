import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../../src/load/cache.js";

/**
 * The program of another version of Node, from npm's registry, kept in the user's cache.
 *
 * @param version exactly, as "22.12.0"
 */
export function nodeOfVersion(version: string): string {
  const system = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${system}-${process.arch}`;
  const home = join(cacheFolder(), `node-${version}`);
  const program = process.platform === "win32" ? ["bin", "node.exe"] : ["bin", "node"];
  const path = join(home, "node_modules", name, ...program);
  if (existsSync(path)) return path;
  mkdirSync(cacheFolder(), { recursive: true });
  const draft = mkdtempSync(`${home}-`);
  try {
    const quiet = ["--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--silent"];
    execFileSync("npm", ["install", "--prefix", draft, ...quiet, `${name}@${version}`], {
      stdio: "pipe",
      shell: process.platform === "win32",
    });
    if (!existsSync(path)) {
      rmSync(home, { recursive: true, force: true });
      renameSync(draft, home);
    }
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return path;
}
