import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SpawnedKernel } from "./spawned-kernel.js";
import type { Received } from "./wire-client.js";

const folder = mkdtempSync(join(tmpdir(), "kernel-widgets-"));
const esm = join(folder, "slider.js");
const css = join(folder, "slider.css");
writeFileSync(esm, "export default { render({ model, el }) {} };\n");
writeFileSync(css, ".slider { color: red }\n");

let kernel: SpawnedKernel;
let opened: Received;
let cell: string;

beforeAll(async () => {
  kernel = await SpawnedKernel.start({ folder });
  await kernel.run("const notebook = (globalThis as any)[Symbol.for('deconvnet.kernel')];");
  cell = await kernel.submit(`
    const sliderClass = { id: "test.slider", esm: new URL(${JSON.stringify(pathToFileURL(esm))}), css: new URL(${JSON.stringify(pathToFileURL(css))}) };
    const slider = notebook.openWidget(sliderClass, { value: 3, name: "speed", pixels: new Float32Array([1, 2]), nested: { list: [new Uint8Array([7]), 8] } });
    slider`);
  await kernel.ended(cell);
  opened = await kernel.published(cell, "comm_open");
});
afterAll(async () => {
  await kernel.stop();
  rmSync(folder, { recursive: true });
});

const fromBrowser = (data: object, buffers: readonly Uint8Array[] = []) =>
  kernel.client.send("shell", "comm_msg", { comm_id: opened.content.comm_id, data }, { buffers });

describe("a widget", () => {
  test("opens as an anywidget model, with its files' text and its state", () => {
    expect(opened.content.target_name).toBe("jupyter.widget");
    expect(opened.metadata).toEqual({ version: "2.1.0" });
    expect(opened.content.data.state).toEqual({
      _model_module: "anywidget",
      _model_name: "AnyModel",
      _model_module_version: "*",
      _view_module: "anywidget",
      _view_name: "AnyView",
      _view_module_version: "*",
      _view_count: null,
      _anywidget_id: "test.slider",
      _esm: "export default { render({ model, el }) {} };\n",
      _css: ".slider { color: red }\n",
      value: 3,
      name: "speed",
      nested: { list: [null, 8] },
    });
  });

  test("sends bytes apart: in an object the key is left out, in a list there is null", () => {
    expect(opened.content.data.buffer_paths).toEqual([["pixels"], ["nested", "list", 0]]);
    expect([...new Float32Array(Uint8Array.from(opened.buffers[0]).buffer)]).toEqual([1, 2]);
    expect([...opened.buffers[1]]).toEqual([7]);
  });

  test("is opened before it is shown, and shown by its model's id", () => {
    const types = kernel.of(cell).map(({ type }) => type);
    expect(types.indexOf("comm_open")).toBeLessThan(types.indexOf("execute_result"));
    const result = kernel.of(cell).find(({ type }) => type === "execute_result");
    expect(result?.content.data).toEqual({
      "application/vnd.jupyter.widget-view+json": {
        version_major: 2,
        version_minor: 0,
        model_id: opened.content.comm_id,
      },
      "text/plain": "test.slider widget",
    });
  });

  test("set sends what changed, as one update, and nothing where nothing changed", async () => {
    const id = await kernel.submit(
      "slider.set({ value: 4, name: 'speed' }); slider.set({ value: 4 }); slider.get('value')",
    );
    expect((await kernel.ended(id)).result).toBe("4");
    const updates = kernel.of(id).filter(({ type }) => type === "comm_msg");
    expect(updates.map(({ content }) => content.data)).toEqual([
      { method: "update", state: { value: 4 }, buffer_paths: [] },
    ]);
  });

  test("a change in the browser reaches get and on, and is echoed for other windows", async () => {
    await kernel.run(
      "slider.on('value', (value: any, before: any, by: any) => console.log(value, before, by)); 1",
    );
    const id = await fromBrowser({ method: "update", state: { value: 10 }, buffer_paths: [] });
    await kernel.idle(id);
    expect((await kernel.published(id, "comm_msg")).content.data).toEqual({
      method: "echo_update",
      state: { value: 10 },
      buffer_paths: [],
    });
    await kernel.printed(cell, "10 4 browser");
    expect((await kernel.run("slider.get('value')")).result).toBe("10");
    await kernel.run("slider.set({ value: 11 })");
    await kernel.client.next(
      "iopub",
      () => [...kernel.client.printed.values()].some((text) => text.includes("11 10 kernel")),
      "on",
    );
  });

  test("what the browser sent is not sent back to it, also where a handler sets the same values", async () => {
    await kernel.run(
      "const off = slider.on('nested', (value: any) => slider.set({ nested: { ...value } })); 1",
    );
    const id = await fromBrowser({
      method: "update",
      state: { nested: { list: [1, 2] } },
      buffer_paths: [],
    });
    await kernel.idle(id);
    const sent = kernel.of(id).filter(({ type }) => type === "comm_msg");
    expect(sent.map(({ content }) => content.data.method)).toEqual(["echo_update"]);
    await kernel.run("off()");
  });

  test("bytes from the browser are a DataView, also deep inside", async () => {
    const bytes = new Uint8Array(Float32Array.of(5, 6).buffer);
    const id = await fromBrowser(
      {
        method: "update",
        state: { nested: { list: [null, 9] } },
        buffer_paths: [["pixels"], ["nested", "list", 0]],
      },
      [bytes, Uint8Array.of(3)],
    );
    await kernel.idle(id);
    const code =
      "[slider.get('pixels').getFloat32(4, true), slider.get('nested').list[0].getUint8(0), slider.get('nested').list[1]]";
    expect((await kernel.run(code)).result).toBe("[ 6, 3, 9 ]");
    const echo = await kernel.published(id, "comm_msg");
    expect(echo.content.data.buffer_paths).toEqual([["nested", "list", 0], ["pixels"]]);
  });

  test("keys that the state does not have are not taken from a browser", async () => {
    const id = await fromBrowser({
      method: "update",
      state: { _esm: "alert(1)", more: 1, ["__proto__"]: 2 },
      buffer_paths: [],
    });
    await kernel.idle(id);
    expect((await kernel.run("[slider.get('more'), slider.get('_esm'), ({} as any).more]")).result).toBe(
      "[ undefined, undefined, undefined ]",
    );
  });

  test("request_state is answered with the whole state", async () => {
    const id = await fromBrowser({ method: "request_state" });
    const { content, buffers } = await kernel.published(id, "comm_msg");
    expect(content.data.method).toBe("update");
    expect(content.data.state).toMatchObject({ _model_module: "anywidget", value: 11, name: "speed" });
    expect(content.data.state._esm).toContain("export default");
    expect(buffers).toHaveLength(2);
  });

  test("custom messages go both ways, with bytes", async () => {
    await kernel.run(
      "slider.onMessage((content: any, [view]: any) => slider.send({ got: content, first: view.getUint8(0) }, [new Uint8Array([9])])); 1",
    );
    const id = await fromBrowser({ method: "custom", content: { ask: "bundle" } }, [Uint8Array.of(77)]);
    const answer = await kernel.published(id, "comm_msg");
    expect(answer.content.data).toEqual({ method: "custom", content: { got: { ask: "bundle" }, first: 77 } });
    expect([...answer.buffers[0]]).toEqual([9]);
  });

  test("after a page reload request_states is answered with every widget", async () => {
    await kernel.run(
      "const second = notebook.openWidget(sliderClass, { value: 1, pixels: new Uint8Array([1]) }); 1",
    );
    const comm_id = randomUUID();
    await kernel.client.send("shell", "comm_open", {
      comm_id,
      target_name: "jupyter.widget.control",
      data: {},
    });
    const id = await kernel.client.send("shell", "comm_msg", { comm_id, data: { method: "request_states" } });
    const { content, buffers } = await kernel.published(id, "comm_msg");
    expect(content.data.method).toBe("update_states");
    expect(Object.keys(content.data.states)).toHaveLength(2);
    expect(content.data.states[opened.content.comm_id]).toMatchObject({
      model_name: "AnyModel",
      model_module: "anywidget",
      model_module_version: "*",
      state: { value: 11, _anywidget_id: "test.slider" },
    });
    expect(content.data.buffer_paths[0][0]).toBe(opened.content.comm_id);
    expect(content.data.buffer_paths).toHaveLength(buffers.length);
  });

  test("changes of a handler go out before its idle", async () => {
    await kernel.run(
      "slider.on('value', (value: any, _: any, by: any) => { if (by === 'browser') slider.set({ name: 'v' + value }); }); 1",
    );
    const id = await fromBrowser({ method: "update", state: { value: 20 }, buffer_paths: [] });
    await kernel.idle(id);
    const said = kernel
      .of(id)
      .map(({ type, content }) => content.execution_state ?? content.data?.method ?? type);
    expect(said).toEqual(["busy", "echo_update", "update", "idle"]);
  });

  test("close takes it away, from the page and from what a reload gets", async () => {
    const id = await kernel.submit("second.close()");
    await kernel.ended(id);
    await kernel.published(id, "comm_close");
    expect((await kernel.run("second.set({ value: 2 })")).traceback).toContain("it is closed");
  });

  test("a class whose file is missing is refused where it is opened", async () => {
    const { traceback } = await kernel.run(
      "notebook.openWidget({ id: 'x', esm: new URL('file:///no/such/file.js') }, {})",
    );
    expect(traceback).toContain("ENOENT");
  });
});
