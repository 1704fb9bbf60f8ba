import fc from "fast-check";
import { expect, test } from "vitest";
import { SpawnedKernel } from "./spawned-kernel.js";

const count = 10_000;

/** Types that would end or stall the kernel if they were well formed are left to their own tests. */
const types = [
  "execute_request",
  "complete_request",
  "inspect_request",
  "is_complete_request",
  "history_request",
  "comm_info_request",
  "kernel_info_request",
  "connect_request",
  "comm_open",
  "comm_msg",
  "comm_close",
  "input_reply",
  "debug_request",
  "nonsense",
  "__proto__",
  "",
];

const bytes = fc.uint8Array({ maxLength: 200 });
const text = fc.string({ maxLength: 60, unit: "binary" });
const anything = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value));

/** A content that looks like one, with fields of the wrong kinds; its code would be seen if it ran. */
const content = fc
  .record(
    {
      code: fc.oneof(fc.constant("touched++"), fc.jsonValue({ maxDepth: 1 })),
      cursor_pos: fc.jsonValue({ maxDepth: 1 }),
      comm_id: fc.oneof(fc.constant("a comm"), fc.jsonValue({ maxDepth: 1 })),
      target_name: fc.oneof(fc.constant("jupyter.widget.control"), fc.constant("jupyter.widget"), text),
      data: fc.jsonValue({ maxDepth: 3 }),
      hist_access_type: fc.oneof(fc.constantFrom("tail", "range", "search"), text),
      pattern: text,
      n: fc.jsonValue({ maxDepth: 0 }),
      value: fc.jsonValue({ maxDepth: 1 }),
    },
    { requiredKeys: [] },
  )
  .map((value) => JSON.stringify(value));

interface Fuzzed {
  readonly channel: "shell" | "control" | "stdin";
  readonly signature: "right" | "wrong" | "none";
  readonly type: string;
  readonly parts: readonly string[];
  readonly drop: number;
  readonly buffers: readonly Uint8Array[];
  readonly raw: readonly Uint8Array[] | undefined;
}

const fuzzed: fc.Arbitrary<Fuzzed> = fc.record({
  channel: fc.constantFrom("shell", "control", "stdin"),
  signature: fc.constantFrom("right", "wrong", "none"),
  type: fc.constantFrom(...types),
  parts: fc.tuple(
    fc.oneof(fc.constant("{}"), anything),
    fc.oneof(fc.constant("{}"), anything),
    fc.oneof(content, content, anything, text),
  ),
  drop: fc.oneof(
    { weight: 5, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 6 }) },
  ),
  buffers: fc.array(bytes, { maxLength: 3 }),
  raw: fc.option(fc.array(bytes, { minLength: 1, maxLength: 8 }), { nil: undefined, freq: 8 }),
});

test(`after ${count} fuzzed messages the kernel answers, and nothing ran that was not signed`, {
  timeout: 300_000,
}, async () => {
  const kernel = await SpawnedKernel.start();
  try {
    await kernel.run("let touched = 0");
    const messages = fc.sample(fuzzed, { numRuns: count, seed: 20131112 });
    let mayRun = 0;
    let own = 0;
    for (const [index, { channel, signature, type, parts, drop, buffers, raw }] of messages.entries()) {
      const socket = kernel.client.sockets[channel];
      if (raw) {
        await socket.send(raw.map(Buffer.from));
        continue;
      }
      const header = JSON.stringify({ msg_id: `fuzz-${index}`, msg_type: type, session: "fuzz" });
      const signed = [header, ...parts];
      const right = kernel.client.sign(signed);
      const sent =
        signature === "right"
          ? right
          : signature === "none"
            ? ""
            : right.replace(/^./, (c) => (c === "0" ? "1" : "0"));
      const frames = ["<IDS|MSG>", sent, ...signed, ...buffers.map(Buffer.from)];
      await socket.send(frames.slice(0, frames.length - drop));
      if (signature === "right" && type === "execute_request") mayRun++;
      if (index % 500 === 499) {
        // Now and then it has to answer in between, so that it is not only the sending that is tried.
        expect((await kernel.ask("control", "kernel_info_request", {})).content.status).toBe("ok");
        await kernel.run("touched++", { store_history: false });
        own++;
      }
    }
    const touched = Number((await kernel.run("touched")).result);
    expect(touched).toBeGreaterThanOrEqual(own);
    expect(touched).toBeLessThanOrEqual(own + mayRun);
    expect((await kernel.run("1 + 1")).result).toBe("2");
  } finally {
    await kernel.stop();
  }
});
