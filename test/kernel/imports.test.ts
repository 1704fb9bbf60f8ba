import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SpawnedKernel } from "./spawned-kernel.js";

const project = realpathSync(mkdtempSync(join(tmpdir(), "kernel-imports-")));
const notebooks = join(project, "deep", "notebooks");

function file(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

function installed(name: string, about: object, files: Record<string, string>): void {
  file(`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", ...about }));
  for (const [path, text] of Object.entries(files)) file(`node_modules/${name}/${path}`, text);
}

let kernel: SpawnedKernel;
beforeAll(async () => {
  installed(
    "plain-cjs",
    { main: "index.js", types: "index.d.ts" },
    {
      "index.js":
        "exports.twice = (x) => 2 * x; exports.loads = (globalThis.cjsLoads = (globalThis.cjsLoads ?? 0) + 1);",
      "index.d.ts": "export declare function twice(x: number): number;",
    },
  );
  installed(
    "modern",
    {
      type: "module",
      exports: {
        ".": { types: "./types/main.d.ts", default: "./main.js" },
        "./extra": { types: "./types/extra.d.ts", default: "./extra.js" },
      },
    },
    {
      "main.js": "export const kind = 'esm'; export default class Thing { size = 1 }",
      "types/main.d.ts": "export declare const kind: string; export default class Thing { size: number }",
      "extra.js": "export const extra = 7;",
      "types/extra.d.ts": "/** An extra. */ export declare const extra: number;",
    },
  );
  installed(
    "types-beside",
    { exports: { ".": "./index.js" }, types: "index.d.ts" },
    {
      "index.js": "exports.beside = 'typed';",
      "index.d.ts": "export declare const beside: string;",
    },
  );
  installed(
    "awaits",
    { type: "module", exports: { ".": { types: "./index.d.ts", default: "./index.js" } } },
    {
      "index.js": "export const late = await Promise.resolve('late');",
      "index.d.ts": "export declare const late: string;",
    },
  );
  installed(
    "import-only",
    { type: "module", exports: { ".": { types: "./index.d.ts", import: "./index.js" } } },
    {
      "index.js": "export const only = 'import';",
      "index.d.ts": "export declare const only: string;",
    },
  );
  installed("untyped", { main: "index.js" }, { "index.js": "module.exports = { loose: 5 };" });
  installed(
    "fails-once",
    { main: "index.js", types: "index.d.ts" },
    {
      "index.js": "if (!globalThis.ready) throw new Error('not ready'); exports.fine = true;",
      "index.d.ts": "export declare const fine: boolean;",
    },
  );
  file(
    "deep/notebooks/local.ts",
    "import { more } from './more.ts';\nimport { twice } from 'plain-cjs';\nexport interface Local { v: number }\nexport const local = (x: Local): number => twice(x.v) + more;\n",
  );
  file("deep/notebooks/more.ts", "export const more: number = 100;\n");
  file("deep/notebooks/script.js", "exports.fromJs = (x) => x + 1;\n");
  file("deep/notebooks/data.json", '{ "list": [1, 2, 3] }');
  file(
    "deep/notebooks/throws.ts",
    "type A = { a: number };\n\nexport function fail(x: A): never {\n  throw new Error('from the file');\n}\n",
  );
  kernel = await SpawnedKernel.start({ folder: notebooks });
});
afterAll(async () => {
  await kernel.stop();
  rmSync(project, { recursive: true });
});

describe("a cell imports", () => {
  test.each([
    ["CommonJS from the notebook's folder upward", "import { twice } from 'plain-cjs'; twice(4)", "8"],
    [
      "an ES module, its default and its names",
      "import Thing, { kind } from 'modern'; kind + new Thing().size",
      "'esm1'",
    ],
    ["a sub-path of a package's exports", "import { extra } from 'modern/extra'; extra.toFixed(1)", "'7.0'"],
    [
      "a package whose types stand beside its exports",
      "import { beside } from 'types-beside'; beside.length",
      "5",
    ],
    [
      "a package as a namespace",
      "import * as all from 'modern'; all.kind + new all.default().size",
      "'esm1'",
    ],
    [
      "Node's own modules, by both names",
      "import { sep } from 'path'; import { basename } from 'node:path'; sep + basename('a/b')",
      "'/b'",
    ],
    ["JSON", "import data from './data.json'; data.list.length", "3"],
    [
      "a TypeScript file without its ending",
      "import { local, type Local } from './local'; const l: Local = { v: 1 }; local(l)",
      "102",
    ],
    ["a TypeScript file by its whole name", "import { more } from './more.ts'; more", "100"],
    ["a JavaScript file", "import { fromJs } from './script.js'; fromJs(1)", "2"],
    ["a file by import(…)", "(await import('./more.ts')).more", "100"],
    [
      "a package by import(…), CommonJS too",
      "const { default: all, twice: t } = await import('plain-cjs'); t(1) + all.twice(1)",
      "4",
    ],
    ["a module with a top-level await, by import(…)", "(await import('awaits')).late", "'late'"],
    ["a package that is for import alone, by import(…)", "(await import('import-only')).only", "'import'"],
  ])("%s", async (_, code, result) => {
    const executed = await kernel.run(code);
    expect(executed.traceback).toBe("");
    expect(executed.result).toBe(result);
  });

  test("an imported name in later cells", async () => {
    await kernel.run("import { twice as again } from 'plain-cjs'");
    expect((await kernel.run("again(21)")).result).toBe("42");
  });

  test("each package once", async () => {
    await kernel.run("import { twice as one } from 'plain-cjs'");
    expect((await kernel.run("(globalThis as any).cjsLoads")).result).toBe("1");
  });

  test("a changed file anew", async () => {
    await kernel.run("import { changing } from './changing'").catch(() => {});
    file("deep/notebooks/changing.ts", "export const changing: number = 1;\n");
    expect((await kernel.run("import { changing } from './changing'; changing")).result).toBe("1");
    file("deep/notebooks/changing.ts", "export const changing: string = 'two';\n");
    let result: string | undefined;
    for (let tries = 0; tries < 50 && result !== "'two'"; tries++) {
      await new Promise((later) => setTimeout(later, 100));
      ({ result } = await kernel.run("import { changing } from './changing'; changing"));
    }
    expect(result).toBe("'two'");
  });

  test("with types: a wrong use is refused", async () => {
    expect((await kernel.run("import { twice as t2 } from 'plain-cjs'; t2('x')")).traceback).toContain(
      "TS2345",
    );
  });

  test("and says which file a type error is in", async () => {
    file("deep/notebooks/wrong.ts", "export const wrong: number = 'x';\n");
    const { traceback } = await kernel.run("import { wrong } from './wrong'; wrong");
    expect(traceback).toContain("wrong.ts:1:14 - error TS2322");
  });

  test("and an error's place in a TypeScript file", async () => {
    const { traceback } = await kernel.run("import { fail } from './throws'; fail({ a: 1 })");
    expect(traceback).toContain(`at fail (${join(notebooks, "throws.ts")}:4:9)`);
  });
});

describe("what can't be imported is said in words:", () => {
  test("a package that is not there", async () => {
    expect((await kernel.run("import x from 'not-there'")).traceback).toContain(
      "Cannot find module 'not-there'",
    );
  });

  test("a package that is installed meanwhile is found when the same cell is run again", async () => {
    const code = "import { fresh } from 'installed-later'; fresh";
    expect((await kernel.run(code)).traceback).toContain("Cannot find module 'installed-later'");
    installed(
      "installed-later",
      { main: "index.js", types: "index.d.ts" },
      { "index.js": "exports.fresh = 'here';", "index.d.ts": "export declare const fresh: string;" },
    );
    expect((await kernel.run(code)).result).toBe("'here'");
  });

  test("a module with a top-level await, by a plain import", async () => {
    const { traceback } = await kernel.run("import { late } from 'awaits'; late");
    expect(traceback).toContain('use: const … = await import("awaits")');
  });

  test("a package that failed is loaded anew the next time", async () => {
    expect((await kernel.run("import { fine } from 'fails-once'; fine")).traceback).toContain("not ready");
    await kernel.run("(globalThis as any).ready = true");
    expect((await kernel.run("import { fine } from 'fails-once'; fine")).result).toBe("true");
  });
});

test("types for Node are there, wherever the notebook lies", async () => {
  const { result, traceback } = await kernel.run(
    "import { readFileSync } from 'fs'; const text: string = readFileSync('data.json', 'utf8'); Buffer.from(text).length > 0 && typeof process.version",
  );
  expect(traceback).toBe("");
  expect(result).toBe("'string'");
});

test("export in a cell is no error: every name is exported anyway", async () => {
  const { result, traceback } = await kernel.run(
    "export const out = 3; export function also() { return out; } also()",
  );
  expect(traceback).toBe("");
  expect(result).toBe("3");
});
