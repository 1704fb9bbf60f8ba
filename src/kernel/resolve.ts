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

/**
 * How the compiler finds the types of what is imported: our own package from anywhere, all else from the
 * importing file's folder upward, by the package's `exports` where it has some.
 */
export function newResolver(
  typescript: TypeScript,
  host: ts.ModuleResolutionHost,
): (specifier: string, from: string) => ts.ResolvedModuleWithFailedLookupLocations {
  const { Bundler, Node10 } = typescript.ModuleResolutionKind;
  // A failure is not remembered: the user may install the package and run the cell again.
  const found = new Map<string, ts.ResolvedModuleWithFailedLookupLocations>();
  return (specifier, from) => {
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
    return resolved;
  };
}

function isUntyped({ extension, isExternalLibraryImport }: ts.ResolvedModuleFull): boolean {
  return isExternalLibraryImport === true && /^\.[cm]?jsx?$/.test(extension);
}
