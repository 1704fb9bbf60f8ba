/** The lessons in a real browser: numbers that are typed, pointed at and refused, computed by the library behind it. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { numberText } from "../../src/lessons/equation.js";
import { lesson } from "../../src/lessons/lesson.js";
import { type LessonPage, type LessonPages, openLessonPages } from "./lesson-page.js";

let pages: LessonPages;
beforeAll(async () => {
  pages = await openLessonPages();
});
afterAll(() => pages.close());

/** The numbers of a matrix as they stand on the page. */
async function shown({ page }: LessonPage, panel: string, map = 0): Promise<string[][]> {
  const rows = page.locator(`.grid[data-panel="${panel}"][data-map="${map}"]`).first().locator(".row");
  return Promise.all(
    (await rows.all()).map(async (row) =>
      (await row.locator(".cell").allInnerTexts()).map((text) => text.trim()),
    ),
  );
}

const asText = (rows: readonly (readonly number[])[]): string[][] => rows.map((row) => row.map(numberText));

/** Every panel of the model is on the page with the numbers that the library computed. */
async function expectShown(one: LessonPage): Promise<void> {
  for (const [key, panel] of Object.entries(one.model().panels)) {
    if ((await one.page.locator(`.grid[data-panel="${key}"]`).count()) === 0) continue;
    for (const [map, rows] of panel.maps.entries()) {
      await expect.poll(() => shown(one, key, map), { message: `${key} ${map}` }).toEqual(asText(rows));
    }
  }
}

const cell = ({ page }: LessonPage, panel: string, y: number, x: number) =>
  page.locator(`.grid[data-panel="${panel}"] .cell[data-y="${y}"][data-x="${x}"]`).first();

test.each(["convolution", "transpose", "switches", "rectify"] as const)(
  "%s shows every number that the library computed, also new ones",
  async (name) => {
    const one = await pages.open(lesson[name]());
    await expectShown(one);
    await one.page.getByTestId("new-numbers").click();
    await expect.poll(() => one.page.locator(".waiting").count()).toBe(0);
    await expectShown(one);
    await one.page.close();
  },
);

test.each(["network", "learning"] as const)(
  "%s shows every number, also after a weight is typed",
  async (name) => {
    const one = await pages.open(lesson[name]());
    await expectShown(one);
    await cell(one, "conv1", 1, 1).focus();
    await one.page.keyboard.type("3");
    await one.page.keyboard.press("Enter");
    await expect
      .poll(() => shown(one, "conv1"))
      .toEqual([
        ["−1", "−1", "−1"],
        ["1", "3", "1"],
        ["0", "0", "0"],
      ]);
    await expectShown(one);
    const model = one.model() as unknown as { up: Stage[]; down: Stage[] };
    if (name === "network") {
      for (const side of ["up", "down"] as const)
        for (const [i, { panel }] of model[side].entries())
          if (side === "down" || i > 0)
            for (const [map, rows] of panel.maps.entries())
              expect(await shown(one, `${side} ${i}`, map)).toEqual(asText(rows));
    }
    await one.page.close();
  },
);

interface Stage {
  readonly panel: { readonly maps: readonly number[][][] };
}

test.each(["convolution", "transpose", "switches", "rectify", "network"] as const)(
  "%s: the Tab key reaches every setting and every matrix",
  async (name) => {
    const { page } = await pages.open(lesson[name]());
    const wanted = await page.locator(".grid, .number input, .choice button, .button, button.tab").count();
    await page.locator(".deconvnet").focus();
    const reached = new Set<string>();
    for (let i = 0; i < wanted + 5; i++) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const stops = [
          ...document.querySelectorAll(".grid, .number input, .choice button, .button, button.tab"),
        ];
        const { activeElement } = document;
        return stops.findIndex(
          (stop) => stop === activeElement || (stop.matches(".grid") && stop.contains(activeElement)),
        );
      });
      if (at >= 0) reached.add(String(at));
    }
    expect(reached.size).toBe(wanted);
    await page.close();
  },
);

test("a number is typed, stepped and put back by the keyboard, and everything follows each key", async () => {
  const one = await pages.open(lesson.convolution());
  const { page } = one;
  await cell(one, "kernel", 0, 0).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("4");
  // 4·2 instead of 1·2 in the window of output 0, 1, which was 8.
  await expect
    .poll(() => shown(one, "output"))
    .toEqual([
      ["4", "14"],
      ["5", "8"],
    ]);
  await page.keyboard.press("ArrowUp");
  await expect.poll(async () => (await shown(one, "weight"))[0][0]).toBe("5");
  await page.keyboard.press("Escape");
  await expect
    .poll(() => shown(one, "output"))
    .toEqual([
      ["1", "8"],
      ["5", "5"],
    ]);
  await expectShown(one);
  expect(await page.evaluate(() => document.activeElement?.className)).toContain("cell");
  await page.close();
});

test("what is no number is refused in words, and the last good numbers stay", async () => {
  const one = await pages.open(lesson.convolution());
  await cell(one, "input", 0, 0).focus();
  await one.page.keyboard.press("Enter");
  await one.page.keyboard.type("two");
  await expect.poll(() => one.page.getByTestId("notice").innerText()).toContain("two");
  expect(await shown(one, "output")).toEqual([
    ["1", "8"],
    ["5", "5"],
  ]);
  await one.page.close();
});

test("stride and padding rebuild the matrices; illegal ones are refused in words", async () => {
  const one = await pages.open(lesson.convolution());
  const { page } = one;
  const setting = (name: string) => page.locator(`[data-control="${name}"] input`);
  await setting("padding").focus();
  await page.keyboard.press("ArrowUp");
  await expect.poll(async () => (await shown(one, "output")).length).toBe(4);
  await expectShown(one);
  await setting("stride").focus();
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => page.getByTestId("notice").innerText()).toContain("0");
  expect((await shown(one, "output")).length).toBe(4);
  await page.keyboard.press("ArrowUp");
  await expect.poll(async () => (await shown(one, "output")).length).toBe(2);
  await expect.poll(() => page.getByTestId("notice").isVisible()).toBe(false);
  await page.close();
});

test("pointing at a number of the columns moves the window in every picture, and the equation is its own", async () => {
  const one = await pages.open(lesson.convolution());
  await cell(one, "columns", 2, 3).hover();
  const lit = async (panel: string): Promise<number> =>
    one.page.locator(`.grid[data-panel="${panel}"] .cell.lit`).count();
  expect([await lit("input"), await lit("columns"), await lit("product"), await lit("output")]).toEqual([
    9, 9, 1, 1,
  ]);
  expect(await cell(one, "output", 1, 1).getAttribute("class")).toContain("lit");
  expect((await one.page.locator(".sheet .words").last().innerText()).replace(/\s+/g, " ")).toMatch(
    /^Output 1, 1 = .* = 5$/,
  );
  await one.page.close();
});

test("A and B alone: a key shows one window, and again both", async () => {
  const one = await pages.open(lesson.switches());
  const frames = () => one.page.locator("svg.frames rect").count();
  const both = await frames();
  await one.page.locator(".deconvnet").focus();
  await one.page.keyboard.press("b");
  expect(await frames()).toBe(both / 2);
  await one.page.keyboard.press("b");
  expect(await frames()).toBe(both);
  await one.page.close();
});

test("a restarted kernel is said to be gone", async () => {
  const one = await pages.open(lesson.rectify());
  await one.restart();
  await expect.poll(() => one.page.getByTestId("notice").innerText()).toContain("Run this cell again");
  await one.page.close();
});

test("a restarted kernel is said to be gone in the lesson's language", async () => {
  lesson.language = "zh";
  const one = await pages.open(lesson.rectify());
  lesson.language = "en";
  await one.restart();
  await expect
    .poll(() => one.page.getByTestId("notice").innerText())
    .toBe("内核已重新启动。请再次运行这一格。");
  await one.page.close();
});

test("each key changes the numbers on the screen", async () => {
  const one = await pages.open(lesson.convolution());
  await cell(one, "input", 1, 1).focus();
  await one.page.keyboard.press("Enter");
  await one.page.evaluate(() => {
    const times: number[] = [];
    (globalThis as { times?: number[] }).times = times;
    addEventListener(
      "keydown",
      () => {
        const output = document.querySelector('.grid[data-panel="product"]');
        const from = performance.now();
        const seen = new MutationObserver(() => {
          seen.disconnect();
          requestAnimationFrame(() => times.push(performance.now() - from));
        });
        if (output) seen.observe(output, { subtree: true, childList: true, characterData: true });
      },
      true,
    );
  });
  for (let i = 0; i < 12; i++) {
    await one.page.keyboard.press("ArrowUp");
    await one.page.waitForTimeout(80);
  }
  const times = await one.page.evaluate(() => (globalThis as { times?: number[] }).times ?? []);
  expect(times.length).toBe(12);
  const sorted = times.sort((a, b) => a - b);
  console.log(`key to screen: ${sorted.map((one) => one.toFixed(0)).join(" ")} ms`);
  await one.page.close();
});
