import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tree } from "../../setup/tree.js";
import { folderWith } from "./folder.js";

/** Closes a run whose tests ended like this, and `npm test` with this code. */
function closed(/** @type {string[] | undefined} */ statuses, code = 0, broken = 0) {
  const report = join(folderWith(), "report.json");
  if (statuses) {
    const assertionResults = statuses.map((status, i) => ({ status, fullName: `test ${i}` }));
    const status = statuses.includes("failed") ? "failed" : "passed";
    const files = [{ name: "a.test.ts", status, assertionResults }];
    for (let i = 0; i < broken; i++)
      files.push({ name: `b${i}.test.ts`, status: "failed", assertionResults: [] });
    const count = (/** @type {string} */ wanted) => statuses.filter((status) => status === wanted).length;
    writeFileSync(
      report,
      JSON.stringify({
        numPassedTests: count("passed"),
        numFailedTests: count("failed"),
        testResults: files,
      }),
    );
  }
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(tree, ".ci", "count.js"), report, String(code)],
    { encoding: "utf8" },
  );
  return { last: stdout.trimEnd().split("\n").at(-1), stderr, status };
}

test("a run closes with how many tests passed and failed", () => {
  expect(closed(["passed", "passed"])).toMatchObject({ last: "2 passed, 0 failed", status: 0 });
  expect(closed(["passed", "failed"], 1)).toMatchObject({ last: "1 passed, 1 failed", status: 1 });
});

test("no test, no report, a failed check and a file that can't be run are failures", () => {
  expect(closed([])).toMatchObject({ last: "0 passed, 0 failed", status: 1 });
  expect(closed(undefined, 1)).toMatchObject({ last: "0 passed, 0 failed", status: 1 });
  expect(closed(["passed"], 3)).toMatchObject({ last: "1 passed, 0 failed", status: 3 });
  expect(closed(["passed"], 1, 1)).toMatchObject({ last: "1 passed, 1 failed", status: 1 });
});

test("a skipped test counts as failed, by name", () => {
  const { last, stderr, status } = closed(["passed", "skipped"]);
  expect({ last, status }).toEqual({ last: "1 passed, 1 failed", status: 1 });
  expect(stderr).toContain("skipped: test 1");
});
