import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { main, root } from "./spawned-kernel.js";

const python = join(root, ".venv", process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
const data = mkdtempSync(join(tmpdir(), "kernel-conformance-"));
let output = "";

/** Runs a program to its end. @returns its exit code; what it writes goes to `output` */
function run(command: string, words: readonly string[], timeout: number): Promise<number | null> {
  const env = { ...process.env, JUPYTER_DATA_DIR: data, KERNEL_NAME: "under-test" };
  const child = spawn(command, words, { env, timeout });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text) => {
      output += text;
    });
  }
  return new Promise((done) => child.once("exit", done));
}

beforeAll(async () => {
  if (!existsSync(python)) throw new Error(`${python} is missing: npm test makes it`);
  expect(
    await run(process.execPath, [main, "install", "--user", "--name", "under-test", "--no-prelude"], 60_000),
  ).toBe(0);
  await run(python, [join(root, "test", "kernel", "conformance.py")], 170_000);
}, 180_000);
afterAll(() => rmSync(data, { recursive: true }));

test.each([
  "test_clear_output",
  "test_completion",
  "test_display_data",
  "test_error",
  "test_execute_result",
  "test_execute_stderr",
  "test_execute_stdout",
  "test_history",
  "test_inspect",
  "test_is_complete",
  "test_kernel_info",
  "test_pager",
  "test_recv_iopub_welcome_msg",
])("jupyter_kernel_test: %s", (name) => {
  expect(output).toMatch(new RegExp(`^${name} .*\\.\\.\\. (?:\\[deconvnet kernel\\].*\\n)*ok$`, "m"));
});

test("jupyter_kernel_test: no test was skipped, none failed, and these were all", () => {
  expect(output).toMatch(/^Ran 13 tests in/m);
  expect(output).toMatch(/^OK$/m);
});
