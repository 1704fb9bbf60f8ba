import { expect, test } from "vitest";
import { type Answerer, answerRequests } from "../../src/show/answer-requests.js";
import { Channel, Superseded } from "../../widgets/requests/channel.js";
import { makeLine } from "./line.js";

/** A page that asks a kernel with these answers. */
function asking(answerers: Record<string, Answerer>) {
  const line = makeLine();
  const stop = answerRequests(line.widget, answerers);
  return { ...line, stop, channel: new Channel(line.model) };
}

/** Gives back what it got, a moment later. */
const later: Answerer = async ({ n }) => {
  await turn();
  return { body: { n } };
};

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

test("an answer brings its body and its numbers, aligned as they were", async () => {
  const { channel } = asking({
    double: ({ n }) => ({
      body: { twice: 2 * Number(n) },
      buffers: [Float32Array.of(1.5, -2), Uint8Array.of(7)],
    }),
  });
  const { body, buffers } = await channel.ask("double", { n: 21 });
  expect(body).toEqual({ twice: 42 });
  expect(buffers.map((one) => one.byteLength)).toEqual([8, 1]);
  expect([...new Float32Array(buffers[0].buffer, buffers[0].byteOffset, 2)]).toEqual([1.5, -2]);
  expect(buffers[1].getUint8(0)).toBe(7);
});

test("numbers come over in pieces of at most 1 MiB and are whole again", async () => {
  const numbers = Float32Array.from({ length: 600_000 }, (_, i) => i);
  const { channel, fromKernel } = asking({ numbers: () => ({ buffers: [Uint8Array.of(1), numbers] }) });
  const { buffers } = await channel.ask("numbers");
  expect(fromKernel.map(({ bytes }) => bytes)).toEqual([2 ** 20, 2 ** 20, 2_400_001 - 2 ** 21]);
  expect(Buffer.compare(Buffer.from(buffers[1].buffer), Buffer.from(numbers.buffer))).toBe(0);
});

test("a file goes up in pieces of at most 1 MiB and is whole again", async () => {
  const file = Uint8Array.from({ length: 2_500_000 }, (_, i) => i % 251);
  let got: Uint8Array = Uint8Array.of();
  const { channel, fromPage } = asking({
    file: (_, { buffers }) => {
      got = Uint8Array.from(buffers[0]);
      return undefined;
    },
  });
  await channel.ask("file", {}, { buffers: [file] });
  expect(fromPage.map(({ bytes }) => bytes)).toEqual([2 ** 20, 2 ** 20, 2_500_000 - 2 ** 21]);
  expect(Buffer.compare(got, file)).toBe(0);
});

test("of requests that come one upon the other the newest alone is answered, and the others' work is stopped", async () => {
  const finished: number[] = [];
  const { channel, fromKernel } = asking({
    project: async ({ n }, { signal }) => {
      for (let i = 0; i < 3; i++) {
        await turn();
        signal.throwIfAborted();
      }
      finished.push(Number(n));
      return { body: { n } };
    },
  });
  const asked = [1, 2, 3, 4].map((n) => channel.ask("project", { n }));
  const results = await Promise.allSettled(asked);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected", "fulfilled"]);
  expect((results[0] as PromiseRejectedResult).reason).toBeInstanceOf(Superseded);
  expect(results[3]).toMatchObject({ value: { body: { n: 4 } } });
  expect(finished).toEqual([4]);
  expect(fromKernel).toHaveLength(1);
});

test("requests of different lanes, and those without one, do not disturb each other", async () => {
  const { channel } = asking({ echo: later });
  const lanes = ["a", "b", null, null] as const;
  const answers = await Promise.all(lanes.map((lane, n) => channel.ask("echo", { n }, { lane })));
  expect(answers.map(({ body }) => body)).toEqual([{ n: 0 }, { n: 1 }, { n: 2 }, { n: 3 }]);
});

test("two pages of one widget get their own answers", async () => {
  const line = makeLine();
  answerRequests(line.widget, { echo: later });
  const [one, other] = [new Channel(line.model), new Channel(line.model)];
  const answers = await Promise.all([one.ask("echo", { n: 1 }), other.ask("echo", { n: 2 })]);
  expect(answers.map(({ body }) => body)).toEqual([{ n: 1 }, { n: 2 }]);
});

test("work tells how far it is, and what fails is told in words", async () => {
  const { channel } = asking({
    work: async (_, { progress }) => {
      progress(0, 3, "too soon to be worth a message");
      await new Promise((resolve) => setTimeout(resolve, 120));
      progress(1, 3, "conv1_1");
      throw new RangeError("map is 64, wanted a whole number from 0 to 63");
    },
  });
  const seen: unknown[] = [];
  const asked = channel.ask("work", {}, { progress: (one) => seen.push(one) });
  await expect(asked).rejects.toThrow("map is 64, wanted a whole number from 0 to 63");
  expect(seen).toEqual([{ done: 1, total: 3, what: "conv1_1" }]);
});

test("a topic that nobody answers is refused, also where objects have something of that name", async () => {
  const { channel } = asking({});
  await expect(channel.ask("toString")).rejects.toThrow('nothing here answers to "toString"');
});

test("messages that are no requests are left alone", async () => {
  const { widget, model, fromKernel } = makeLine();
  answerRequests(widget, { echo: () => undefined });
  const good = { from: "a", serial: 1, topic: "echo", body: {}, lane: null, lengths: [], parts: 0 };
  for (const bad of [
    null,
    3,
    "echo",
    {},
    { ...good, serial: -1 },
    { ...good, lengths: [2 ** 40] },
    { ...good, parts: 1e9 },
  ])
    model.send(bad);
  await turn();
  expect(fromKernel).toEqual([]);
  model.send({ ...good, lengths: [5] });
  await turn();
  expect(fromKernel[0].content).toMatchObject({ error: "a request says it brings 5 bytes, and brings 0" });
});

test("after a restart what waits and what is asked later says: run this cell again", async () => {
  const { channel, cut } = asking({ never: () => new Promise(() => {}) });
  const heard: string[] = [];
  channel.onKernel((kernel) => heard.push(kernel));
  const waiting = channel.ask("never");
  cut();
  await expect(waiting).rejects.toThrow("Run this cell again");
  await expect(channel.ask("never")).rejects.toThrow("Run this cell again");
  expect(heard).toEqual(["gone"]);
});

test("a closed widget's work is stopped", async () => {
  let aborted = false;
  const { channel, stop } = asking({
    never: (_, { signal }) => new Promise(() => signal.addEventListener("abort", () => (aborted = true))),
  });
  void channel.ask("never").catch(() => {});
  await turn();
  stop();
  expect(aborted).toBe(true);
});
