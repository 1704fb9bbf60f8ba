import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fetchWheel } from "../../setup/engine-recipe.js";
import { venv } from "../../setup/jupyter.js";
import { tree } from "../../setup/tree.js";
import { folderWith } from "./folder.js";

const makeWheel = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    wheel.writestr("tiny_engine/library.so", "library")
    wheel.writestr("tiny_engine-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: tiny-engine\\nVersion: 1.0\\n")
    wheel.writestr("tiny_engine-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr("tiny_engine-1.0.dist-info/RECORD", "")
`;

/** An index with one small wheel in it, which the project's own pip is told to look at and nowhere else. */
function indexWithWheel() {
  const index = folderWith();
  const path = join(index, "tiny_engine-1.0-py3-none-any.whl");
  execFileSync(venv(tree).python, ["-c", makeWheel, path]);
  vi.stubEnv("PIP_NO_INDEX", "1");
  vi.stubEnv("PIP_FIND_LINKS", index);
  const bytes = readFileSync(path);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { version: "1.0", requirement: "tiny-engine==1.0", pip: [], bytes: bytes.length, sha256 };
}

/** What a run needs: a tree with the project's Python, and an empty folder for downloads. */
function workplace() {
  const folder = folderWith();
  symlinkSync(venv(tree).folder, join(folder, ".venv"), "junction");
  return { tree: folder, downloads: folderWith(), say: () => {} };
}

beforeEach(() => {
  if (!existsSync(venv(tree).python))
    throw new Error("these tests need .venv: run `npm test`, which makes it");
});
afterEach(() => vi.unstubAllEnvs());

test("a wheel comes by pip once, and is there the next time", async () => {
  const [wheel, at] = [indexWithWheel(), workplace()];
  const path = await fetchWheel(wheel, at);
  expect(readFileSync(path)).toHaveLength(wheel.bytes);
  expect(readdirSync(at.downloads)).toHaveLength(1);
  vi.stubEnv("PIP_FIND_LINKS", folderWith());
  expect(await fetchWheel(wheel, at)).toBe(path);
});

test("a wheel with another SHA-256 is refused, and nothing of it is kept", async () => {
  const [wheel, at] = [indexWithWheel(), workplace()];
  const other = { ...wheel, sha256: "0".repeat(64) };
  await expect(fetchWheel(other, at)).rejects.toThrow(
    /could not be downloaded \(ERROR: THESE PACKAGES DO NOT MATCH/,
  );
  expect(readdirSync(at.downloads).filter((name) => name.endsWith(".whl"))).toEqual([]);
});

test("a wheel that can't be had is worth another try later", async () => {
  const [wheel, at] = [indexWithWheel(), workplace()];
  vi.stubEnv("PIP_FIND_LINKS", folderWith());
  await expect(fetchWheel(wheel, at)).rejects.toMatchObject({ name: "SetupError", passing: true });
});

test("what a download that was cut off left behind is thrown away", async () => {
  const [wheel, at] = [indexWithWheel(), workplace()];
  mkdirSync(join(at.downloads, "incoming", "done"), { recursive: true });
  writeFileSync(join(at.downloads, "incoming", "done", "half.whl"), "half");
  expect(readFileSync(await fetchWheel(wheel, at))).toHaveLength(wheel.bytes);
  expect(existsSync(join(at.downloads, "incoming"))).toBe(false);
});
