/** Figure 1 in a real JupyterLab: step down through a toy, a network with a branch, and a layer of 512 maps. */
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openBrowser, picture } from "./browser.js";
import { until } from "./explorer-on-page.js";
import { type Lab, startLab } from "./lab.js";
import { expectNoOverlaps } from "./layout.js";
import { notebookOf } from "./notebook-file.js";
import { NotebookPage, patience } from "./notebook-page.js";

vi.setConfig({ testTimeout: patience, hookTimeout: patience });

const layers = `
const sliding = { size: [1, 1], stride: [1, 1], dilation: [1, 1], groups: 1 } as const;
const padding = { top: 0, bottom: 0, left: 0, right: 0 };
`;
/** 4 × 4 numbers, doubled, rectified and pooled. */
const toy = `import { checkNetwork, forward, fromRows, project, stepThrough } from "deconvnet";
${layers}
const doubled = checkNetwork({
  name: "toy", input: { height: 4, width: 4, channels: 1 },
  layers: [
    { kind: "convolution", name: "c", inputs: ["input"], channels: 1, padding, ...sliding },
    { kind: "relu", name: "c_relu", inputs: ["c"] },
    { kind: "maxPool", name: "p", inputs: ["c_relu"], size: [2, 2], stride: [2, 2], padding, rounding: "floor" },
  ],
  weights: new Map([["c", { filters: Float32Array.of(2) }]]),
});
const numbers = fromRows([[1, 5, 2, 0], [3, 2, 4, 8], [0, 1, 7, 6], [9, 0, 3, 2]]);
const view = stepThrough(await project(await forward(doubled, numbers), { layer: "p", map: 0, y: 1, x: 0 }));
view`;
/** x tripled and rectified, added to x; names with markup. */
const branch = `${layers}
const residual = checkNetwork({
  name: "<i>residual</i>", input: { height: 2, width: 2, channels: 1 },
  layers: [
    { kind: "convolution", name: "<b>a</b>", inputs: ["input"], channels: 1, padding, ...sliding },
    { kind: "relu", name: "a_relu", inputs: ["<b>a</b>"] },
    { kind: "add", name: "<img src=x>", inputs: ["a_relu", "input"] },
  ],
  weights: new Map([["<b>a</b>", { filters: Float32Array.of(3) }]]),
});
const sums = stepThrough(await project(await forward(residual, fromRows([[1, 2], [3, 4]])), { layer: "<img src=x>", map: 0, y: 1, x: 1 }));
sums`;
const deep = `
import { compare, readImage, strongest, vgg16 } from "deconvnet";
const seen = await forward(await vgg16(), await readImage("photos/chelsea.png"));
const down = await project(seen, strongest(seen, "conv4_3"));
stepThrough(down)`;
const compared = `await compare(seen, strongest(seen, "conv4_3"), { rules: ["deconvnet", "gradient", "guided"] })`;

let lab: Lab;
let browser: Browser;
let notebook: NotebookPage;
let stepper: Locator;

const find = (testid: string): Locator => stepper.locator(`[data-testid="${testid}"]`);
const at = (cell: number): Locator => notebook.output(cell).locator('[data-testid="stepper"]');

beforeAll(async () => {
  lab = await startLab({
    "stepper.ipynb": notebookOf([toy, branch, deep, compared]),
    photos: new URL("../../notebooks/photos/", import.meta.url),
  });
  browser = await openBrowser();
  notebook = await NotebookPage.open(browser, lab, "stepper.ipynb", { width: 1900, height: 1200 });
  await notebook.command("application:toggle-left-area");
  await notebook.runAll();
});

afterAll(async () => {
  await browser?.close();
  await lab?.stop();
});

/** Waits until a stage is shown, by its place from 0. */
async function isStage(step: number): Promise<void> {
  const current = stepper.locator('[data-testid="stepper-stage-button"][aria-current="step"]');
  const busy = find("stepper-stage");
  await until(
    async () =>
      (await current.getAttribute("data-step")) === String(step) &&
      (await busy.getAttribute("aria-busy")) !== "true",
    `stage ${step} is not shown`,
  );
}

/** Points at a cell of a board of so many rows and columns. */
async function hover(board: Locator, rows: number, columns: number, y: number, x: number): Promise<void> {
  const { width, height } = (await board.boundingBox())!;
  const cell = Math.min(width / columns, height / rows);
  await board.hover({ position: { x: (x + 0.5) * cell, y: (y + 0.5) * cell } });
}

test("a toy of 4 × 4: buttons, keys and the scrubber go from stage to stage; a cell says where it came from", async () => {
  stepper = at(0);
  await stepper.scrollIntoViewIfNeeded();
  await isStage(0);
  // One 18 goes down: to its switch, through the rectifier, doubled.
  expect(await find("stepper-operation-name").innerText()).toMatch(/unpool|switch/i);
  await hover(find("stepper-input-board"), 1, 1, 0, 0);
  const above = await find("stepper-output-caption").innerText();
  expect(above).toMatch(/3, 0.*18/);
  await hover(find("stepper-output-board"), 2, 2, 1, 0);
  expect(await find("stepper-input-caption").innerText()).toMatch(/18/);
  await picture(notebook.page, "stepper-toy");

  await find("stepper-next").click();
  await isStage(1);
  await stepper.focus();
  await notebook.page.keyboard.press("ArrowRight");
  await isStage(2);
  expect(await find("stepper-output-caption").innerText()).toMatch(/36/);
  await find("stepper-previous").click();
  await isStage(1);
  // A button that has nothing left to do gives the keyboard back.
  await find("stepper-previous").click();
  await isStage(0);
  await notebook.page.keyboard.press("ArrowRight");
  await isStage(1);
  await notebook.page.keyboard.press("Home");
  await isStage(0);
  await notebook.page.keyboard.press("End");
  await isStage(2);
  await stepper.locator('[data-testid="stepper-stage-button"][data-step="0"]').click();
  await isStage(0);
  expect((await notebook.kernel("console.log(view.step)")).trim()).toBe("0");
  await notebook.kernel("view.step = 2;");
  await isStage(2);
});

test("play goes on by itself and ends at the last stage", async () => {
  stepper = at(0);
  await stepper.locator('[data-testid="stepper-stage-button"][data-step="0"]').click();
  await isStage(0);
  await find("stepper-play").click();
  expect(await find("stepper-play").getAttribute("aria-pressed")).toBe("true");
  await isStage(2);
  await until(
    async () => (await find("stepper-play").getAttribute("aria-pressed")) === "false",
    "it plays on after the last stage",
  );
});

test("a branch has its sum, with both signals; markup in names is shown as text", async () => {
  stepper = at(1);
  await stepper.scrollIntoViewIfNeeded();
  const kinds = await stepper.locator('[data-testid="stepper-stage-button"]').allInnerTexts();
  expect(kinds.length).toBeGreaterThan(2);
  // The seed is 4 + 12 = 16: down the branch 48, beside it 16, together 64.
  await stepper.locator('[data-testid="stepper-stage-button"]').last().click();
  await isStage(kinds.length - 1);
  expect(await stepper.locator('[data-testid="stepper-input-board"]').count()).toBe(2);
  expect(await find("stepper-stage").innerText()).toMatch(/48[\s\S]*64/);
  expect(await stepper.innerText()).toContain("<b>a</b>");
  expect(await stepper.innerText()).toContain("<img src=x>");
  expect(await notebook.output(1).locator("img[src='x']").count()).toBe(0);
  await picture(notebook.page, "stepper-branch");
});

test("a layer of 512 maps: the scrubber dragged, another map, another rule; two views go together", async () => {
  stepper = at(2);
  const { page } = notebook;
  await stepper.scrollIntoViewIfNeeded();
  await isStage(0);
  const scrubber = find("stepper-scrubber");
  const last = Number(await scrubber.getAttribute("aria-valuemax")) - 1;
  const track = (await scrubber.boundingBox())!;
  await page.mouse.move(track.x + 2, track.y + track.height / 2);
  await page.mouse.down();
  for (let part = 0; part <= 10; part++)
    await page.mouse.move(track.x + (track.width * part) / 10 - 1, track.y + track.height / 2);
  await page.mouse.up();
  await isStage(last);
  await picture(page, "stepper-pixels");

  await stepper.locator('[data-testid="stepper-stage-button"][data-step="1"]').click();
  await isStage(1);
  const map = find("stepper-map");
  const first = await map.inputValue();
  expect(await map.getAttribute("max")).toBe("511");
  await find("stepper-map-weaker").click();
  await until(async () => (await map.inputValue()) !== first, "the map did not change");
  await isStage(1);
  await page.keyboard.press("[");
  await until(async () => (await map.inputValue()) === first, "the keys are dead after a click");
  await isStage(1);
  await find("stepper-rule-guided").click();
  await until(
    async () => (await find("stepper-rule-guided").getAttribute("aria-checked")) === "true",
    "the rule did not change",
  );
  await isStage(1);

  await notebook.activate(2);
  await notebook.command("notebook:create-output-view");
  const other = page.locator('.jp-LinkedOutputView [data-testid="stepper"]');
  await other.locator('[data-testid="stepper-stage-button"][data-step="3"]').click();
  await isStage(3);
  await find("stepper-previous").click();
  await until(
    async () =>
      (await other
        .locator('[data-testid="stepper-stage-button"][data-step="2"]')
        .getAttribute("aria-current")) === "step",
    "the other view stayed behind",
  );
  await page.locator(".lm-TabBar-tab", { hasText: "Output View" }).locator(".lm-TabBar-tabCloseIcon").click();
  await notebook.show();
});

test("the comparison's keys move a cross over all panels, with their values there, and leave the cells as they were", async () => {
  const { page } = notebook;
  const before = await notebook.cells();
  const comparison = notebook.output(3).locator('[data-testid="comparison"]');
  const facts = () => comparison.locator('[data-testid$="-fact"]').allInnerTexts();
  await comparison.scrollIntoViewIfNeeded();
  const strongest = await facts();
  await comparison.focus();
  for (const key of ["ArrowUp", "ArrowUp", "Shift+ArrowRight"]) await page.keyboard.press(key);
  const crosses = comparison.locator(".cross.across:visible");
  expect(await crosses.count()).toBe(4);
  const there = (await facts()).slice(1).map((fact) => /^(\d+, \d+): /.exec(fact)?.[1]);
  expect(there[0]).toBeDefined();
  expect(there).toEqual([there[0], there[0], there[0]]);
  await page.keyboard.press("Escape");
  expect(await crosses.count()).toBe(0);
  expect(await facts()).toEqual(strongest);
  expect(await notebook.cells()).toEqual(before);
});

test("from 600 to 1,600 pixels nothing covers anything, in the light and in the dark", async () => {
  const widths = [600, 760, 840, 1000, 1200, 1600];
  const comparison = notebook.output(3).locator('[data-testid="comparison"]');
  for (const theme of ["light", "dark"]) {
    await notebook.command("apputils:change-theme", {
      theme: theme === "dark" ? "JupyterLab Dark" : "JupyterLab Light",
    });
    await expectNoOverlaps(at(2), `stepper-512-${theme}`, widths);
    await expectNoOverlaps(at(0), `stepper-toy-${theme}`, [600, 1000]);
    await expectNoOverlaps(at(1), `stepper-branch-${theme}`, [600, 1000]);
    await expectNoOverlaps(comparison, `comparison-${theme}`, [600, 1000, 1600]);
  }
  expect(notebook.complaints).toEqual([]);
});
