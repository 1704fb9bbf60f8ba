import { afterAll, beforeAll, expect, test } from "vitest";
import { SpawnedKernel } from "./spawned-kernel.js";

let kernel: SpawnedKernel;
beforeAll(async () => {
  kernel = await SpawnedKernel.start();
});
afterAll(() => kernel.stop());

/** Waits for the question of a cell. */
const question = (cell: string) =>
  kernel.client.next("stdin", ({ parent }) => parent === cell, "input_request");

test("input asks on stdin, and gives what was typed", async () => {
  const cell = await kernel.submit(
    "console.log('before'); const name = await input('Your name? '); 'hello ' + name",
    {
      allow_stdin: true,
    },
  );
  const { type, content } = await question(cell);
  expect(type).toBe("input_request");
  expect(content).toEqual({ prompt: "Your name? ", password: false });
  await kernel.printed(cell, "before");
  await kernel.client.send("stdin", "input_reply", { value: "né漢🙂" });
  expect((await kernel.ended(cell)).result).toBe("'hello né漢🙂'");
});

test("a password is asked for as one", async () => {
  const cell = await kernel.submit("(await input('Key: ', { password: true })).length", {
    allow_stdin: true,
  });
  expect((await question(cell)).content).toEqual({ prompt: "Key: ", password: true });
  await kernel.client.send("stdin", "input_reply", { value: "12345" });
  expect((await kernel.ended(cell)).result).toBe("5");
});

test("two questions at once are asked one after the other", async () => {
  const cell = await kernel.submit("await Promise.all([input('1'), input('2')])", { allow_stdin: true });
  expect((await question(cell)).content.prompt).toBe("1");
  await kernel.client.send("stdin", "input_reply", { value: "a" });
  await kernel.client.next(
    "stdin",
    ({ parent, content }) => parent === cell && content.prompt === "2",
    "the second",
  );
  await kernel.client.send("stdin", "input_reply", { value: "b" });
  expect((await kernel.ended(cell)).result).toBe("[ 'a', 'b' ]");
});

test("where nobody can be asked, it fails in words", async () => {
  const { reply } = await kernel.run("await input('?')", { allow_stdin: false });
  expect(reply.content).toMatchObject({ status: "error", ename: "Error" });
  expect(reply.content.evalue).toContain("nobody can be asked here");
});

test("an interrupt takes the question back", async () => {
  const cell = await kernel.submit("await input('Will never be answered')", { allow_stdin: true });
  await question(cell);
  await kernel.interrupt();
  expect((await kernel.ended(cell)).reply.content.ename).toBe("KeyboardInterrupt");
  await kernel.client.send("stdin", "input_reply", { value: "too late" });
  expect((await kernel.run("1 + 1")).result).toBe("2");
});
