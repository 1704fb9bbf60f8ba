import { afterAll, beforeAll, expect, test } from "vitest";
import { SpawnedKernel } from "./spawned-kernel.js";

let kernel: SpawnedKernel;
beforeAll(async () => {
  kernel = await SpawnedKernel.start();
});
afterAll(() => kernel.stop());

test("stdout and stderr come in the order in which they were written, before the result", async () => {
  const { iopub } = await kernel.run("console.log('a'); console.error('b'); console.log('c'); 'd'");
  const said = iopub.flatMap(({ type, content }) => {
    if (type === "stream") return [`${content.name} ${content.text}`];
    return type === "execute_result" ? ["result"] : [];
  });
  expect(said).toEqual(["stdout a\n", "stderr b\n", "stdout c\n", "result"]);
});

test("text comes while the cell still blocks", async () => {
  const id = await kernel.submit(
    "console.log('early'); const end = Date.now() + 1500; while (Date.now() < end); console.log('late')",
  );
  await kernel.printed(id, "early");
  expect(kernel.of(id).some(({ type, content }) => type === "stream" && content.text.includes("late"))).toBe(
    false,
  );
  expect((await kernel.ended(id)).stdout).toBe("early\nlate\n");
});

test("a character that is written byte by byte comes whole", async () => {
  const { stdout } = await kernel.run(
    "for (const byte of Buffer.from('né漢🙂')) process.stdout.write(Buffer.of(byte))",
  );
  expect(stdout).toBe("né漢🙂");
});

test("process.stdout.write calls back, and says that it wants more", async () => {
  const { result } = await kernel.run(
    "await new Promise((r) => { const more = process.stdout.write('x', () => r(more)); })",
  );
  expect(result).toBe("true");
});

test("20,000 lines all come, in order", async () => {
  const { stdout } = await kernel.run("for (let i = 0; i < 20_000; i++) console.log(i)");
  expect(stdout).toBe(Array.from({ length: 20_000 }, (_, i) => `${i}\n`).join(""));
});

test("100 MB come without loss", async () => {
  const { iopub } = await kernel.run(
    "const line = 'x'.repeat(99_999) + '\\n'; for (let i = 0; i < 1000; i++) process.stdout.write(line)",
  );
  const length = iopub.reduce(
    (sum, { type, content }) => sum + (type === "stream" ? content.text.length : 0),
    0,
  );
  expect(length).toBe(100_000_000);
});

test("what a timer prints later comes in the name of the cell that set it", async () => {
  const first = await kernel.submit("setTimeout(() => console.log('from the first'), 300); 1");
  await kernel.ended(first);
  const second = await kernel.submit(
    "await new Promise((r) => setTimeout(r, 600)); console.log('from the second')",
  );
  const { stdout } = await kernel.ended(second);
  expect(stdout).toBe("from the second\n");
  await kernel.printed(first, "from the first");
});
