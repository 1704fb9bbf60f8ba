/**
 * The compiler is nine megabytes of JavaScript. What V8 makes of them is kept on disk, as Node 22 and later do by
 * themselves for every file (see `kernel.ts`), so that the first cell of the next kernel comes sooner.
 */
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import vm from "node:vm";
import { jupyterFolder } from "./jupyter-folder.js";

const nodeKeeps = "enableCompileCache" in Module;
const unkept = new Map<string, vm.Script>();

/** Loads a CommonJS file into `require`'s cache. */
export function requireCompiled(require: NodeJS.Require, path: string): unknown {
  if (nodeKeeps || require.cache[path]) return require(path);
  const cachedData = readKept(path);
  const wrapped = Module.wrap(readFileSync(path, "utf8"));
  const script = new vm.Script(wrapped, { filename: path, ...(cachedData && { cachedData }) });
  if (!cachedData || script.cachedDataRejected) unkept.set(path, script);
  const module = new Module(path);
  Object.assign(module, { filename: path, paths: [] });
  require.cache[path] = module;
  try {
    script
      .runInThisContext()
      .call(module.exports, module.exports, createRequire(path), module, path, dirname(path));
  } catch (error) {
    delete require.cache[path];
    throw error;
  }
  module.loaded = true;
  return module.exports;
}

/** Keeps what was compiled since; after the first cell, it holds just the functions that a first cell needs. */
export function keepCompiled(): void {
  for (const [path, script] of unkept) {
    const kept = keptFile(path);
    const draft = `${kept}.${process.pid}`;
    try {
      mkdirSync(dirname(kept), { recursive: true, mode: 0o700 });
      // It is run as it is read: nobody else may write to it.
      chmodSync(dirname(kept), 0o700);
      writeFileSync(draft, script.createCachedData());
      renameSync(draft, kept);
    } catch {
      rmSync(draft, { force: true }); // a folder that can't be written: the next start is no faster
    }
  }
  unkept.clear();
}

function readKept(path: string): Buffer | undefined {
  try {
    return readFileSync(keptFile(path));
  } catch {
    return undefined;
  }
}

/** V8 refuses what another version made, or was made of another text. */
function keptFile(path: string): string {
  const name = encodeURIComponent(path).slice(-150);
  return join(jupyterFolder(), "deconvnet", "compiled", `${process.version}-${process.arch}-${name}`);
}
