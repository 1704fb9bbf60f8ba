/**
 * tslab's converter (type check, TypeScript → JavaScript, declarations carried from cell to cell) and
 * executor, which are inner files of its package; pinned, and described here as far as they are used.
 */
import Module, { createRequire } from "node:module";
import { dirname } from "node:path";
import vm from "node:vm";
import type ts from "@tslab/typescript-for-tslab";
import type { CompletionInfo, Converter, ConvertResult, Diagnostic } from "tslab/dist/converter.js";
import type { Executor } from "tslab/dist/executor.js";
import { requireCompiled } from "./compiled.js";

export type { CompletionInfo, Converter, ConvertResult, Diagnostic, Executor, ts };
export type TypeScript = typeof ts;

const require = createRequire(import.meta.url);

/** Where tslab lies: its compiler and its types for Node are looked for from there. */
export const tslabFolder: string = dirname(require.resolve("tslab/package.json"));

/** The same `require` that tslab's own files use. */
export const tslabRequire: NodeJS.Require = createRequire(`${tslabFolder}/dist/main.js`);

export function loadTypeScript(): TypeScript {
  const path = tslabRequire.resolve("@tslab/typescript-for-tslab");
  return requireCompiled(tslabRequire, path) as TypeScript;
}

/**
 * tslab's converter, reading the compiler with some of its functions replaced. tslab has no options for what
 * has to be mended; its files are loaded once with the replacements in the compiler's place.
 */
export function loadConverter(
  typescript: TypeScript,
  replacements: Partial<TypeScript>,
): typeof import("tslab/dist/converter.js") {
  const path = tslabRequire.resolve("@tslab/typescript-for-tslab");
  const cached = tslabRequire.cache[path]!;
  cached.exports = { ...typescript, ...replacements };
  try {
    return tslabRequire("./converter.js");
  } finally {
    cached.exports = typescript;
  }
}

/**
 * tslab's executor, without its own way to be stopped (`breakOnSigint`): that takes the process's listeners
 * for SIGINT off while a cell starts, and a termination keeps Node from putting them back.
 */
export function loadExecutor(): typeof import("tslab/dist/executor.js") {
  const loader = Module as unknown as { _load(request: string, ...rest: unknown[]): unknown };
  const load = loader._load;
  loader._load = function (request, ...rest) {
    if (request !== "vm") return load.call(this, request, ...rest);
    return { ...vm, runInThisContext: (code: string) => vm.runInThisContext(code) };
  };
  try {
    return tslabRequire("./executor.js");
  } finally {
    loader._load = load;
  }
}
