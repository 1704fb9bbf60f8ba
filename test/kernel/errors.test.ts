import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SpawnedKernel } from "./spawned-kernel.js";

let kernel: SpawnedKernel;
beforeAll(async () => {
  kernel = await SpawnedKernel.start();
});
afterAll(() => kernel.stop());

describe("a type error", () => {
  test("points at line and column, and runs nothing", async () => {
    await kernel.run("let touched = 0");
    const { reply, traceback } = await kernel.run("touched = 1;\nconst wrong: number = 'text';");
    expect(reply.content).toMatchObject({
      status: "error",
      ename: "TypeScriptError",
      evalue: "2:7 - Type 'string' is not assignable to type 'number'.",
    });
    const count = reply.content.execution_count;
    expect(traceback.split("\n")).toEqual([
      `cell[${count}]:2:7 - error TS2322: Type 'string' is not assignable to type 'number'.`,
      "2 const wrong: number = 'text';",
      "        ~~~~~",
    ]);
    expect((await kernel.run("touched")).result).toBe("0");
  });

  test("says its reasons beneath it", async () => {
    const { traceback } = await kernel.run("const f: (x: number) => void = (x: string) => {};");
    expect(traceback).toContain("\n  Types of parameters 'x' and 'x' are incompatible.\n");
  });

  test("is the same in the reply and on iopub", async () => {
    const { reply, iopub } = await kernel.run("nowhere");
    const error = iopub.find(({ type }) => type === "error");
    const { ename, evalue, traceback } = reply.content;
    expect(error?.content).toEqual({ ename, evalue, traceback });
  });
});

describe("an error that a cell throws", () => {
  test("has the cell's own lines, though types were taken out and awaits put in", async () => {
    const code = [
      "interface Long {",
      "  a: number;",
      "}",
      "const value: Long = { a: await Promise.resolve(1) };",
      "function deep(x: Long): never {",
      "  throw new RangeError(`bad ${x.a}`);",
      "}",
      "deep(value);",
    ].join("\n");
    const { reply, traceback } = await kernel.run(code);
    const name = `cell[${reply.content.execution_count}]`;
    expect(reply.content).toMatchObject({ ename: "RangeError", evalue: "bad 1" });
    expect(traceback.split("\n")).toEqual([
      "RangeError: bad 1",
      `    at deep (${name}:6:9)`,
      `    at ${name}:8:1`,
    ]);
  });

  test("names an earlier cell's lines where that cell's function threw", async () => {
    const first = await kernel.run(
      "const a: number = 1;\nfunction later(): void {\n  null!.x;\n}\n".replace("null!", "(null as any)"),
    );
    const second = await kernel.run("\nlater()");
    const [one, two] = [first, second].map(({ reply }) => reply.content.execution_count);
    expect(second.traceback).toContain(`at later (cell[${one}]:3:17)`);
    expect(second.traceback).toContain(`at cell[${two}]:2:`);
  });

  test("shows its cause and its own fields", async () => {
    const { traceback } = await kernel.run(
      "throw Object.assign(new Error('outer', { cause: new TypeError('inner') }), { code: 'E_X' })",
    );
    expect(traceback).toContain("[cause]: TypeError: inner");
    expect(traceback).toContain("code: 'E_X'");
  });

  test.each([
    ["throw 'a text'", "'a text'"],
    ["throw undefined", "undefined"],
    ["throw null", "null"],
    ["throw { answer: 42 }", "{ answer: 42 }"],
    ["await Promise.reject('late')", "'late'"],
  ])("may be anything: %s", async (code, value) => {
    const { reply } = await kernel.run(code);
    expect(reply.content).toMatchObject({ status: "error", ename: "Thrown", evalue: value });
  });

  test("leaves the declarations of its cell to later ones", async () => {
    await kernel.run(
      "const survivor = 5; class Kept { it = 1 } type Both = Kept | number; throw new Error('after that')",
    );
    expect((await kernel.run("const both: Both = survivor; (both as number) + 1")).result).toBe("6");
    expect((await kernel.run("new Kept()")).result).toBe("Kept { it: 1 }");
  });

  test("in a value's own display method is said, and the value is shown as text", async () => {
    const { reply, result, stderr } = await kernel.run(
      "({ a: 1, [Symbol.for('Jupyter.display')]() { throw new Error('no picture'); } })",
    );
    expect(reply.content.status).toBe("ok");
    expect(result).toContain("a: 1");
    expect(stderr).toContain("Error: no picture");
  });
});

describe("what nobody catches ends no kernel, and is shown by the cell that caused it:", () => {
  test.each([
    [
      "an exception in a timer",
      "setTimeout(() => { throw new Error('from a timer'); }, 50); 1",
      "from a timer",
    ],
    ["a rejected promise", "setTimeout(() => { Promise.reject(new Error('unheard')); }, 50); 1", "unheard"],
    [
      "a rejected promise that the cell lets fall",
      "void (async () => { throw new Error('fallen'); })(); 1",
      "fallen",
    ],
    [
      "an error event without a listener",
      "import { EventEmitter } from 'node:events'; setTimeout(() => new EventEmitter().emit('error', new Error('event')), 50); 1",
      "event",
    ],
    ["an exception in process.nextTick", "process.nextTick(() => { throw new Error('tick'); }); 1", "tick"],
    [
      "an exception in queueMicrotask",
      "queueMicrotask(() => { throw new Error('microtask'); }); 1",
      "microtask",
    ],
  ])("%s", async (_, code, message) => {
    const culprit = await kernel.submit(code);
    const { reply } = await kernel.ended(culprit);
    expect(reply.content.status).toBe("ok");
    const other = await kernel.run("await new Promise((r) => setTimeout(r, 200)); 'unharmed'");
    expect(other.result).toBe("'unharmed'");
    expect(other.stderr).toBe("");
    await kernel.printed(culprit, `Error: ${message}`);
  });

  test("process.exit ends the process with the cell's code, after what was printed", async () => {
    const own = await SpawnedKernel.start();
    const gone = new Promise((code) => own.process.once("exit", code));
    const id = await own.submit("console.log('last words'); process.exit(3)");
    await own.printed(id, "last words");
    expect(await gone).toBe(3);
    await own.stop();
  });
});
