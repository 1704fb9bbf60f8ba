import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import * as deconvnet from "../../src/index.js";
import { tree } from "./packed.js";

/** What a module exports, by kind, as its author wrote it. */
function surface(file: string): string[] {
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    noEmit: true,
    types: ["node"],
  });
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)!;
  return checker
    .getExportsOfModule(module)
    .map((symbol) => {
      const meant = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      if (symbol.declarations?.some(isTypeOnly)) return `type ${symbol.name}`;
      const is = (flags: ts.SymbolFlags): boolean => (meant.flags & flags) !== 0;
      if (is(ts.SymbolFlags.Class)) return `class ${symbol.name}`;
      if (is(ts.SymbolFlags.Function)) return `function ${symbol.name}`;
      if (is(ts.SymbolFlags.Variable)) return `const ${symbol.name}`;
      if (is(ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) return `type ${symbol.name}`;
      const inside = checker.getExportsOfModule(meant).map(({ name }) => name);
      return `namespace ${symbol.name} { ${inside.sort().join(", ")} }`;
    })
    .sort();
}

/** Whether `export type` let only the type through. */
function isTypeOnly(node: ts.Node): boolean {
  if (ts.isExportSpecifier(node)) return node.isTypeOnly || node.parent.parent.isTypeOnly;
  return ts.isExportDeclaration(node) && node.isTypeOnly;
}

const words = surface(join(tree, "src", "index.ts"));

test("the public words are these; a change here is a change for every user", async () => {
  await expect(`${words.join("\n")}\n`).toMatchFileSnapshot("public-words.txt");
});

test("every public value is there at run time", () => {
  const values = words.filter((word) => !word.startsWith("type ")).map((word) => word.split(" ")[1]);
  expect(Object.keys(deconvnet).sort()).toEqual(values.sort());
});
