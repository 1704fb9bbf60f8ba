import Module, { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Flag } from "./flags.js";
import { insideOurPackage, isOurs } from "./resolve.js";

type Require = (specifier: string) => unknown;

/** What cells import with. */
export interface Loader {
  readonly require: Require;
  /** `import(…)`: also modules with a top-level await, and packages that are for `import` alone. */
  readonly load: (specifier: string) => Promise<unknown>;
}

const ourRequire = createRequire(insideOurPackage);

/**
 * @param fromNotebook tslab's `require`: from the notebook's folder upward, and what it compiled itself
 * @param flags says to the other thread that a module runs for the first time, which is not to be cut short
 */
export function newLoader(fromNotebook: Require, folder: string, flags: Int32Array): Loader {
  findOurPackageEverywhere();
  const require: Require = (specifier) => {
    Atomics.add(flags, Flag.loading, 1);
    try {
      return isOurs(specifier) ? ourRequire(specifier) : fromNotebook(specifier);
    } catch (error) {
      throw explained(error, specifier);
    } finally {
      Atomics.sub(flags, Flag.loading, 1);
    }
  };
  const load = async (specifier: string) => {
    try {
      return asNamespace(require(String(specifier)));
    } catch (error) {
      if (!onlyForImport.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
      return import(resolveForImport(String(specifier), folder));
    }
  };
  return { require, load };
}

/** A cell's own `import` becomes `require`, which these can't go through. */
const onlyForImport = new Set([
  "ERR_REQUIRE_ASYNC_MODULE",
  "ERR_REQUIRE_ESM",
  "ERR_PACKAGE_PATH_NOT_EXPORTED",
]);

function explained(error: unknown, specifier: string): unknown {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  if (error instanceof Error && code && onlyForImport.has(code)) {
    error.message = `${specifier} can't be loaded by a plain import; use: const … = await import(${JSON.stringify(specifier)}) (${error.message})`;
  }
  return error;
}

/** As `import(…)` gives it: a CommonJS module is the `default` too. */
function asNamespace(loaded: unknown): unknown {
  if (typeof loaded === "object" && loaded !== null) {
    if ((loaded as { __esModule?: unknown }).__esModule) return loaded;
    if ((loaded as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag] === "Module") return loaded;
    return { ...loaded, default: loaded };
  }
  return { default: loaded };
}

/** `import.meta.resolve` takes a second place to start from with `--experimental-import-meta-resolve`. */
function resolveForImport(specifier: string, folder: string): string {
  return import.meta.resolve(specifier, pathToFileURL(`${folder}/cell.mjs`).href);
}

/**
 * After a termination, which skips every `finally`: nothing is being loaded any more, and what was half
 * loaded is loaded anew the next time.
 */
export function loadingStopped(flags: Int32Array): void {
  Atomics.store(flags, Flag.loading, 0);
  for (const [path, module] of Object.entries(ourRequire.cache)) {
    if (module && !module.loaded) delete ourRequire.cache[path];
  }
}

/** The user's own files import our package by name too. */
function findOurPackageEverywhere(): void {
  const inner = Module as unknown as {
    _resolveFilename(request: string, parent?: { filename?: string | null }, ...rest: unknown[]): string;
  };
  const resolveFilename = inner._resolveFilename;
  inner._resolveFilename = function (request, parent, ...rest) {
    const fromPackage = parent?.filename?.includes("node_modules") ?? false;
    if (isOurs(request) && !fromPackage && parent?.filename !== insideOurPackage) {
      return ourRequire.resolve(request);
    }
    return resolveFilename.call(this, request, parent, ...rest);
  };
}
