import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SpawnedKernel } from "./spawned-kernel.js";

let kernel: SpawnedKernel;
beforeAll(async () => {
  kernel = await SpawnedKernel.start();
});
afterAll(() => kernel.stop());

/** The data of everything that a cell displayed. */
async function displayed(code: string): Promise<Record<string, unknown>[]> {
  const { iopub } = await kernel.run(code);
  return iopub.filter(({ type }) => type === "display_data").map(({ content }) => content.data);
}

describe("display", () => {
  test("shows any value where the cell asks for it, in order with what is printed", async () => {
    const { iopub } = await kernel.run("console.log('a'); display([1]); console.log('b'); display('c'); 'd'");
    expect(iopub.slice(2, -1).map(({ type }) => type)).toEqual([
      "stream",
      "display_data",
      "stream",
      "display_data",
      "execute_result",
    ]);
  });

  test.each([
    ["display.html('<b>x</b>')", { "text/html": "<b>x</b>" }],
    ["display.markdown('# x')", { "text/markdown": "# x" }],
    ["display.latex('$x$')", { "text/latex": "$x$" }],
    ["display.svg('<svg/>')", { "image/svg+xml": "<svg/>" }],
    ["display.png(new Uint8Array([0, 255]))", { "image/png": "AP8=" }],
    ["display.jpeg('AP8=')", { "image/jpeg": "AP8=" }],
    ["display.gif(Buffer.from([0, 255]))", { "image/gif": "AP8=" }],
    ["display.json({ a: [1] })", { "application/json": { a: [1] } }],
    ["display.javascript('1')", { "text/javascript": "1" }],
    ["display.text('plain')", { "text/plain": "plain" }],
    ["display.bundle({ 'text/html': 'x', 'text/plain': 'y' })", { "text/html": "x", "text/plain": "y" }],
  ])("%s", async (code, data) => {
    expect(await displayed(code)).toEqual([data]);
  });

  test("shows things in the order in which the cell asked, however long each takes", async () => {
    const shown = await displayed(`
      const slow = (text: string, ms: number) => ({
        [Symbol.for("Jupyter.display")]: () =>
          new Promise((done) => setTimeout(() => done({ "text/plain": text }), ms)),
      });
      display(slow("a", 60));
      display(slow("b", 20));
      display("c");
      display.text("d");`);
    expect(shown.map((data) => data["text/plain"])).toEqual(["a", "b", "'c'", "d"]);
  });

  test("answers with what can be updated in place", async () => {
    const { iopub, result } = await kernel.run(
      "const shown = display('one'); shown.update('two'); shown.updateBundle({ 'text/html': 'three' }); shown",
    );
    const [first, second, third] = iopub.slice(2, -1);
    expect([first.type, second.type, third.type]).toEqual([
      "display_data",
      "update_display_data",
      "update_display_data",
    ]);
    expect(third.content.data).toEqual({ "text/html": "three" });
    const { display_id } = first.content.transient;
    expect(second.content.transient.display_id).toBe(display_id);
    expect(third.content.transient.display_id).toBe(display_id);
    expect(result).toBeUndefined();
  });

  test("may be updated from a later cell, whose output then holds the update", async () => {
    const first = await kernel.run("const early = display('early')");
    const { iopub } = await kernel.run("early.update('late')");
    const update = iopub.find(({ type }) => type === "update_display_data");
    const id = first.iopub.find(({ type }) => type === "display_data")?.content.transient.display_id;
    expect(update?.content).toMatchObject({
      data: { "text/plain": "'late'" },
      transient: { display_id: id },
    });
  });

  test("clear empties the output, at once or with the next one", async () => {
    const { iopub } = await kernel.run("display.clear(); display.clear({ wait: true })");
    const clears = iopub.filter(({ type }) => type === "clear_output");
    expect(clears.map(({ content }) => content)).toEqual([{ wait: false }, { wait: true }]);
  });
});

describe("Symbol.for('Jupyter.display')", () => {
  const shows = (bundle: string) => `({ [Symbol.for("Jupyter.display")]: ${bundle} })`;

  test("says how a value is shown, text is added where it lacks", async () => {
    const { iopub } = await kernel.run(shows("() => ({ 'text/html': '<i>x</i>' })"));
    const { data } = iopub.find(({ type }) => type === "execute_result")!.content;
    expect(data["text/html"]).toBe("<i>x</i>");
    expect(data["text/plain"]).toContain("Symbol(Jupyter.display)");
  });

  test("may be asynchronous; the cell ends after it", async () => {
    const { iopub } = await kernel.run(
      shows("async () => { await new Promise((r) => setTimeout(r, 100)); return { 'text/plain': 'slow' }; }"),
    );
    expect(iopub.map(({ type }) => type)).toEqual(["status", "execute_input", "execute_result", "status"]);
  });

  test("shown by display and updated: what is slow stays in its place", async () => {
    const { iopub } = await kernel.run(
      `const slow = display(${shows("() => new Promise((r) => setTimeout(r, 100, { 'text/plain': 'slow' }))")}); slow.update('fast');`,
    );
    expect(iopub.slice(2, -1).map(({ type, content }) => [type, content.data["text/plain"]])).toEqual([
      ["display_data", "slow"],
      ["update_display_data", "'fast'"],
    ]);
  });

  test("bytes in a bundle become base64", async () => {
    const { iopub } = await kernel.run(
      shows("() => ({ 'image/png': new Uint8Array([0, 255]), 'text/plain': 'p' })"),
    );
    expect(iopub.find(({ type }) => type === "execute_result")!.content.data).toEqual({
      "image/png": "AP8=",
      "text/plain": "p",
    });
  });

  test("null means: show nothing", async () => {
    expect((await kernel.run(shows("() => null"))).result).toBeUndefined();
  });

  test("anything else is refused in words", async () => {
    const { stderr, reply } = await kernel.run(shows("() => 'text'"));
    expect(reply.content.status).toBe("ok");
    expect(stderr).toContain("gave string, wanted an object of MIME types");
  });
});

describe("text/plain is short and clear for", () => {
  test.each([
    ["new Float32Array([1, 2.5])", "Float32Array(2) [ 1, 2.5 ]"],
    ["new Map([['a', { b: 1 }]])", "Map(1) { 'a' => { b: 1 } }"],
    ["({ a: { b: { c: { d: 1 } } } })", "{\n  a: { b: { c: { d: 1 } } }\n}"],
    ["class Own { x = 1 }; new Own()", "Own { x: 1 }"],
    ["12345678901234567890n", "12345678901234567890n"],
  ])("%s", async (code, text) => {
    expect((await kernel.run(code)).result).toBe(text);
  });

  test("an array of 150,528 numbers", async () => {
    const { result } = await kernel.run("new Float32Array(150_528)");
    expect(result).toMatch(/^Float32Array\(150528\) \[/);
    expect(result).toContain("150478 more items");
    expect(result!.length).toBeLessThan(1000);
  });

  test("a value with a million parts", async () => {
    const { result } = await kernel.run(
      "const big = (depth: number): any => depth === 0 ? 1 : Array.from({ length: 32 }, () => big(depth - 1)); big(4)",
    );
    expect(result!.length).toBeLessThan(20_000);
  });

  test("an error that is a value, not thrown", async () => {
    expect((await kernel.run("new RangeError('as a value')")).result).toMatch(/^RangeError: as a value/);
  });

  test("colours never get into it", async () => {
    const own = await SpawnedKernel.start({ env: { FORCE_COLOR: "1" } });
    try {
      const { result } = await own.run("({ a: 1 })");
      expect(result).toBe("{ a: 1 }");
    } finally {
      await own.stop();
    }
  });
});

describe("progress", () => {
  /** As a console sends its cells. */
  const asConsole = { allow_stdin: true };

  test("in a notebook is one display, updated in place, that ends with the time", async () => {
    const { iopub, stdout } = await kernel.run(
      "for (const i of progress([1, 2, 3, 4], { title: 'maps' })) await new Promise((r) => setTimeout(r, 120));",
    );
    const shown = iopub.filter(({ type }) => type.endsWith("display_data"));
    expect(shown[0].type).toBe("display_data");
    expect(shown.slice(1).every(({ type }) => type === "update_display_data")).toBe(true);
    expect(new Set(shown.map(({ content }) => content.transient.display_id)).size).toBe(1);
    const lines = shown.map(({ content }) => content.data["text/plain"]);
    expect(lines[0]).toBe(`maps ${"░".repeat(24)} 0% | 0/4`);
    expect(lines.some((line) => /^maps █{12}░{12} 50% \| 2\/4 \| [\d.]+\/s \| \d+s left$/.test(line))).toBe(
      true,
    );
    expect(lines.at(-1)).toMatch(/^maps █{24} 100% \| 4\/4 \| [\d.]+\/s \| \d+s in all$/);
    expect(stdout).toBe("");
  });

  test("in a console is one line of text, redrawn in place", async () => {
    const { stdout } = await kernel.run(
      "for (const i of progress([1, 2, 3, 4])) await new Promise((r) => setTimeout(r, 120));",
      asConsole,
    );
    expect(stdout.match(/\n/g)).toHaveLength(1);
    expect(stdout.split("\r").at(-1)).toMatch(/^█{24} 100% \| 4\/4 \| [\d.]+\/s \| \d+s in all\s*\n$/);
  });

  test("in a console, what is printed meanwhile comes out above the line", async () => {
    const { stdout } = await kernel.run(
      "for (const i of progress([1, 2])) console.log('item', i)",
      asConsole,
    );
    // As a terminal draws it: what stands behind the last \r of a line, over what stood before.
    const drawn = stdout.split("\n").map((line) =>
      line
        .split("\r")
        .reduce((below, part) => part + below.slice(part.length), "")
        .trimEnd(),
    );
    expect(drawn.slice(0, 2)).toEqual(["item 1", "item 2"]);
    expect(drawn[2]).toContain("2/2");
  });

  test("without a length it counts", async () => {
    const { iopub, stdout } = await kernel.run(
      "async function* some() { yield 1; yield 2; } let sum = 0; for await (const x of progress(some())) sum += x; console.log(sum)",
    );
    const last = iopub.findLast(({ type }) => type === "update_display_data");
    expect(last?.content.data["text/plain"]).toMatch(/^2( \| [\d.]+\/s)?$/);
    expect(stdout).toBe("3\n");
  });

  test("leaves the loop as it was: break, errors, and the items' type", async () => {
    const { result, reply } = await kernel.run(
      "let last = ''; for (const x of progress(['a', 'b', 'c'])) { last = x; if (x === 'b') break; } last.toUpperCase()",
    );
    expect(reply.content.status).toBe("ok");
    expect(result).toBe("'B'");
  });
});
