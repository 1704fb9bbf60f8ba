import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SpawnedKernel } from "./spawned-kernel.js";

let kernel: SpawnedKernel;
beforeAll(async () => {
  kernel = await SpawnedKernel.start();
  await kernel.run(
    "const notebook = (globalThis as any)[Symbol.for('deconvnet.kernel')]; const heard: unknown[] = [];",
  );
});
afterAll(() => kernel.stop());

/** Opens a comm from a cell. @returns its id and the cell's */
async function openFromCell(name: string, more = ""): Promise<{ comm: string; cell: string }> {
  const cell = await kernel.submit(`const ${name} = notebook.openComm("some.target", { hello: 1 }); ${more}`);
  await kernel.ended(cell);
  const opened = await kernel.published(cell, "comm_open");
  return { comm: opened.content.comm_id, cell };
}

async function message(comm_id: string, data: unknown, buffers: readonly Uint8Array[] = []): Promise<string> {
  return kernel.client.send("shell", "comm_msg", { comm_id, data }, { buffers });
}

describe("a comm that the kernel opens", () => {
  test("is announced, and listed by comm_info_request", async () => {
    const { comm, cell } = await openFromCell("first");
    expect((await kernel.published(cell, "comm_open")).content).toEqual({
      comm_id: comm,
      target_name: "some.target",
      data: { hello: 1 },
    });
    const all = await kernel.ask("shell", "comm_info_request", {});
    expect(all.content.comms[comm]).toEqual({ target_name: "some.target" });
    const others = await kernel.ask("shell", "comm_info_request", { target_name: "another" });
    expect(others.content).toEqual({ status: "ok", comms: {} });
  });

  test("carries JSON and bytes both ways, unchanged", async () => {
    const { comm } = await openFromCell(
      "echo",
      "echo.onMessage((data: any, buffers: any) => echo.send({ back: data }, { buffers }))",
    );
    const bytes = Uint8Array.from({ length: 1_000_000 }, (_, i) => i % 251);
    const id = await message(comm, { deep: [1, { text: "né漢🙂" }] }, [bytes, new Uint8Array(0)]);
    const back = await kernel.published(id, "comm_msg");
    expect(back.content).toEqual({ comm_id: comm, data: { back: { deep: [1, { text: "né漢🙂" }] } } });
    expect(back.buffers).toHaveLength(2);
    expect(Buffer.compare(back.buffers[0], bytes)).toBe(0);
    expect(back.buffers[1]).toHaveLength(0);
  });

  test("sends a part of a larger array as that part", async () => {
    const cell = await kernel.submit(
      "const part = notebook.openComm('t'); part.send({}, { buffers: [new Float32Array([1, 2, 3, 4]).subarray(1, 3)] })",
    );
    const sent = await kernel.published(cell, "comm_msg");
    const { buffer, byteOffset } = Uint8Array.from(sent.buffers[0]);
    expect([...new Float32Array(buffer, byteOffset, 2)]).toEqual([2, 3]);
  });

  test("handlers get bytes that typed arrays of any width can look at", async () => {
    const { comm } = await openFromCell(
      "wide",
      "wide.onMessage((_: any, [view]: any) => wide.send([...new Float64Array(view.buffer, view.byteOffset, 2)]))",
    );
    const id = await message(comm, {}, [new Uint8Array(Float64Array.of(0.5, -2).buffer)]);
    expect((await kernel.published(id, "comm_msg")).content.data).toEqual([0.5, -2]);
  });

  test("says busy before its handler and idle after, also when it is asynchronous", async () => {
    const { comm } = await openFromCell(
      "slow",
      "slow.onMessage(async () => { await new Promise((r) => setTimeout(r, 100)); slow.send('done'); })",
    );
    const id = await message(comm, {});
    await kernel.idle(id);
    expect(kernel.of(id).map(({ type, content }) => content.execution_state ?? type)).toEqual([
      "busy",
      "comm_msg",
      "idle",
    ]);
  });

  test("is served while a cell awaits, and can end that very cell", async () => {
    const { comm } = await openFromCell("steering");
    const cell = await kernel.submit(
      "console.log('waiting'); await new Promise((r) => steering.onMessage((data: any) => r(data)))",
    );
    await kernel.printed(cell, "waiting");
    await message(comm, { stop: true });
    expect((await kernel.ended(cell)).result).toBe("{ stop: true }");
  });

  test("what its handler prints and shows comes out under the cell that opened it", async () => {
    const { comm, cell } = await openFromCell(
      "loud",
      "loud.onMessage(() => { console.log('handled'); display('shown'); })",
    );
    const between = await kernel.run("console.log('another cell')");
    const id = await message(comm, {});
    await kernel.idle(id);
    await kernel.printed(cell, "handled");
    await kernel.published(cell, "display_data");
    expect(between.stdout).toBe("another cell\n");
  });

  test("an error in its handler is shown under that cell, and idle comes all the same", async () => {
    const { comm, cell } = await openFromCell(
      "faulty",
      "faulty.onMessage(() => { throw new Error('in the handler'); })",
    );
    const id = await message(comm, {});
    await kernel.idle(id);
    await kernel.printed(cell, "Error: in the handler");
  });

  test("an interrupt frees a handler that never comes back", async () => {
    const { comm } = await openFromCell(
      "stuck",
      "stuck.onMessage(() => { console.log('stuck'); for (;;); })",
    );
    const id = await message(comm, {});
    await new Promise((later) => setTimeout(later, 100));
    await kernel.interrupt();
    await kernel.idle(id);
    expect((await kernel.run("1")).result).toBe("1");
  });

  test("an interrupt frees a handler that waits for ever", async () => {
    const { comm } = await openFromCell("waits", "waits.onMessage(() => new Promise(() => {}))");
    const id = await message(comm, {});
    await kernel.interrupt();
    await kernel.idle(id);
  });

  test("may be closed by the front end, which its handler hears", async () => {
    const { comm, cell } = await openFromCell(
      "closing",
      "closing.onClose((data: any) => console.log('closed', data.why))",
    );
    const id = await kernel.client.send("shell", "comm_close", { comm_id: comm, data: { why: "tired" } });
    await kernel.idle(id);
    await kernel.printed(cell, "closed tired");
    expect((await kernel.ask("shell", "comm_info_request", {})).content.comms[comm]).toBeUndefined();
    expect((await kernel.run("closing.send(1)")).traceback).toContain("it is closed");
  });

  test("may be closed by the kernel", async () => {
    const { comm } = await openFromCell("ending");
    const cell = await kernel.submit("ending.close({ bye: 1 })");
    expect((await kernel.published(cell, "comm_close")).content).toEqual({ comm_id: comm, data: { bye: 1 } });
    expect((await kernel.ask("shell", "comm_info_request", {})).content.comms[comm]).toBeUndefined();
  });

  test("refuses what JSON can't hold, where it is sent", async () => {
    await openFromCell("strict");
    expect((await kernel.run("strict.send({ big: 1n })")).traceback).toContain("TypeError");
    expect(
      (await kernel.run("const loop: any = {}; loop.loop = loop; strict.send(loop)")).traceback,
    ).toContain("circular");
  });
});

describe("a comm that a front end opens", () => {
  test("to a target that nobody answers is closed at once", async () => {
    const comm_id = randomUUID();
    const id = await kernel.client.send("shell", "comm_open", { comm_id, target_name: "nobody", data: {} });
    await kernel.idle(id);
    expect((await kernel.published(id, "comm_close")).content.comm_id).toBe(comm_id);
    expect((await kernel.ask("shell", "comm_info_request", {})).content.comms[comm_id]).toBeUndefined();
  });

  test("to a target that is answered carries messages both ways", async () => {
    await kernel.run(
      "notebook.onComm('greeter', (comm: any, data: any) => { comm.onMessage((m: any) => comm.send({ hello: m.name })); comm.send({ welcome: data.who }); }); 1",
    );
    const comm_id = randomUUID();
    const opened = await kernel.client.send("shell", "comm_open", {
      comm_id,
      target_name: "greeter",
      data: { who: "me" },
    });
    expect((await kernel.published(opened, "comm_msg")).content).toEqual({
      comm_id,
      data: { welcome: "me" },
    });
    const id = await message(comm_id, { name: "you" });
    expect((await kernel.published(id, "comm_msg")).content.data).toEqual({ hello: "you" });
  });
});

test("a message to an unknown comm is logged, and the kernel goes on", async () => {
  const id = await message("no-such-comm", {});
  await kernel.idle(id);
  // The log comes by a pipe of its own, which may lag behind the socket.
  await expect.poll(() => kernel.log).toContain('no comm "no-such-comm"');
});
