import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { locked } from "../../setup/lock.js";
import { folderWith } from "./folder.js";

test("two works under one lock never overlap, and the second hears who holds it", async () => {
  const lock = join(folderWith(), "lock");
  /** @type {string[]} */
  const heard = [];
  let inside = 0;
  const work = async () => {
    inside++;
    await pause(100);
    expect(inside).toBe(1);
    inside--;
  };
  await Promise.all([1, 2, 3].map(() => locked(lock, (holder) => heard.push(holder), work)));
  expect(heard).toContain(`process ${process.pid}`);
  expect(existsSync(lock)).toBe(false);
});

test("work that throws gives the lock back", async () => {
  const lock = join(folderWith(), "lock");
  const failing = locked(
    lock,
    () => {},
    () => Promise.reject(new Error("no")),
  );
  await expect(failing).rejects.toThrow("no");
  expect(
    await locked(
      lock,
      () => {},
      async () => "free",
    ),
  ).toBe("free");
});

test("the lock of a process that was killed counts for nothing", async () => {
  const lock = join(folderWith(), "lock");
  const module = new URL("../../setup/lock.js", import.meta.url).href;
  const program = `
    import { locked } from ${JSON.stringify(module)};
    await locked(${JSON.stringify(lock)}, () => {}, () => { console.log("in"); return new Promise((r) => setTimeout(r, 60000)); });
  `;
  const holder = spawn(process.execPath, ["--input-type=module", "-e", program]);
  await once(holder.stdout, "data");
  holder.kill("SIGKILL");
  await once(holder, "exit");
  expect(existsSync(lock)).toBe(true);
  expect(
    await locked(
      lock,
      () => {},
      async () => "mine",
    ),
  ).toBe("mine");
});

test("a lock of another machine counts as long as its holder shows signs of life", async () => {
  const lock = join(folderWith(), "lock");
  writeFileSync(lock, JSON.stringify({ id: "x", pid: process.pid, host: `not-${hostname()}` }));
  utimesSync(lock, new Date(), new Date(Date.now() - 61_000));
  expect(
    await locked(
      lock,
      () => {},
      async () => "mine",
    ),
  ).toBe("mine");
});
