/** Every `@example` in the public docs runs, and gives what its comment says: `expression; // value`. */
import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import * as api from "../../src/index.js";
import { fetchWeights } from "../../src/load/weights.js";

interface Example {
  readonly file: string;
  readonly line: number;
  readonly code: string;
}

function examplesOf(file: string): Example[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(({ 0: comment, index }) =>
    comment
      .split(/\n\s*\* @example[^\n]*\n/)
      .slice(1)
      .map((example) => ({
        file,
        line: text.slice(0, index).split("\n").length,
        code: example
          .split(/\n\s*\* @|\n\s*\*\//)[0]
          .replace(/^\s*\* ?/gm, "")
          .replace(/^```\w*$/gm, ""),
      })),
  );
}

/** `expression; // value` becomes a comparison; everything else stays as it is. */
function withChecks(code: string): string {
  const statements = code.split(/(?<=;)(?:[ \t]*\/\/ ?(.*))?\n?/);
  let out = "";
  for (let i = 0; i + 1 < statements.length; i += 2) {
    const [statement, value] = [statements[i].trim(), statements[i + 1]];
    const expression = statement.replace(/;$/, "");
    // A value is given for an expression; after a declaration a comment is prose.
    out +=
      value && !/^(const|let) /.test(expression)
        ? `same(${expression}, ${value}, ${JSON.stringify(statement)});\n`
        : `${statement}\n`;
  }
  return out + (statements.at(-1) ?? "");
}

const examples = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.startsWith("kernel"))
  .sort()
  .flatMap((path) => examplesOf(`src/${path}`));
const scope: Record<string, unknown> = { ...api, fetchWeights };

function same(got: unknown, wanted: unknown, statement: string): void {
  expect(plain(got), statement).toEqual(plain(wanted));
}

/** Typed arrays as lists, numbers to six digits: examples are written for readers. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, one) =>
      ArrayBuffer.isView(one)
        ? [...(one as Float32Array)]
        : typeof one === "number"
          ? Number(one.toPrecision(6))
          : one,
    ) ?? "null",
  );
}

beforeAll(async () => {
  const net = await api.vgg16();
  const cat = await api.readImage("notebooks/photos/chelsea.png");
  Object.assign(scope, { net, cat, seen: await api.forward(net, cat) });
});

test("there are examples to run", () => {
  expect(examples.length).toBeGreaterThan(15);
});

describe("examples", () => {
  test.each(examples)("$file:$line", async ({ file, code }) => {
    const own = (await import(/* @vite-ignore */ `../../${file}`)) as Record<string, unknown>;
    await run(code, { ...scope, ...own });
  });

  test("every TypeScript block of the README", async () => {
    const blocks = [...(await readFile("README.md", "utf8")).matchAll(/```ts\n([\s\S]*?)```/g)];
    expect(blocks.length).toBeGreaterThan(0);
    for (const [, block] of blocks) await run(block.replace(/^import .*$/gm, ""), scope);
  });
});

/** Runs an example with those names in scope; names that it declares itself are its own. */
async function run(code: string, around: Record<string, unknown>): Promise<void> {
  const all: Record<string, unknown> = { ...around, same };
  const declared = [...code.matchAll(/(?:const|let)\s+(?:\{([^}]*)\}|(\w+))/g)].flatMap((found) =>
    (found[1] ?? found[2]).split(",").map((name) => name.trim()),
  );
  const names = Object.keys(all).filter((name) => !declared.includes(name));
  const AsyncFunction = (async () => {}).constructor as new (
    ...parts: string[]
  ) => (...values: unknown[]) => Promise<void>;
  await new AsyncFunction(...names, `"use strict";\n${withChecks(code)}`)(...names.map((name) => all[name]));
}
