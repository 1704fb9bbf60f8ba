import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { packageName } from "./package-name.js";
import type { TypeScript, ts } from "./tslab.js";

/** A file of our own package, from which the package finds itself by name. */
export const insideOurPackage: string = join(dirname(fileURLToPath(import.meta.url)), "resolve.js");

/** Whether `specifier` names our own package, which is the same one wherever the notebook lies. */
export function isOurs(specifier: string): boolean {
  return specifier === packageName || specifier.startsWith(`${packageName}/`);
}

export interface Resolver {
  /** How an import resolves in the given file. */
  find(specifier: string, from: string): ts.ResolvedModuleWithFailedLookupLocations;
  /** Whether an import of this file was not found, and may be by now. */
  failed(from: string): boolean;
}

/**
 * How the compiler finds the types of what is imported: our own package from anywhere, all else from the
 * importing file's folder upward, by the package's `exports` where it has some.
 */
export function newResolver(typescript: TypeScript, host: ts.ModuleResolutionHost): Resolver {
  const { Bundler, Node10 } = typescript.ModuleResolutionKind;
  // A failure is not kept: the user may install the package and run the cell again.
  const found = new Map<string, ts.ResolvedModuleWithFailedLookupLocations>();
  const failures = new Set<string>();
  const find: Resolver["find"] = (specifier, from) => {
    if (isBuiltin(specifier)) return { resolvedModule: undefined } as never;
    const start = isOurs(specifier) ? insideOurPackage : from;
    const key = `${dirname(start)}\0${specifier}`;
    const known = found.get(key);
    if (known) return known;
    const resolve = (moduleResolution: ts.ModuleResolutionKind) =>
      typescript.resolveModuleName(
        specifier,
        start,
        {
          moduleResolution,
          module: typescript.ModuleKind.ESNext,
          allowJs: true,
          resolveJsonModule: true,
          allowImportingTsExtensions: true,
        },
        host,
      );
    let resolved = resolve(Bundler);
    // A package may keep its types beside its `exports` map instead of in it.
    if (!resolved.resolvedModule || isUntyped(resolved.resolvedModule)) {
      const older = resolve(Node10);
      if (older.resolvedModule) resolved = older;
    }
    if (resolved.resolvedModule) found.set(key, resolved);
    else failures.add(from);
    return resolved;
  };
  return { find, failed: (from) => failures.delete(from) };
}

function isUntyped({ extension, isExternalLibraryImport }: ts.ResolvedModuleFull): boolean {
  return isExternalLibraryImport === true && /^\.[cm]?jsx?$/.test(extension);
}
