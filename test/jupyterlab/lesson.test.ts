/** A lesson in a real JupyterLab at a projector's size: typed numbers come from the kernel, equations from the page. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openBrowser, picture } from "./browser.js";
import { type Lab, startLab } from "./lab.js";
import { notebookOf } from "./notebook-file.js";
import { NotebookPage, patience } from "./notebook-page.js";

vi.setConfig({ testTimeout: 2 * patience, hookTimeout: patience });

let lab: Lab;
let browser: Browser;

beforeAll(async () => {
  lab = await startLab({
    "lesson.ipynb": notebookOf([
      'import { lesson } from "deconvnet";\nlesson.convolution()',
      'lesson.language = "zh";\nlesson.switches()',
    ]),
  });
  browser = await openBrowser();
});

/** Runs in the page: milliseconds from each key to the frame after its product's numbers changed. */
const measuring = `{
  const times = (globalThis.times = []);
  const output = document.querySelector('.grid[data-panel="product"]');
  addEventListener("keydown", () => {
    const from = performance.now();
    const seen = new MutationObserver(() => {
      seen.disconnect();
      requestAnimationFrame(() => times.push(performance.now() - from));
    });
    seen.observe(output, { subtree: true, childList: true, characterData: true });
  }, true);
}`;

afterAll(async () => {
  await browser?.close();
  await lab?.stop();
});

test("numbers typed in a lesson are computed by the kernel at every key, and its equations are set by JupyterLab", async () => {
  const notebook = await NotebookPage.open(browser, lab, "lesson.ipynb", { width: 1280, height: 720 });
  const { page } = notebook;
  await notebook.run(0);
  const output = notebook.output(0);
  const cell = (panel: string, y: number, x: number) =>
    output.locator(`.grid[data-panel="${panel}"] .cell[data-y="${y}"][data-x="${x}"]`).first();
  await cell("output", 0, 1).waitFor();
  expect((await cell("output", 0, 1).innerText()).trim()).toBe("8");
  await output.locator("mjx-container").first().waitFor();

  await cell("kernel", 0, 0).click();
  await page.keyboard.press("Enter");
  await page.keyboard.type("4");
  await expect.poll(async () => (await cell("output", 0, 1).innerText()).trim()).toBe("14");

  await page.evaluate(measuring);
  for (let i = 0; i < 15; i++) {
    await page.keyboard.press("ArrowUp");
    await page.waitForTimeout(150);
  }
  const times = await page.evaluate(() => (globalThis as unknown as { times: number[] }).times);
  const sorted = [...times].sort((a, b) => a - b);
  console.log(`key to screen in JupyterLab: ${sorted.map((one) => one.toFixed(0)).join(" ")} ms`);
  expect(times).toHaveLength(15);
  await page.keyboard.press("Escape");
  await expect.poll(async () => (await cell("output", 0, 1).innerText()).trim()).toBe("8");
  await output.locator(".deconvnet").scrollIntoViewIfNeeded();
  await picture(page, "lesson-convolution");

  await notebook.run(1);
  await notebook.output(1).getByRole("heading", { name: "两个窗口" }).waitFor();
  await notebook.output(1).locator(".deconvnet").scrollIntoViewIfNeeded();
  await picture(page, "lesson-switches-zh");
  await notebook.close();
});
