import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SpawnedKernel } from "./spawned-kernel.js";

const data = mkdtempSync(join(tmpdir(), "kernel-history-"));
const folder = join(data, "deconvnet", "history");
const env = { JUPYTER_DATA_DIR: data };

let kernel: SpawnedKernel;
const ask = async (request: object) =>
  (await kernel.ask("shell", "history_request", { output: false, raw: true, ...request })).content;

beforeAll(async () => {
  const earlier = await SpawnedKernel.start({ env });
  await earlier.run("const old = 1");
  await earlier.run("old + 1");
  await earlier.stop();
  kernel = await SpawnedKernel.start({ env });
  for (const code of ["const a = 5", "a * 2", "a * 3", "a * 2"]) await kernel.run(code);
  await kernel.run("'not stored'", { store_history: false });
  await kernel.run("'silent'", { silent: true });
});
afterAll(async () => {
  await kernel.stop();
  rmSync(data, { recursive: true });
});

describe("history_request", () => {
  test("tail gives the last lines, also of earlier sessions", async () => {
    expect((await ask({ hist_access_type: "tail", n: 5 })).history).toEqual([
      [1, 2, "old + 1"],
      [2, 1, "const a = 5"],
      [2, 2, "a * 2"],
      [2, 3, "a * 3"],
      [2, 4, "a * 2"],
    ]);
  });

  test("with output, each line has its result, or null", async () => {
    expect((await ask({ hist_access_type: "tail", n: 3, output: true })).history).toEqual([
      [2, 2, ["a * 2", "10"]],
      [2, 3, ["a * 3", "15"]],
      [2, 4, ["a * 2", "10"]],
    ]);
    expect(
      (await ask({ hist_access_type: "range", session: 2, start: 1, stop: 2, output: true })).history,
    ).toEqual([[2, 1, ["const a = 5", null]]]);
  });

  test("range gives lines of one session: by number, this one (0), or back from it", async () => {
    expect((await ask({ hist_access_type: "range", session: 0, start: 2, stop: 4 })).history).toEqual([
      [2, 2, "a * 2"],
      [2, 3, "a * 3"],
    ]);
    expect((await ask({ hist_access_type: "range", session: -1, start: 1 })).history).toEqual([
      [1, 1, "const old = 1"],
      [1, 2, "old + 1"],
    ]);
    expect((await ask({ hist_access_type: "range", session: 99, start: 1 })).history).toEqual([]);
  });

  test("search finds by pattern, each text once, or the last so many", async () => {
    expect((await ask({ hist_access_type: "search", pattern: "a ? 2" })).history).toEqual([
      [2, 2, "a * 2"],
      [2, 4, "a * 2"],
    ]);
    expect((await ask({ hist_access_type: "search", pattern: "a*", unique: true })).history).toEqual([
      [2, 3, "a * 3"],
      [2, 4, "a * 2"],
    ]);
    expect((await ask({ hist_access_type: "search", pattern: "*old*", n: 1 })).history).toEqual([
      [1, 2, "old + 1"],
    ]);
    expect((await ask({ hist_access_type: "search", pattern: "a [*] 3" })).history).toEqual([
      [2, 3, "a * 3"],
    ]);
    expect((await ask({ hist_access_type: "search", pattern: "(" })).history).toEqual([]);
  });

  test("another way to look is refused in words", async () => {
    expect(await ask({ hist_access_type: "sideways" })).toMatchObject({
      status: "error",
      evalue: 'hist_access_type is "sideways", wanted "tail", "range" or "search"',
    });
  });
});

test("history is kept for its user alone", () => {
  const files = readdirSync(folder);
  expect(files).toEqual(["000001.jsonl", "000002.jsonl"]);
  expect(statSync(join(folder, files[0])).mode & 0o077).toBe(0);
});

test("a file that is cut short loses its last line, no more", async () => {
  const path = join(folder, "000001.jsonl");
  writeFileSync(path, `${readFileSync(path, "utf8")}{"line":3,"inp`);
  expect((await ask({ hist_access_type: "range", session: 1, start: 1 })).history).toHaveLength(2);
});
