/** runtimed/kernel-testbed's list, each line asked for as it asks, in this kernel's own language. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Executed, SpawnedKernel } from "./spawned-kernel.js";

let kernel: SpawnedKernel;
beforeAll(async () => {
  kernel = await SpawnedKernel.start();
});
afterAll(() => kernel.stop());

const has = ({ iopub }: Executed, type: string) => iopub.some((message) => message.type === type);
const info = async () => (await kernel.ask("shell", "kernel_info_request", {})).content;

test("heartbeat_responds", async () => {
  await kernel.client.sockets.heartbeat.send("beat");
  expect(String(await kernel.client.sockets.heartbeat.receive())).toBe("beat");
});

test("iopub_welcome", () => {
  expect(kernel.client.received.iopub.some(({ type }) => type === "iopub_welcome")).toBe(true);
});

test("kernel_info_reply_valid", async () => {
  expect((await info()).status).toBe("ok");
});

test("kernel_info_has_language_info", async () => {
  expect((await info()).language_info.name).toBe("typescript");
});

test("kernel_info_has_protocol_version", async () => {
  expect((await info()).protocol_version).toMatch(/^5\.\d+$/);
});

test("execute_stdout", async () => {
  expect((await kernel.run("console.log('hello')")).stdout).toContain("hello");
});

test("execute_stderr", async () => {
  expect((await kernel.run("console.error('error')")).stderr).toContain("error");
});

test("execute_reply_ok", async () => {
  expect((await kernel.run("const x = 1;")).reply.content.status).toBe("ok");
});

test("status_busy_idle_lifecycle", async () => {
  const { iopub } = await kernel.run("1");
  const states = iopub.filter(({ type }) => type === "status").map(({ content }) => content.execution_state);
  expect(states).toEqual(["busy", "idle"]);
});

test("execute_input_broadcast", async () => {
  expect(has(await kernel.run("1"), "execute_input")).toBe(true);
});

test("shutdown_reply", async () => {
  const own = await SpawnedKernel.start();
  expect((await own.ask("control", "shutdown_request", { restart: false })).content.status).toBe("ok");
  await own.stop();
});

test("complete_request", async () => {
  await kernel.run("const test_variable_for_completion = 1;");
  const { content } = await kernel.ask("shell", "complete_request", {
    code: "test_variable_for_",
    cursor_pos: 18,
  });
  expect(content.status).toBe("ok");
  expect(content.matches).toContain("test_variable_for_completion");
});

test("inspect_request", async () => {
  await kernel.run("const inspected = 1;");
  const request = { code: "inspected", cursor_pos: 9, detail_level: 0 };
  const { content } = await kernel.ask("shell", "inspect_request", request);
  expect(content).toMatchObject({ status: "ok", found: true });
});

test("is_complete_complete", async () => {
  expect((await kernel.ask("shell", "is_complete_request", { code: "const x = 1" })).content.status).toBe(
    "complete",
  );
});

test("is_complete_incomplete", async () => {
  expect((await kernel.ask("shell", "is_complete_request", { code: "function f() {" })).content.status).toBe(
    "incomplete",
  );
});

test("history_request", async () => {
  const { content } = await kernel.ask("shell", "history_request", {
    hist_access_type: "tail",
    n: 10,
    output: false,
    raw: true,
  });
  expect(content.status).toBe("ok");
  expect(content.history.length).toBeGreaterThan(0);
});

test("comm_info_request", async () => {
  expect((await kernel.ask("shell", "comm_info_request", {})).content).toEqual({ status: "ok", comms: {} });
});

test("error_handling", async () => {
  const executed = await kernel.run("const const = 1");
  expect(executed.reply.content.status).toBe("error");
  expect(has(executed, "error")).toBe(true);
});

test("display_data", async () => {
  expect(has(await kernel.run("display.html('<b>x</b>')"), "display_data")).toBe(true);
});

test("update_display_data", async () => {
  const executed = await kernel.run("const shown = display(1); shown.update(2);");
  expect(has(executed, "display_data")).toBe(true);
  expect(has(executed, "update_display_data")).toBe(true);
});

test("execute_result", async () => {
  expect(has(await kernel.run("1 + 1"), "execute_result")).toBe(true);
});

test("rich_execute_result", async () => {
  const { iopub } = await kernel.run(
    "({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>rich</b>' }) })",
  );
  expect(iopub.find(({ type }) => type === "execute_result")?.content.data["text/html"]).toBe("<b>rich</b>");
});

test("stdin_input_request", async () => {
  const cell = await kernel.submit("console.log(await input('Enter: '))", { allow_stdin: true });
  await kernel.client.next("stdin", ({ parent }) => parent === cell, "input_request");
  await kernel.client.send("stdin", "input_reply", { value: "test_input_42" });
  expect((await kernel.ended(cell)).stdout).toBe("test_input_42\n");
});

test("comms_lifecycle", async () => {
  const comm_id = `test-comm-${randomUUID()}`;
  const id = await kernel.client.send("shell", "comm_open", {
    comm_id,
    target_name: "kernel_testbed.test",
    data: {},
  });
  expect((await kernel.published(id, "comm_close")).content.comm_id).toBe(comm_id);
  expect((await kernel.run("1")).reply.content.status).toBe("ok");
});

test("interrupt_request", async () => {
  expect((await kernel.interrupt()).content.status).toBe("ok");
});

test("execution_count_increments", async () => {
  const first = (await kernel.run("1")).reply.content.execution_count;
  expect((await kernel.run("1")).reply.content.execution_count).toBe(first + 1);
});

test("parent_header_correlation", async () => {
  const { iopub, reply } = await kernel.run("console.log('hello')");
  expect(iopub.length).toBeGreaterThan(3);
  expect(iopub.every(({ parent }) => parent === reply.parent)).toBe(true);
});
