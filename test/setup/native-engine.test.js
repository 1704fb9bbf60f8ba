import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { nativeEngine } from "../../setup/native-engine.js";
import { SetupError } from "../../setup/setup-error.js";
import { folderWith } from "./folder.js";

/**
 * A tree with a package in tfjs-node's place that multiplies by what its "binding" says, so that every path
 * through set-up can be walked in a second. (The real engine is what all other tests run on.)
 */
function treeWithPackage() {
  return folderWith({
    "node_modules/@tensorflow/tfjs-node/package.json": '{ "version": "4.22.0", "main": "index.js" }',
    "node_modules/@tensorflow/tfjs-node/binding/tfjs_binding.cc": "// source",
    "node_modules/@tensorflow/tfjs-node/index.js": `
      const { readFileSync } = require("fs");
      const { one } = JSON.parse(readFileSync(__dirname + "/lib/napi-v8/tfjs_binding.node", "utf8"));
      readFileSync(__dirname + "/deps/lib/libtensorflow.so.2");
      exports.version = { "tfjs-node": "4.22.0" };
      exports.getBackend = () => "tensorflow";
      exports.tensor2d = (rows) => rows;
      exports.matMul = ([a], b) => ({ dataSync: () => [one * (a[0] * b[0][0] + a[1] * b[1][0])] });
    `,
  });
}

/** What a way does that works, or that makes an engine which computes wrong. */
const completes = (one = 1) =>
  async function way(/** @type {string} */ stage) {
    mkdirSync(join(stage, "deps", "lib"), { recursive: true });
    writeFileSync(join(stage, "deps", "lib", "libtensorflow.so.2"), "library");
    mkdirSync(join(stage, "lib", "napi-v8"), { recursive: true });
    writeFileSync(join(stage, "lib", "napi-v8", "tfjs_binding.node"), JSON.stringify({ one }));
  };
const fails =
  (/** @type {string} */ why, passing = false) =>
  async () => {
    throw new SetupError(why, { passing });
  };
const neverAsked = async () => {
  throw new Error("asked twice");
};

/** Runs the step and gives what it ended with and what it said last. */
async function completed(
  /** @type {string} */ tree,
  /** @type {NonNullable<Parameters<typeof nativeEngine>[2]>} */ options,
) {
  let said = "";
  const engine = await nativeEngine(tree, (text) => (said = text), options);
  return { engine, said };
}
const home = (/** @type {string} */ tree) => join(tree, "node_modules", "@tensorflow", "tfjs-node");

test("the package's own installer comes first, and a second run does nothing", async () => {
  const [tree, cache] = [treeWithPackage(), folderWith()];
  const ways = { installer: completes(), recipe: neverAsked };
  expect(await completed(tree, { ways, cache })).toEqual({
    engine: "native",
    said: "native TensorFlow, by its own installer",
  });
  expect(existsSync(join(home(tree), "lib", "napi-v8", "tfjs_binding.node"))).toBe(true);
  const again = await completed(tree, { ways: { installer: neverAsked }, cache });
  expect(again.said).toBe("native TensorFlow is in place");
});

test("where the installer fails, the recipe is followed", async () => {
  const [tree, cache] = [treeWithPackage(), folderWith()];
  const ways = { installer: fails("no host"), recipe: completes() };
  expect(await completed(tree, { ways, cache })).toEqual({
    engine: "native",
    said: "native TensorFlow, built here",
  });
});

test("an engine that computes wrong counts as a failure", async () => {
  const [tree, cache] = [treeWithPackage(), folderWith()];
  const ways = { installer: completes(2), recipe: completes() };
  expect((await completed(tree, { ways, cache })).said).toBe("native TensorFlow, built here");
});

test("where all fails it is wasm, with one line that says why, and the next run doesn't try again", async () => {
  const [tree, cache] = [treeWithPackage(), folderWith()];
  const ways = { installer: fails("no host"), recipe: fails("there is no compiler\nreally") };
  const { engine, said } = await completed(tree, { ways, cache });
  expect(engine).toBe("wasm");
  expect(said).toBe(
    "wasm, several times slower than native TensorFlow, since no host; there is no compiler really",
  );
  expect(existsSync(join(home(tree), "lib"))).toBe(false);
  const again = await completed(tree, { ways: { recipe: neverAsked }, cache });
  expect(again.engine).toBe("wasm");
  expect(again.said).toContain("since no host; there is no compiler really (delete ");
});

test("where a download failed, the next run tries again", async () => {
  const [tree, cache] = [treeWithPackage(), folderWith()];
  const ways = { installer: fails("no host"), recipe: fails("its wheel could not be downloaded", true) };
  expect((await completed(tree, { ways, cache })).engine).toBe("wasm");
  expect((await completed(tree, { ways: { recipe: completes() }, cache })).engine).toBe("native");
});

test("a second clone takes the engine from the user's cache, without another copy on the disk", async () => {
  const [tree, second, cache] = [treeWithPackage(), treeWithPackage(), folderWith()];
  await completed(tree, { ways: { recipe: completes() }, cache });
  const { said } = await completed(second, { ways: { recipe: neverAsked }, cache });
  expect(said).toBe("native TensorFlow, from the user's cache");
  const library = (/** @type {string} */ of) => statSync(join(home(of), "deps", "lib", "libtensorflow.so.2"));
  expect(library(second).ino).toBe(library(tree).ino);
  rmSync(cache, { recursive: true });
  expect((await completed(second, { ways: { recipe: neverAsked }, cache })).engine).toBe("native");
});

test("a file that was damaged in the cache is noticed and made again", async () => {
  const [tree, second, cache] = [treeWithPackage(), treeWithPackage(), folderWith()];
  await completed(tree, { ways: { recipe: completes() }, cache });
  const [engine] = readdirSync(join(cache, "native-engine"));
  const library = join(cache, "native-engine", engine, "deps", "lib", "libtensorflow.so.2");
  rmSync(library);
  writeFileSync(library, "librarx");
  expect((await completed(second, { ways: { recipe: completes() }, cache })).said).toBe(
    "native TensorFlow, built here",
  );
  expect(readFileSync(library, "utf8")).toBe("library");
});

test("an engine that npm took away is put back", async () => {
  const [tree, cache] = [treeWithPackage(), folderWith()];
  await completed(tree, { ways: { recipe: completes() }, cache });
  rmSync(join(home(tree), "lib"), { recursive: true });
  expect((await completed(tree, { ways: { recipe: neverAsked }, cache })).said).toBe(
    "native TensorFlow, from the user's cache",
  );
});

test("two set-ups at once make one engine, and both have it", async () => {
  const [tree, second, cache] = [treeWithPackage(), treeWithPackage(), folderWith()];
  let made = 0;
  const ways = {
    recipe: async (/** @type {string} */ stage) => {
      made++;
      await pause(300);
      await completes()(stage);
    },
  };
  const both = await Promise.all([completed(tree, { ways, cache }), completed(second, { ways, cache })]);
  expect(both.map(({ engine }) => engine)).toEqual(["native", "native"]);
  expect(made).toBe(1);
});

test("a run that was killed in the middle leaves nothing that the next one takes for an engine", async () => {
  const [tree, cache] = [treeWithPackage(), folderWith()];
  const module = new URL("../../setup/native-engine.js", import.meta.url).href;
  const program = `
    import { mkdirSync, writeFileSync } from "node:fs";
    import { nativeEngine } from ${JSON.stringify(module)};
    const half = async (stage) => {
      mkdirSync(stage + "/lib/napi-v8", { recursive: true });
      writeFileSync(stage + "/lib/napi-v8/tfjs_binding.node", "{");
      console.log("half");
      await new Promise((resolve) => setTimeout(resolve, 60000));
    };
    await nativeEngine(${JSON.stringify(tree)}, () => {}, { ways: { recipe: half }, cache: ${JSON.stringify(cache)} });
  `;
  const cut = spawn(process.execPath, ["--input-type=module", "-e", program]);
  await once(cut.stdout, "data");
  cut.kill("SIGKILL");
  await once(cut, "exit");
  expect(readdirSync(join(cache, "native-engine")).some((name) => name.startsWith("making-"))).toBe(true);
  expect(existsSync(join(home(tree), "lib"))).toBe(false);
  expect((await completed(tree, { ways: { recipe: completes() }, cache })).said).toBe(
    "native TensorFlow, built here",
  );
  expect(readdirSync(join(cache, "native-engine")).filter((name) => !name.endsWith("-recipe"))).toEqual([]);
});
