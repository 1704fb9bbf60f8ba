import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hashOf, readStamp, writeStamp } from "../../setup/stamp.js";
import { folderWith } from "./folder.js";

test("a stamp reads as it was written, and leaves no draft", () => {
  const folder = folderWith();
  writeStamp(join(folder, "a", "stamp.json"), { made: "from this" });
  expect(readStamp(join(folder, "a", "stamp.json"))).toEqual({ made: "from this" });
  expect(readdirSync(join(folder, "a"))).toEqual(["stamp.json"]);
});

test("a missing or damaged stamp counts as none", () => {
  const folder = folderWith({ "stamp.json": '{"made": "fr' });
  expect(readStamp(join(folder, "stamp.json"))).toBeUndefined();
  expect(readStamp(join(folder, "none.json"))).toBeUndefined();
});

test("the hash of sources changes with a file's content, its name and its place, and with nothing else", () => {
  const files = { "src/a.ts": "1", "src/deep/b.ts": "2" };
  const first = hashOf(folderWith(files), ["src", "missing"]);
  expect(hashOf(folderWith(files), ["src", "missing"])).toBe(first);
  expect(hashOf(folderWith({ ...files, "other/c.ts": "3" }), ["src", "missing"])).toBe(first);
  for (const changed of [
    { "src/a.ts": "3", "src/deep/b.ts": "2" },
    { "src/c.ts": "1", "src/deep/b.ts": "2" },
    { "src/a.ts": "1", "src/b.ts": "2" },
    { "src/a.ts": "1", "src/deep/b.ts": "2", "src/c.ts": "" },
  ]) {
    expect(hashOf(folderWith(changed), ["src", "missing"])).not.toBe(first);
  }
});

test("a file that moves part of its content into the next one has another hash", () => {
  const split = (/** @type {string} */ a, /** @type {string} */ b) => {
    const folder = folderWith();
    writeFileSync(join(folder, "a"), a);
    writeFileSync(join(folder, "b"), b);
    return hashOf(folder, ["a", "b"]);
  };
  expect(split("12", "3")).not.toBe(split("1", "23"));
});
