import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SpawnedKernel } from "./spawned-kernel.js";

let kernel: SpawnedKernel;
beforeAll(async () => {
  kernel = await SpawnedKernel.start();
  await kernel.run(
    "const numbers = [1, 2, 3];\n/** The answer. */\nfunction answer(x: number): number { return x; }",
  );
});
afterAll(() => kernel.stop());

describe("kernel_info_request", () => {
  test("names the language, the protocol and no debugger", async () => {
    const { content } = await kernel.ask("shell", "kernel_info_request", {});
    expect(content).toMatchObject({
      status: "ok",
      protocol_version: "5.4",
      implementation: "deconvnet",
      language_info: { name: "typescript", file_extension: ".ts", mimetype: "text/typescript" },
      debugger: false,
    });
  });

  test("is answered on control while a cell blocks", async () => {
    const id = await kernel.submit(
      "console.log('go'); const until = Date.now() + 800; while (Date.now() < until);",
    );
    await kernel.printed(id, "go");
    expect((await kernel.ask("control", "kernel_info_request", {})).content.status).toBe("ok");
    expect((await kernel.ask("shell", "kernel_info_request", {})).content.status).toBe("ok");
    expect(kernel.client.received.shell.some(({ parent }) => parent === id)).toBe(false);
    await kernel.ended(id);
  });
});

test("a heartbeat is answered while a cell blocks", async () => {
  const id = await kernel.submit(
    "console.log('go'); { const until = Date.now() + 800; while (Date.now() < until); }",
  );
  await kernel.printed(id, "go");
  await kernel.client.sockets.heartbeat.send("ping");
  expect(String(await kernel.client.sockets.heartbeat.receive())).toBe("ping");
  expect(kernel.client.received.shell.some(({ parent }) => parent === id)).toBe(false);
  await kernel.ended(id);
});

test("a new subscriber is welcomed with what it subscribed to", () => {
  const welcome = kernel.client.received.iopub.find(({ type }) => type === "iopub_welcome");
  expect(welcome?.content).toEqual({ subscription: "" });
});

test("connect_request is answered with the ports", async () => {
  const { content } = await kernel.ask("shell", "connect_request", {});
  const { shell_port, iopub_port, stdin_port, control_port, hb_port } = kernel.connection;
  expect(content).toEqual({ status: "ok", shell_port, iopub_port, stdin_port, control_port, hb_port });
});

test("debug_request is refused in the debugger's own form", async () => {
  const { content } = await kernel.ask("control", "debug_request", {
    type: "request",
    seq: 7,
    command: "initialize",
  });
  expect(content).toMatchObject({ type: "response", request_seq: 7, success: false, command: "initialize" });
});

test("every answered request is framed by busy and idle", async () => {
  const id = await kernel.client.send("shell", "comm_info_request", {});
  await kernel.reply("shell", id);
  await kernel.idle(id);
  expect(kernel.of(id).map(({ content }) => content.execution_state)).toEqual(["busy", "idle"]);
});

test("while a cell runs, each idle of another request is followed by the cell's busy", async () => {
  const cell = await kernel.submit("console.log('go'); await new Promise((r) => setTimeout(r, 500))");
  await kernel.printed(cell, "go");
  const id = await kernel.client.send("control", "kernel_info_request", {});
  await kernel.idle(id);
  await kernel.client.next(
    "iopub",
    ({ parent, content }) =>
      parent === cell &&
      content.execution_state === "busy" &&
      kernel.of(cell).filter((message) => message.content.execution_state === "busy").length === 2,
    "busy once more",
  );
  await kernel.ended(cell);
});

describe("complete_request", () => {
  const complete = async (code: string, cursor_pos = [...code].length) =>
    (await kernel.ask("shell", "complete_request", { code, cursor_pos })).content;

  test("gives members by type, with their kinds", async () => {
    const { matches, cursor_start, cursor_end, metadata } = await complete("numbers.ma");
    expect(matches[0]).toBe("map");
    expect([cursor_start, cursor_end]).toEqual([8, 10]);
    expect(metadata._jupyter_types_experimental[0]).toEqual({
      text: "map",
      type: "function",
      start: 8,
      end: 10,
    });
  });

  test("knows names of earlier cells, and keeps the kernel's own to itself", async () => {
    expect((await complete("answ")).matches).toContain("answer");
    expect((await complete("tsLast")).matches).not.toContain("tsLastExpr");
    expect((await complete("__tsl")).matches).not.toContain("__tslab__");
  });

  test("counts the cursor in code points", async () => {
    const code = "'🙂'; numbers.ma";
    const { cursor_start, cursor_end } = await complete(code);
    expect([cursor_start, cursor_end]).toEqual([13, 15]);
  });

  test("works inside of unfinished code", async () => {
    expect((await complete("if (numbers.le")).matches).toContain("length");
  });

  test("is answered while a cell awaits", async () => {
    const id = await kernel.submit("console.log('go'); await new Promise((r) => setTimeout(r, 600))");
    await kernel.printed(id, "go");
    expect((await complete("numbers.fi")).matches).toContain("filter");
    expect(kernel.client.received.shell.some(({ parent }) => parent === id)).toBe(false);
    await kernel.ended(id);
  });
});

describe("inspect_request", () => {
  const inspect = async (code: string, cursor_pos = code.length) =>
    (await kernel.ask("shell", "inspect_request", { code, cursor_pos, detail_level: 0 })).content;

  test("gives type and documentation", async () => {
    const { found, data } = await inspect("answer", 2);
    expect(found).toBe(true);
    expect(data["text/plain"]).toBe("function answer(x: number): number\n\nThe answer.");
    expect(data["text/markdown"]).toBe(
      "```typescript\nfunction answer(x: number): number\n```\n\nThe answer.",
    );
  });

  test("means the function when the cursor stands between its brackets", async () => {
    expect((await inspect("answer(")).data["text/plain"]).toContain("The answer.");
    expect((await inspect("answer(numbers[0], ", 19)).data["text/plain"]).toContain("The answer.");
  });

  test("finds nothing in nothing", async () => {
    expect(await inspect("   ")).toEqual({ status: "ok", found: false, data: {}, metadata: {} });
  });
});

describe("is_complete_request", () => {
  test.each([
    ["1 + 1", "complete"],
    ["await fetch('x')", "complete"],
    ["for await (const a of b) c(a);", "complete"],
    ["function f() {", "incomplete"],
    ["f(1,", "incomplete"],
    ["`open", "incomplete"],
    ["/* open", "incomplete"],
    ["const const", "invalid"],
    ["1 +* 1", "invalid"],
    ["}", "invalid"],
  ])("%s is %s", async (code, status) => {
    expect((await kernel.ask("shell", "is_complete_request", { code })).content.status).toBe(status);
  });

  test("indents the next line as the code wants it", async () => {
    const indent = async (code: string) =>
      (await kernel.ask("shell", "is_complete_request", { code })).content.indent;
    expect(await indent("function f() {")).toBe("  ");
    expect(await indent("function f() {\n  if (x) {")).toBe("    ");
  });
});

describe("shutdown_request", () => {
  test.each([true, false])("restart %s is echoed, and the process ends", async (restart) => {
    const own = await SpawnedKernel.start();
    await own.run("1");
    const gone = new Promise((code) => own.process.once("exit", code));
    expect((await own.ask("control", "shutdown_request", { restart })).content).toEqual({
      status: "ok",
      restart,
    });
    expect(await gone).toBe(0);
    await own.stop();
  });

  test("ends a process that a cell blocks", async () => {
    const own = await SpawnedKernel.start();
    const id = await own.submit("console.log('go'); for (;;);");
    await own.printed(id, "go");
    const gone = new Promise((end) => own.process.once("exit", () => end("gone")));
    await own.ask("control", "shutdown_request", { restart: false });
    expect(await gone).toBe("gone");
    await own.stop();
  });
});

test.skipIf(process.platform === "win32")(
  "a kernel ends when the server that started it is gone",
  async () => {
    const server = spawn(process.execPath, ["--eval", "setInterval(() => {}, 1000)"]);
    const orphan = await SpawnedKernel.start({ env: { JPY_PARENT_PID: `${server.pid}` } });
    try {
      await orphan.submit("for (;;);");
      const gone = once(orphan.process, "exit");
      server.kill("SIGKILL");
      await gone;
    } finally {
      server.kill("SIGKILL");
      await orphan.stop();
    }
  },
);
