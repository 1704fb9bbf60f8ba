import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SpawnedKernel } from "./spawned-kernel.js";

let kernel: SpawnedKernel;
beforeEach(async () => {
  kernel = await SpawnedKernel.start();
  await kernel.run("let touched = 0");
});
afterEach(() => kernel.stop());

const request = (code: string) => ({ code, silent: false, store_history: false, allow_stdin: false });

/** Nothing was run that was not signed, and the kernel still answers. */
async function unharmed(): Promise<void> {
  expect((await kernel.run("touched")).result).toBe("0");
}

async function logged(text: string): Promise<void> {
  for (let waited = 0; !kernel.log.includes(text); waited += 20) {
    if (waited > 5000) throw new Error(`not in the log: ${text}\n${kernel.log}`);
    await new Promise((later) => setTimeout(later, 20));
  }
}

describe("dropped, logged, and not run:", () => {
  test.each([
    [
      "a wrong signature",
      "its signature is wrong",
      (frames: (string | Uint8Array)[]) => frames.with(1, "0".repeat(64)),
    ],
    [
      "a signature of another length",
      "its signature is wrong",
      (frames: (string | Uint8Array)[]) => frames.with(1, "abc"),
    ],
    ["no signature", "not signed", (frames: (string | Uint8Array)[]) => frames.with(1, "")],
    [
      "a content that was changed on the way",
      "its signature is wrong",
      (frames: (string | Uint8Array)[]) => frames.with(5, JSON.stringify(request("touched = 2"))),
    ],
    ["no delimiter", "no <IDS|MSG> frame", (frames: (string | Uint8Array)[]) => frames.slice(1)],
    [
      "too few frames",
      "2 frames after the signature",
      (frames: (string | Uint8Array)[]) => frames.slice(0, 4),
    ],
  ])("%s", async (_, log, tamper) => {
    const frames = kernel.client.frames("execute_request", request("touched = 1"));
    await kernel.client.sockets.shell.send(tamper(frames));
    await logged(log);
    await unharmed();
  });

  test("a message that is played again", async () => {
    await kernel.run("touched = -1");
    const frames = kernel.client.frames("execute_request", request("touched++"));
    await kernel.client.sockets.shell.send(frames);
    await kernel.client.sockets.shell.send(frames);
    await kernel.client.sockets.control.send(frames);
    await logged("it was sent before");
    await unharmed();
  });

  test("a header that is no object, though it is signed", async () => {
    const parts = ["[]", "{}", "{}", "{}"];
    await kernel.client.sockets.shell.send(["<IDS|MSG>", kernel.client.sign(parts), ...parts]);
    await logged("its header is not an object");
    await unharmed();
  });
});

describe("the kernel lives on after", () => {
  test("a type that nobody knows", async () => {
    await kernel.client.send("shell", "no_such_request", {});
    await logged('unknown message type "no_such_request"');
    await unharmed();
  });

  test("JSON that is nested 100,000 deep", async () => {
    const parts = [
      JSON.stringify({ msg_id: "deep", msg_type: "comm_msg", session: "s" }),
      "{}",
      "{}",
      `{"comm_id": "x", "data": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
    ];
    await kernel.client.sockets.shell.send(["<IDS|MSG>", kernel.client.sign(parts), ...parts]);
    await unharmed();
  });

  test("deep JSON to a comm that is open", async () => {
    await kernel.run("(globalThis as any)[Symbol.for('deconvnet.kernel')].onComm('deep', () => {}); 1");
    await kernel.client.send("shell", "comm_open", { comm_id: "d", target_name: "deep", data: {} });
    const parts = [
      JSON.stringify({ msg_id: "deep2", msg_type: "comm_msg", session: "s" }),
      "{}",
      "{}",
      `{"comm_id": "d", "data": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
    ];
    await kernel.client.sockets.shell.send(["<IDS|MSG>", kernel.client.sign(parts), ...parts]);
    await kernel.idle("deep2");
    await unharmed();
  });

  test("a message of 60 MB", async () => {
    const { result } = await kernel.run(`"${"x".repeat(60_000_000)}".length`, { store_history: false });
    expect(result).toBe("60000000");
    await unharmed();
  });

  test("values of the wrong kind in every request", async () => {
    const wrong = [null, 5, [], { a: 1 }, "text", true, -1, 1e300];
    const requests = [
      "complete",
      "inspect",
      "is_complete",
      "history",
      "comm_info",
      "kernel_info",
      "connect",
      "execute",
    ];
    for (const type of requests) {
      for (const value of wrong) {
        const id = await kernel.client.send("shell", `${type}_request`, {
          code: value,
          cursor_pos: value,
          hist_access_type: value,
          n: value,
          pattern: value,
          session: value,
          target_name: value,
          user_expressions: value,
          silent: value,
        });
        await kernel.reply("shell", id);
      }
    }
    await unharmed();
  });

  test("a value that throws however one looks at it", async () => {
    const { reply } = await kernel.run(
      "new Proxy({}, { get() { throw new Error('no'); }, ownKeys() { throw new Error('no'); } })",
    );
    expect(reply.content.status).toBe("ok");
    await unharmed();
  });
});

test("without a key in the connection file nothing is signed, as the protocol has it", async () => {
  const open = await SpawnedKernel.start({ connection: { key: "" } });
  try {
    expect((await open.run("1 + 1")).result).toBe("2");
  } finally {
    await open.stop();
  }
});

test.skipIf(process.platform === "win32")("ipc works as tcp does", async () => {
  const ip = `/tmp/kernel-ipc-${process.pid}`;
  const local = await SpawnedKernel.start({ connection: { transport: "ipc", ip } });
  try {
    expect((await local.run("console.log('over ipc'); 1 + 1")).stdout).toBe("over ipc\n");
  } finally {
    await local.stop();
  }
});
