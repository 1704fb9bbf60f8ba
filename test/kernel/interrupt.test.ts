import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SpawnedKernel } from "./spawned-kernel.js";

/** How often each kind of loop is stopped; the full number is 100. */
const times = Number(process.env.KERNEL_INTERRUPTS ?? 10);

const folder = mkdtempSync(join(tmpdir(), "kernel-interrupt-"));
writeFileSync(
  join(folder, "spin.ts"),
  "export function spin(): void { console.log('started'); for (;;); }\n",
);

let kernel: SpawnedKernel;
beforeAll(async () => {
  kernel = await SpawnedKernel.start({ folder });
  await kernel.run("const kept = 41; let count = 0;");
  await kernel.run(
    "import { AsyncLocalStorage } from 'node:async_hooks'; const storage = new AsyncLocalStorage();",
  );
});
afterAll(async () => {
  await kernel.stop();
  rmSync(folder, { recursive: true });
});

/** Each prints `started` and would never end. */
const loops: Record<string, string> = {
  "a loop": "console.log('started'); while (true) {}",
  "a loop behind an await": "await Promise.resolve(); console.log('started'); while (true) {}",
  "a loop behind a timer's await":
    "await new Promise((r) => setTimeout(r, 5)); console.log('started'); for (;;) count++;",
  "a loop in a timer, awaited":
    "await new Promise(() => setTimeout(() => { console.log('started'); for (;;); }))",
  "a loop in setImmediate":
    "await new Promise(() => setImmediate(() => { console.log('started'); for (;;); }))",
  "a loop in a microtask":
    "await new Promise(() => queueMicrotask(() => { console.log('started'); for (;;); }))",
  "a loop in process.nextTick":
    "await new Promise(() => process.nextTick(() => { console.log('started'); for (;;); }))",
  "a loop in a callback of fs":
    "import { readFile } from 'node:fs'; await new Promise(() => readFile('spin.ts', () => { console.log('started'); for (;;); }))",
  "a loop in a stream's listener":
    "import { createReadStream } from 'node:fs'; await new Promise(() => createReadStream('spin.ts').on('data', () => { console.log('started'); for (;;); }))",
  "a loop in an event's listener":
    "import { EventEmitter } from 'node:events'; const e = new EventEmitter(); e.on('x', () => { console.log('started'); for (;;); }); e.emit('x')",
  "a loop in a function of another file": "import { spin } from './spin'; spin();",
  "a loop that catches every error": "console.log('started'); for (;;) { try { JSON.parse('{'); } catch {} }",
  "a loop inside of try and finally": "console.log('started'); try { for (;;); } finally { count = 1; }",
  "a loop that prints": "console.log('started'); for (;;) console.log('x'.repeat(2000));",
  "a loop that makes garbage":
    "console.log('started'); let a: number[] = []; for (;;) a = [...a.slice(-100), 1];",
  "a loop of native calls":
    "import { pbkdf2Sync } from 'node:crypto'; console.log('started'); for (;;) pbkdf2Sync('a', 'b', 20_000, 64, 'sha512');",
  "a fast loop of awaits": "console.log('started'); for (;;) await null;",
  "a fast loop of awaits with AsyncLocalStorage":
    "await storage.run(1, async () => { console.log('started'); for (;;) { await null; storage.getStore(); } })",
  "a loop with AsyncLocalStorage in a timer":
    "await storage.run(1, () => new Promise(() => setTimeout(() => { console.log('started'); for (;;) storage.getStore(); })))",
  "a slow loop of awaits": "console.log('started'); for (;;) await new Promise((r) => setTimeout(r, 5));",
  "for await over a generator without an end":
    "async function* all() { for (let i = 0; ; i++) yield i; } console.log('started'); for await (const i of all()) count = i;",
  "a promise that never settles": "console.log('started'); await new Promise(() => {});",
  "a promise that never settles, as last expression": "console.log('started'); new Promise(() => {})",
  "a busy interval":
    "console.log('started'); const busy = setInterval(() => { const end = Date.now() + 30; while (Date.now() < end); }, 1); await new Promise(() => {});",
  "a value whose picture never comes":
    "console.log('started'); ({ [Symbol.for('Jupyter.display')]: () => new Promise(() => {}) })",
  "a value that can't be shown in finite time":
    "import { inspect } from 'node:util'; console.log('started'); ({ [inspect.custom]() { for (;;); } })",
};

describe(`interrupt_request stops, ${times} of ${times} times,`, () => {
  test.each(Object.entries(loops))("%s", { timeout: 30_000 + times * 2000 }, async (_, code) => {
    for (let time = 0; time < times; time++) {
      const id = await kernel.submit(code);
      await kernel.printed(id, "started");
      await new Promise((later) => setTimeout(later, (time * 7) % 40));
      const stopped = await kernel.interrupt();
      expect(stopped.content.status).toBe("ok");
      const { reply, iopub } = await kernel.ended(id);
      expect(reply.content).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
      expect(iopub.filter(({ type }) => type === "error")).toHaveLength(1);
      const next = await kernel.run("clearInterval((globalThis as any).busy); kept + 1");
      expect(next.result).toBe("42");
    }
  });
});
