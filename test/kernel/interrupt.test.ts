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

test(`an interrupt during the type check stops the cell before it runs, ${times} of ${times} times`, {
  timeout: 30_000 + times * 2000,
}, async () => {
  await kernel.run("let ran = 0");
  // Types that keep the compiler busy for a while, anew each time.
  const slow = (n: number) => `
    type Digits = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
    type Slow${n} = \`\${Digits}\${Digits}\${Digits}${n % 10}\`;
    const some${n}: Slow${n} = "012${n % 10}" as Slow${n};
    ran++; for (;;);`;
  for (let time = 0; time < times; time++) {
    const id = await kernel.submit(slow(time));
    await kernel.published(id, "execute_input");
    await new Promise((later) => setTimeout(later, time % 10));
    expect((await kernel.interrupt()).content.status).toBe("ok");
    expect((await kernel.ended(id)).reply.content.ename).toBe("KeyboardInterrupt");
    expect((await kernel.run("const x: number = kept; x + 1")).result).toBe("42");
  }
});

test("an interrupt before the first cell, while the compiler is being loaded, harms nothing", async () => {
  const fresh = await SpawnedKernel.start();
  try {
    const id = await fresh.submit("for (;;);");
    expect((await fresh.interrupt()).content.status).toBe("ok");
    expect((await fresh.ended(id)).reply.content.ename).toBe("KeyboardInterrupt");
    expect((await fresh.run("1 + 1")).result).toBe("2");
  } finally {
    await fresh.stop();
  }
});

test("an interrupt while nothing runs harms nothing", async () => {
  expect((await kernel.interrupt()).content.status).toBe("ok");
  expect((await kernel.run("kept + 1")).result).toBe("42");
});

test("several interrupts at once are answered each", async () => {
  const id = await kernel.submit("console.log('started'); for (;;);");
  await kernel.printed(id, "started");
  const replies = await Promise.all([kernel.interrupt(), kernel.interrupt(), kernel.interrupt()]);
  expect(replies.map(({ content }) => content.status)).toEqual(["ok", "ok", "ok"]);
  expect((await kernel.ended(id)).reply.content.ename).toBe("KeyboardInterrupt");
});

test("the cells that wait behind an interrupted one are answered aborted", async () => {
  const first = await kernel.submit("console.log('started'); for (;;);");
  const second = await kernel.submit("kept");
  await kernel.printed(first, "started");
  await kernel.interrupt();
  expect((await kernel.ended(second)).reply.content.status).toBe("aborted");
});

test("code that listens hears of it, and its own clean-up runs", async () => {
  await kernel.run("let cleaned = ''");
  const id = await kernel.submit(
    "console.log('started'); try { await new Promise((_, fail) => { const signal = interruption(); signal.onabort = () => fail(signal.reason); }); } finally { cleaned = 'yes'; }",
  );
  await kernel.printed(id, "started");
  await kernel.interrupt();
  expect((await kernel.ended(id)).reply.content.ename).toBe("KeyboardInterrupt");
  expect((await kernel.run("cleaned")).result).toBe("'yes'");
});

test("what a blocked cell's listener does is not cut short, and the cell ends once", async () => {
  await kernel.run("let tidied = ''");
  const id = await kernel.submit(
    `interruption().addEventListener("abort", () => {
      for (const end = Date.now() + 300; Date.now() < end; );
      tidied = "yes";
    });
    console.log("started"); for (;;);`,
  );
  await kernel.printed(id, "started");
  await kernel.interrupt();
  const { reply, iopub } = await kernel.ended(id);
  expect(reply.content.ename).toBe("KeyboardInterrupt");
  expect(iopub.filter(({ type }) => type === "error")).toHaveLength(1);
  expect((await kernel.run("tidied")).result).toBe("'yes'");
});

test("a listener that never comes back is stopped too", async () => {
  const id = await kernel.submit(
    `interruption().addEventListener("abort", () => { for (;;); }); console.log("started"); for (;;);`,
  );
  await kernel.printed(id, "started");
  await kernel.interrupt();
  expect((await kernel.ended(id)).reply.content.ename).toBe("KeyboardInterrupt");
  expect((await kernel.run("kept + 1")).result).toBe("42");
});

test("a loop of awaits does not go on behind the stopped cell's back", async () => {
  const id = await kernel.submit(
    "let turns = 0; console.log('started'); for (;;) { turns++; await new Promise((r) => setTimeout(r, 5)); }",
  );
  await kernel.printed(id, "started");
  await kernel.interrupt();
  await kernel.ended(id);
  const turns = (await kernel.run("await new Promise((r) => setTimeout(r, 50)); turns")).result;
  expect((await kernel.run("await new Promise((r) => setTimeout(r, 100)); turns")).result).toBe(turns);
});

test("a module that is being loaded is not cut short, and works afterwards", async () => {
  writeFileSync(
    join(folder, "slow-module.js"),
    "console.log('started'); const end = Date.now() + 400; while (Date.now() < end); exports.whole = 'whole';",
  );
  const id = await kernel.submit("import { whole } from './slow-module.js'; for (;;);");
  await kernel.printed(id, "started");
  await kernel.interrupt();
  await kernel.ended(id);
  const { result, traceback } = await kernel.run("import { whole } from './slow-module.js'; whole");
  expect(traceback).toBe("");
  expect(result).toBe("'whole'");
});

test.skipIf(process.platform === "win32")("Ctrl-C stops a cell that awaits, and ends no kernel", async () => {
  const id = await kernel.submit("console.log('started'); await new Promise(() => {})");
  await kernel.printed(id, "started");
  kernel.process.kill("SIGINT");
  expect((await kernel.ended(id)).reply.content.ename).toBe("KeyboardInterrupt");
});
