import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SpawnedKernel } from "./spawned-kernel.js";

const prelude = fileURLToPath(new URL("fixtures/prelude/index.js", import.meta.url));

let kernel: SpawnedKernel;
beforeAll(async () => {
  kernel = await SpawnedKernel.start({ prelude });
});
afterAll(() => kernel.stop());

describe("a prelude", () => {
  test("is not loaded before one of its names is used", async () => {
    expect((await kernel.run("String((globalThis as any).preludeLoads)")).result).toBe("'undefined'");
    expect((await kernel.run("triple(14)")).result).toBe("42");
    expect((await kernel.run("(globalThis as any).preludeLoads")).result).toBe("1");
  });

  test("gives values, classes, namespaces and types", async () => {
    expect((await kernel.run("const sized: Sized = new Square(3); sized.side")).result).toBe("3");
    expect((await kernel.run("words.unit.area + unit.side")).result).toBe("2");
  });

  test("is typed: a wrong argument is refused", async () => {
    expect((await kernel.run("triple('three')")).traceback).toContain("TS2345");
  });

  test("gives the same things to who imports it by name", async () => {
    const code = `import { Square as Same } from ${JSON.stringify(prelude)}; Same === Square`;
    expect((await kernel.run(code)).result).toBe("true");
  });

  test("shows its docs on Shift-Tab", async () => {
    const { content } = await kernel.ask("shell", "inspect_request", {
      code: "triple(1)",
      cursor_pos: 3,
      detail_level: 0,
    });
    expect(content.data["text/plain"]).toMatch(/^triple\(value: number\): number\n\nThree times a number\./);
    expect(content.data["text/markdown"]).toContain("```typescript\ntriple(2); // 6\n```");
  });

  test("completes its names on Tab", async () => {
    const { content } = await kernel.ask("shell", "complete_request", { code: "tri", cursor_pos: 3 });
    expect(content.matches[0]).toBe("triple");
  });

  test("yields to the user's own names, in the cell and after it", async () => {
    expect((await kernel.run("const triple = (text: string) => text + '!'; triple('own')")).result).toBe(
      "'own!'",
    );
    expect((await kernel.run("triple('still own')")).result).toBe("'still own!'");
    expect((await kernel.run("function display(x: number) { return x + 1; } display(1)")).result).toBe("2");
    expect((await kernel.run("display(2)")).result).toBe("3");
  });
});

test("without a prelude there are the kernel's own words", async () => {
  const bare = await SpawnedKernel.start();
  try {
    expect((await bare.run("triple(1)")).traceback).toContain("TS2304");
    expect((await bare.run("typeof display + typeof input + typeof progress")).result).toBe(
      "'functionfunctionfunction'",
    );
  } finally {
    await bare.stop();
  }
});

test("a prelude that does not exist is said in the log, and cells go without it", async () => {
  const bare = await SpawnedKernel.start({ prelude: "no-such-package" });
  try {
    expect((await bare.run("1 + 1")).result).toBe("2");
    expect(bare.log).toContain('prelude "no-such-package": no such module with types');
  } finally {
    await bare.stop();
  }
});
