/** The kernel under every major version of Node that the package is for. */
import { expect, test } from "vitest";
import { nodeOfVersion } from "../package/other-node.js";
import { SpawnedKernel } from "./spawned-kernel.js";

const loops = {
  "a loop": "console.log('started'); while (true) {}",
  "a loop in a timer": "await new Promise(() => setTimeout(() => { console.log('started'); for (;;); }))",
  "a fast loop of awaits": "console.log('started'); for (;;) await null;",
  "a promise that never settles": "console.log('started'); await new Promise(() => {});",
};

test.each(["20.19.0", "22.12.0", "22.23.3", "24.21.0"])(
  "Node %s runs cells, stops them, and speaks by comm",
  { timeout: 180_000 },
  async (version) => {
    const kernel = await SpawnedKernel.start({ node: nodeOfVersion(version), prelude: "deconvnet" });
    try {
      expect((await kernel.run("process.version")).result).toBe(`'v${version}'`);
      expect((await kernel.run("const kept: number = await Promise.resolve(41); kept + 1")).result).toBe(
        "42",
      );
      const pooled = "toRows(convnet.pool(fromRows([[1, 5], [3, 2]]), { size: 2 }).maps)";
      expect((await kernel.run(pooled)).result).toBe("[ [ 5 ] ]");
      expect((await kernel.run("const wrong: number = 'text'")).reply.content.status).toBe("error");

      for (const code of Object.values(loops)) {
        for (let time = 0; time < 5; time++) {
          const id = await kernel.submit(code);
          await kernel.printed(id, "started");
          expect((await kernel.interrupt()).content.status).toBe("ok");
          expect((await kernel.ended(id)).reply.content.ename).toBe("KeyboardInterrupt");
          expect((await kernel.run("kept + 1")).result).toBe("42");
        }
      }

      await kernel.run(
        `(globalThis as any)[Symbol.for("deconvnet.kernel")].onComm("echo", (comm: any) =>
           comm.onMessage((data: any, buffers: any) => comm.send(data, { buffers })))`,
      );
      await kernel.client.send("shell", "comm_open", { comm_id: "c", target_name: "echo", data: {} });
      const bytes = Uint8Array.of(0, 255, 7);
      const content = { comm_id: "c", data: { to: "and fro" } };
      const sent = await kernel.client.send("shell", "comm_msg", content, { buffers: [bytes] });
      const back = await kernel.published(sent, "comm_msg");
      expect(back.content.data).toEqual({ to: "and fro" });
      expect([...back.buffers[0]]).toEqual([...bytes]);
    } finally {
      await kernel.stop();
    }
  },
);
