import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { mustRun, run } from "../../setup/run.js";
import { SetupError } from "../../setup/setup-error.js";
import { folderWith } from "./folder.js";

test("a command's output and exit code come back, and its lines are heard as they come", async () => {
  /** @type {string[]} */
  const lines = [];
  const program = 'console.log("one"); console.error("two"); process.exitCode = 3';
  const { code, output, late } = await run(process.execPath, ["-e", program], {
    line: (text) => lines.push(text),
  });
  expect({ code, late }).toEqual({ code: 3, late: false });
  expect(output.split("\n").sort()).toEqual(["one", "two"]);
  expect(lines.sort()).toEqual(["one", "two"]);
});

test("a command that isn't there ends with code 127", async () => {
  expect((await run("no-such-command-here", [])).code).toBe(127);
});

test("a command that has to succeed tells what it printed last when it doesn't", async () => {
  const failing = mustRun(process.execPath, ["-e", 'console.error("disk full"); process.exit(1)']);
  await expect(failing).rejects.toThrow(SetupError);
  await expect(failing).rejects.toThrow(/ended with code 1:\ndisk full/);
});

/** A command that starts another one, which ignores requests to end and counts its life into a file. */
function stubbornFamily(/** @type {string} */ file) {
  const child = `process.on("SIGTERM", () => {}); setInterval(() => require("fs").appendFileSync(${JSON.stringify(file)}, "."), 50)`;
  return `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "ignore" }); setInterval(() => {}, 1000)`;
}

/** Whether anything still writes to the file. */
async function lives(/** @type {string} */ file) {
  const before = readFileSync(file).length;
  await pause(500);
  return readFileSync(file).length > before;
}

test("a command whose time is up ends together with everything it started", async () => {
  const file = join(folderWith(), "alive");
  const { late, code } = await run(process.execPath, ["-e", stubbornFamily(file)], { limit: 4000 }); // three starts of Node on a busy machine;
  expect(late).toBe(true);
  expect(code).not.toBe(0);
  expect(await lives(file)).toBe(false);
});

test("a command ends with everything it started when whoever runs it is killed outright", async () => {
  const file = join(folderWith(), "alive");
  const module = new URL("../../setup/run.js", import.meta.url).href;
  const program = `
    import { run } from ${JSON.stringify(module)};
    await run(process.execPath, ["-e", ${JSON.stringify(stubbornFamily(file))}]);
  `;
  const runner = spawn(process.execPath, ["--input-type=module", "-e", program]);
  while (!existsSync(file)) await pause(50);
  runner.kill("SIGKILL");
  await once(runner, "exit");
  await pause(2500);
  expect(await lives(file)).toBe(false);
});
