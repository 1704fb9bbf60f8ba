import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SpawnedKernel } from "./spawned-kernel.js";

let kernel: SpawnedKernel;
beforeAll(async () => {
  kernel = await SpawnedKernel.start();
});
afterAll(() => kernel.stop());

describe("execute_request", () => {
  test("says busy, then the code, then the result, then idle", async () => {
    const { iopub, result } = await kernel.run("6 * 7");
    expect(iopub.map(({ type }) => type)).toEqual(["status", "execute_input", "execute_result", "status"]);
    expect(iopub[1].content.code).toBe("6 * 7");
    expect(result).toBe("42");
  });

  test("counts cells, in the reply, the input and the result alike", async () => {
    const first = await kernel.run("1");
    const { reply, iopub } = await kernel.run("2");
    const count = first.reply.content.execution_count + 1;
    expect(reply.content.execution_count).toBe(count);
    expect(iopub[1].content.execution_count).toBe(count);
    expect(iopub[2].content.execution_count).toBe(count);
  });

  test("shows nothing for undefined and null", async () => {
    expect((await kernel.run("undefined")).result).toBeUndefined();
    expect((await kernel.run("null")).result).toBeUndefined();
    expect((await kernel.run("const x = 1;")).result).toBeUndefined();
  });

  test("shows 0, an empty text and false", async () => {
    expect((await kernel.run("0")).result).toBe("0");
    expect((await kernel.run("''")).result).toBe("''");
    expect((await kernel.run("false")).result).toBe("false");
  });

  test("carries variables, functions, types and classes from cell to cell", async () => {
    await kernel.run(
      "const a = 2; let b = 3; type Pair = [number, number]; class Box { constructor(readonly v: number) {} }",
    );
    await kernel.run("function add([x, y]: Pair): number { return x + y; }");
    expect((await kernel.run("const pair: Pair = [a, b]; new Box(add(pair)).v")).result).toBe("5");
    expect((await kernel.run("b += 10; b")).result).toBe("13");
  });

  test("carries variables also into shorthands, of objects and of what is assigned", async () => {
    await kernel.run("const padding = 3; let stride = 1; let rate = 0; import { EOL } from 'node:os';");
    expect((await kernel.run("({ padding, deep: [{ stride, EOL }] })")).result).toBe(
      "{ padding: 3, deep: [ { stride: 1, EOL: '\\n' } ] }",
    );
    expect((await kernel.run("[1].map((x) => ({ x, padding }))")).result).toBe("[ { x: 1, padding: 3 } ]");
    await kernel.run("({ stride, rate = stride + 1 } = { stride: 7 } as { stride: number; rate?: number });");
    expect((await kernel.run("[stride, rate]")).result).toBe("[ 7, 8 ]");
    // A name of the cell's own is the cell's own.
    expect((await kernel.run("((padding: string) => ({ padding }))('own')")).result).toBe(
      "{ padding: 'own' }",
    );
    expect((await kernel.run("const padding = 9; ({ padding })")).result).toBe("{ padding: 9 }");
  });

  test("lets a name be declared again, with another type", async () => {
    await kernel.run("const again = 1");
    expect((await kernel.run("const again = 'text'; again.length")).result).toBe("4");
  });

  test("silent: nothing is published but busy and idle, and the count stays", async () => {
    const before = (await kernel.run("1")).reply.content.execution_count;
    const { iopub, reply } = await kernel.run("console.log('quiet'); 5", { silent: true });
    expect(iopub.map(({ type }) => type)).toEqual(["status", "status"]);
    expect(reply.content.status).toBe("ok");
    expect((await kernel.run("1")).reply.content.execution_count).toBe(before + 1);
  });

  test("store_history false: the result is shown, the count stays", async () => {
    const before = (await kernel.run("1")).reply.content.execution_count;
    expect((await kernel.run("7", { store_history: false })).result).toBe("7");
    expect((await kernel.run("1")).reply.content.execution_count).toBe(before + 1);
  });

  test("stop_on_error: what waits behind a cell that throws is answered aborted, and not run", async () => {
    await kernel.run("let ran = 0");
    const ids = [
      await kernel.submit("await new Promise((r) => setTimeout(r, 100)); throw new Error('first')"),
      await kernel.submit("ran++"),
      await kernel.submit("ran++"),
    ];
    const [failed, second, third] = await Promise.all(ids.map((id) => kernel.ended(id)));
    expect(failed.reply.content.status).toBe("error");
    expect(second.reply.content.status).toBe("aborted");
    expect(third.reply.content.status).toBe("aborted");
    expect((await kernel.run("ran")).result).toBe("0");
  });

  test("stop_on_error false: what waits behind goes on", async () => {
    await kernel.run("let went = 0");
    const ids = [
      await kernel.submit("await new Promise((r) => setTimeout(r, 100)); throw new Error()", {
        stop_on_error: false,
      }),
      await kernel.submit("went++"),
    ];
    for (const id of ids) await kernel.ended(id);
    expect((await kernel.run("went")).result).toBe("1");
  });

  test("user_expressions: each gives its value, or its own error", async () => {
    await kernel.run("const u = 20");
    const { reply } = await kernel.run("1", { user_expressions: { good: "u + 1", bad: "nothing.there" } });
    const { good, bad } = reply.content.user_expressions;
    expect(good).toEqual({ status: "ok", data: { "text/plain": "21" }, metadata: {} });
    expect(bad.status).toBe("error");
    expect(bad.ename).toBe("TypeScriptError");
  });

  test("awaits a promise that is the last expression", async () => {
    expect((await kernel.run("new Promise((r) => setTimeout(r, 10, 'late'))")).result).toBe("'late'");
  });

  test("code that is no text is refused, and the kernel goes on", async () => {
    const { reply } = await kernel.ended(await kernel.client.send("shell", "execute_request", { code: 5 }));
    expect(reply.content.status).toBe("error");
    expect(reply.content.evalue).toContain("code is not a text");
    expect((await kernel.run("1")).result).toBe("1");
  });

  test("every message names the request as its parent, and is signed", async () => {
    // The client refuses what has a wrong signature.
    const { iopub, reply } = await kernel.run("console.log('hello'); display(1); 2");
    expect(iopub).toHaveLength(6);
    expect(new Set(iopub.map(({ parent }) => parent))).toEqual(new Set([reply.parent]));
  });
});

describe("top-level await", () => {
  test.each([
    ["const value = await Promise.resolve(1); value", "1"],
    ["await (Promise.resolve(2))", "2"],
    ["await [3][0]", "3"],
    [
      "const list: number[] = []; for await (const x of [Promise.resolve(4), 5]) list.push(x); list",
      "[ 4, 5 ]",
    ],
    ["if (true) { await null; }\n6", "6"],
    ["const f = async () => await 7; await f()", "7"],
    ["`${await Promise.resolve('8')}`", "'8'"],
  ])("%s", async (code, result) => {
    expect((await kernel.run(code)).result).toBe(result);
  });

  test("await inside of a function that is not async is refused", async () => {
    expect((await kernel.run("function g() { await 1; }")).traceback).toContain("TS1308");
  });
});
