import {
  copyFileSync,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { build } from "../../setup/build.js";
import { tree } from "../../setup/tree.js";
import { folderWith } from "./folder.js";

/** A small project that is built as this one is. */
function project() {
  const root = folderWith({
    "src/index.ts": 'export const word: string = "unpool";\n',
    "src/show/fonts/letters.txt": "abc",
    "widgets/README.md": "none yet",
    "package.json": '{ "type": "module" }',
  });
  for (const name of ["tsconfig.json", "tsconfig.build.json"])
    copyFileSync(join(tree, name), join(root, name));
  symlinkSync(join(tree, "node_modules"), join(root, "node_modules"), "junction");
  return root;
}

/** Builds, and gives what was said last. */
async function built(/** @type {string} */ root) {
  let said = "";
  await build(root, (text) => {
    said = text;
  });
  return said;
}

test("src becomes dist, with what is no TypeScript beside it, once", async () => {
  const root = project();
  expect(await built(root)).toBe("dist made from src");
  expect(readFileSync(join(root, "dist", "index.js"), "utf8")).toContain('word = "unpool"');
  expect(existsSync(join(root, "dist", "index.d.ts"))).toBe(true);
  expect(readFileSync(join(root, "dist", "show", "fonts", "letters.txt"), "utf8")).toBe("abc");
  const { mtimeMs } = statSync(join(root, "dist", "index.js"));
  expect(await built(root)).toBe("dist is up to date");
  expect(statSync(join(root, "dist", "index.js")).mtimeMs).toBe(mtimeMs);
});

test("a file that left src leaves dist too", async () => {
  const root = project();
  await built(root);
  writeFileSync(join(root, "src", "extra.ts"), "export const one: number = 1;\n");
  await built(root);
  expect(existsSync(join(root, "dist", "extra.js"))).toBe(true);
  rmSync(join(root, "src", "extra.ts"));
  await built(root);
  expect(existsSync(join(root, "dist", "extra.js"))).toBe(false);
});

test("a mistake is shown with its place, and the dist that worked stays", async () => {
  const root = project();
  await built(root);
  writeFileSync(join(root, "src", "index.ts"), 'export const word: number = "unpool";\n');
  await expect(built(root)).rejects.toThrow(/src\/index\.ts\(1,14\): error TS2322/);
  expect(readFileSync(join(root, "dist", "index.js"), "utf8")).toContain('word = "unpool"');
});
