import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, sep } from "node:path";
import today from "typescript";
import { afterAll, describe, expect, test } from "vitest";
import { pack } from "./packed.js";

const require = createRequire(import.meta.url);
/** The compiler that tslab reads cells with. */
const old: typeof today = require("@tslab/typescript-for-tslab");

const packed = pack();
afterAll(() => packed.remove());

/** What somebody writes who uses the package. */
const program = join(packed.project, "use.ts");
writeFileSync(
  program,
  `import { at, deconvnet, forward, fromRows, project, readImage, strongest, toRows, vgg16 } from "deconvnet";
import * as everything from "deconvnet";
export async function use(): Promise<Float32Array> {
  const seen = await forward(await vgg16(), await readImage("chelsea.png"));
  const unit = strongest(seen, "conv5_1");
  const value: number = unit.value;
  const down = await project(seen, unit, { rule: "guided" });
  const rows: number[][] = toRows(deconvnet.rectify(fromRows([[value]])));
  const one: number = at(fromRows(rows), 0, 0);
  return down.pixels.data.slice(one);
}
export { everything };
`,
);

const node10 = { moduleResolution: old.ModuleResolutionKind.NodeJs, module: old.ModuleKind.CommonJS };
const nodeNext = { moduleResolution: today.ModuleResolutionKind.NodeNext, module: today.ModuleKind.NodeNext };
const bundler = { moduleResolution: today.ModuleResolutionKind.Bundler, module: today.ModuleKind.ESNext };
const readers = [
  { name: `TypeScript ${old.version} as tslab runs it`, ts: old, options: { ...node10, strict: false } },
  { name: `TypeScript ${old.version}, Node10, strict`, ts: old, options: { ...node10, strict: true } },
  {
    name: `TypeScript ${today.version}, NodeNext, strict`,
    ts: today,
    options: { ...nodeNext, strict: true },
  },
  { name: `TypeScript ${today.version}, bundler, strict`, ts: today, options: { ...bundler, strict: true } },
];

function read(ts: typeof today, options: today.CompilerOptions): today.Program {
  return ts.createProgram([program], {
    ...options,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    types: ["node"],
    typeRoots: [join(packed.project, "node_modules", "@types")],
    noEmit: true,
    skipLibCheck: false,
  });
}

/** The type of each public word, and of the members of each public class and interface, in the compiler's words. */
function types(ts: typeof today, read: today.Program): Map<string, string> {
  const checker = read.getTypeChecker();
  const index = read.getSourceFile(join(packed.home, "dist", "index.d.ts"))!;
  const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;
  const found = new Map<string, string>();
  const note = (name: string, type: today.Type, more: today.TypeFormatFlags = flags): void => {
    const text = checker
      .typeToString(type, index, more)
      // The same type, spelt by different generations of the compiler.
      .replaceAll("<ArrayBufferLike>", "")
      .replaceAll("Readonly<Record<string, unknown>>", "MimeBundle")
      .replaceAll(/import\("[^"]*"(, \{[^)]*\})?\)\.?/g, "");
    found.set(name, text);
  };
  const visit = (module: today.Symbol, prefix: string): void => {
    for (const symbol of checker.getExportsOfModule(module)) {
      const meant = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const name = `${prefix}${symbol.name}`;
      if (meant.flags & ts.SymbolFlags.ValueModule) visit(meant, `${name}.`);
      else if (meant.flags & ts.SymbolFlags.Value)
        note(name, checker.getTypeOfSymbolAtLocation(meant, index));
      if (!(meant.flags & ts.SymbolFlags.Type)) continue;
      const declared = checker.getDeclaredTypeOfSymbol(meant);
      note(`type ${name}`, declared, flags | ts.TypeFormatFlags.InTypeAlias);
      if (!(meant.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface))) continue;
      for (const member of checker.getPropertiesOfType(declared)) {
        if (member.name.startsWith("#") || !member.declarations?.some(isOurs)) continue;
        // A symbol's name carries a number of the compiler's own.
        note(`${name}.${member.name.replace(/@\d+$/, "")}`, checker.getTypeOfSymbol(member));
      }
    }
  };
  visit(checker.getSymbolAtLocation(index)!, "");
  return found;
}

function isOurs(declaration: today.Declaration): boolean {
  return declaration.getSourceFile().fileName.includes("/node_modules/deconvnet/");
}

const programs = readers.map(({ name, ts, options }) => ({ name, ts, program: read(ts, options) }));

describe.each(programs)("$name", ({ ts, program }) => {
  test("reads the package's types and a program that uses them without an error", () => {
    const errors = ts
      .getPreEmitDiagnostics(program)
      .filter(({ file }) => !file?.fileName.includes(`${sep}@types${sep}`))
      .map(
        ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
      );
    expect(errors).toEqual([]);
  });

  test("needs no other package's types than Node's", () => {
    const others = program
      .getSourceFiles()
      .map(({ fileName }) => fileName)
      .filter((name) => name.includes("node_modules"))
      .map((name) => name.replace(/^.*node_modules\/(@[^/]+\/[^/]+|[^/]+).*$/, "$1"))
      .filter((name) => !/typescript|^@types\/node$|^undici-types$|^deconvnet$/.test(name));
    expect([...new Set(others)]).toEqual([]);
  });

  test("sees `any` in no public word", () => {
    const vague = [...types(ts, program)].filter(([, type]) => /\bany\b/.test(type));
    expect(vague).toEqual([]);
  });
});

test("the old compiler sees in every public word what today's sees", () => {
  const [before, , now] = programs;
  const old = parts(types(before.ts, before.program));
  expect(Object.fromEntries(old)).toEqual(Object.fromEntries(parts(types(now.ts, now.program))));
});

/** The words in each type, sorted: compilers order unions differently, and those that are not strict say neither `undefined` nor `null`. */
function parts(types: ReadonlyMap<string, string>): Map<string, string> {
  return new Map(
    [...types].map(([name, type]) => [
      name,
      (type.match(/[\w$]+|"[^"]*"/g) ?? [])
        .filter((word) => word !== "undefined" && word !== "null")
        .sort()
        .join(" "),
    ]),
  );
}
