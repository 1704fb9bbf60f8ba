import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Compiler } from "./compiler.js";
import type { Loader } from "./loader.js";
import { exportedNames, type ScopeModule } from "./scope.js";
import * as words from "./words.js";

const ownWords = join(dirname(fileURLToPath(import.meta.url)), "words.js");

/**
 * What cells have in their scope from the start: the kernel's own words, and the prelude's.
 *
 * @param prelude a package's name or a module's path
 * @param complain is told when there is no such module, or it has no types; cells then go without it
 */
export function openPrelude(
  compiler: Compiler,
  loader: Loader,
  prelude: string | undefined,
  complain: (problem: string) => void,
): ScopeModule[] {
  const modules: ScopeModule[] = [
    // Types' names among the words' exports are the kernel's own business.
    { specifier: ownWords, names: Object.keys(words), load: () => ({ ...words }) },
  ];
  if (!prelude) return modules;
  const from = join(process.cwd(), "cell.ts");
  const types = compiler.resolve(prelude, from);
  if (!types) {
    complain(`prelude ${JSON.stringify(prelude)}: no such module with types; cells go without it`);
    return modules;
  }
  const { typescript } = compiler;
  const files = {
    getSourceFile: (path: string) => {
      const text = typescript.sys.readFile(path);
      return text === undefined
        ? undefined
        : typescript.createSourceFile(path, text, typescript.ScriptTarget.Latest);
    },
  };
  const names = exportedNames(typescript, types, files, (specifier, file) =>
    compiler.resolve(specifier, file),
  );
  modules.push({
    specifier: prelude,
    names,
    load: () => loader.require(prelude) as Record<string, unknown>,
  });
  return modules;
}
