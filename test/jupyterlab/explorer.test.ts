/** The main job in a real JupyterLab, as `npm start` opens it: click through VGG16 and see what made a unit fire. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Unit } from "../../src/index.js";
import { openBrowser, picture } from "./browser.js";
import {
  canvasPixels,
  dropFile,
  ExplorerOnPage,
  expectProjected,
  projectedPixels,
  until,
} from "./explorer-on-page.js";
import { type Lab, startLab } from "./lab.js";
import { expectNoOverlaps } from "./layout.js";
import { notebookOf } from "./notebook-file.js";
import { NotebookPage, patience } from "./notebook-page.js";

vi.setConfig({ testTimeout: 4 * patience, hookTimeout: patience });

const notebooks = new URL("../../notebooks/", import.meta.url);
const astronaut = readFileSync(new URL("photos/astronaut.png", notebooks));
const coffee = new URL("photos/coffee.png", notebooks);
/** Where `explore(seen)` and `stepThrough(down)` stand in start-here. */
const [exploreCell, stepCell] = [5, 6];

/** Two convolutions, one of which never fires, and three classes; markup in every kind of name. */
const markup = `import { checkNetwork, explore, forward, preprocessings, readImage, withRandomWeights } from "deconvnet";
const around = { top: 1, bottom: 1, left: 1, right: 1 };
const sliding = { size: [3, 3], stride: [1, 1], dilation: [1, 1], padding: around, groups: 1 } as const;
const random = withRandomWeights({
  name: "small <b>net</b>",
  input: { height: 40, width: 48, channels: 3, preprocessing: preprocessings.caffe },
  layers: [
    { kind: "convolution", name: "<b>conv</b>", inputs: ["input"], channels: 6, ...sliding },
    { kind: "relu", name: "conv_relu", inputs: ["<b>conv</b>"] },
    { kind: "convolution", name: "never", inputs: ["conv_relu"], channels: 4, ...sliding },
    { kind: "relu", name: "never_relu", inputs: ["never"] },
    { kind: "add", name: "sum", inputs: ["conv_relu", "conv_relu"] },
    { kind: "globalAveragePool", name: "mean", inputs: ["sum"] },
    { kind: "dense", name: "<i>logits</i>", inputs: ["mean"], channels: 3 },
    { kind: "softmax", name: "classes", inputs: ["<i>logits</i>"] },
  ],
  weights: new Map(),
  classes: ["cat", "<img src=x>", "teapot"],
}, { seed: 7 });
const weights = new Map(random.weights);
weights.set("never", { filters: new Float32Array(3 * 3 * 6 * 4), bias: new Float32Array(4).fill(-1) });
const seen = await forward(checkNetwork({ ...random, weights }), await readImage("photos/chelsea.png"));
const view = explore(seen);
view`;

let lab: Lab;
let browser: Browser;
let notebook: NotebookPage;
let explorer: ExplorerOnPage;

beforeAll(async () => {
  lab = await startLab({
    "start-here.ipynb": new URL("start-here.ipynb", notebooks),
    "markup.ipynb": notebookOf([markup]),
    photos: new URL("photos/", notebooks),
  });
  browser = await openBrowser();
  notebook = await NotebookPage.open(browser, lab, "start-here.ipynb", { width: 1900, height: 1300 });
  await notebook.command("application:toggle-left-area");
  await notebook.runAll();
  explorer = new ExplorerOnPage(notebook, notebook.output(exploreCell));
  await explorer.settled();
});

afterAll(async () => {
  await browser?.close();
  await lab?.stop();
});

test("a click on a layer, a map, a unit, the photo, one of the nine or a label: its projection, pixel by pixel", async () => {
  await explorer.root.scrollIntoViewIfNeeded();
  await expectProjected(explorer);
  await picture(notebook.page, "explorer-conv5_3");

  await explorer.layer("conv3_3").click();
  await explorer.isAt({ layer: "conv3_3" });
  await expectProjected(explorer);

  const maps = await explorer.maps();
  expect(maps).toHaveLength(256);
  await explorer.clickMap(maps[7]);
  await explorer.isAt({ map: maps[7] });
  await expectProjected(explorer);

  // Another unit of it that fired, at least six rows away.
  const strongest = await explorer.unit();
  const other = JSON.parse(
    await notebook.kernel(`
      import { strongestUnits as strongestOf } from "deconvnet";
      console.log(JSON.stringify(strongestOf(seen, "conv3_3", { map: ${maps[7]} })
        .find(({ y }) => Math.abs(y - ${strongest.y}) > 5)));`),
  ) as Unit;
  await explorer.clickUnit(56, 56, other.y, other.x);
  await explorer.isAt({ layer: "conv3_3", map: maps[7], y: other.y, x: other.x });
  await expectProjected(explorer);

  // The photo: the unit whose window's centre is nearest.
  await explorer.find("photo-canvas").click({ position: { x: 60, y: 70 } });
  const { y, x } = await explorer.unit();
  const box = (await explorer.find("photo-canvas").boundingBox())!;
  expect(Math.abs(y - (70 / box.height) * 56)).toBeLessThan(2);
  expect(Math.abs(x - (60 / box.width) * 56)).toBeLessThan(2);

  await explorer.settled();
  await explorer.root.locator('[data-testid="nine"]').nth(4).click();
  await explorer.isAt({ map: maps[4] });
  await expectProjected(explorer);
});

test("keys move unit, map and layer, and change the rule; each rule's picture is its own", async () => {
  const { page } = notebook;
  await explorer.layer("conv5_1").click();
  await explorer.settled();
  await explorer.root.focus();
  const start = await explorer.unit();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  expect(await explorer.unit()).toEqual({ ...start, y: start.y + 1, x: start.x + 1 });
  await page.keyboard.press("m");
  expect(await explorer.unit()).toEqual(start);
  await page.keyboard.press("]");
  const second = await explorer.unit();
  expect(second.map).not.toBe(start.map);
  await page.keyboard.press("[");
  expect(await explorer.unit()).toEqual(start);
  await page.keyboard.press("2");
  await explorer.isAt({ map: second.map });
  await page.keyboard.press("PageUp");
  await explorer.isAt({ layer: "conv5_2" });
  await explorer.settled();
  await page.keyboard.press("PageDown");
  await explorer.isAt({ layer: "conv5_1" });
  await explorer.settled();

  const seen = new Set<string>();
  for (const rule of ["deconvnet", "gradient", "guided"]) {
    expect(await explorer.find(`rule-${rule}`).getAttribute("aria-checked")).toBe("true");
    await expectProjected(explorer, "seen", { rule });
    seen.add((await canvasPixels(explorer.find("projection-canvas"))).rgb.toString("base64"));
    await page.keyboard.press("r");
  }
  expect(seen.size).toBe(3);
  await explorer.find("rules-all").click();
  for (const rule of ["deconvnet", "gradient", "guided"])
    await expectProjected(explorer, "seen", { rule, canvas: `projection-${rule}-canvas` });
  await picture(page, "explorer-all-rules");
  await explorer.find("rules-all").click();
  await explorer.find("contrast").fill("1");
  await expectProjected(explorer, "seen", { contrast: 2 });
  await explorer.find("contrast").fill("0");
});

test("a photo dropped in or chosen as a file is looked at where the unit was; what is no picture is told in words", async () => {
  const { page } = notebook;
  await explorer.layer("conv4_3").click();
  await explorer.isAt({ layer: "conv4_3" });
  await explorer.settled();
  const before = await explorer.unit();
  await notebook.kernel(`
    import { forward as goUp, readImage as readPhoto } from "deconvnet";
    const astronaut = await goUp(seen.network, await readPhoto("photos/astronaut.png"));
    const coffee = await goUp(seen.network, await readPhoto("photos/coffee.png"));`);

  const name = "<img src=x onerror='document.title=1'>.png";
  await dropFile(explorer.find("photo-canvas"), name, "image/png", astronaut);
  await explorer.isPhoto(name);
  expect(await explorer.unit()).toEqual(before);
  await expectProjected(explorer, "astronaut", { fired: false });
  await page.keyboard.press("m");
  await expectProjected(explorer, "astronaut");
  expect(await page.locator(".jp-Notebook img[src='x']").count()).toBe(0);
  await picture(page, "explorer-dropped");

  const choosing = page.waitForEvent("filechooser");
  await explorer.find("other-photo").click();
  await (await choosing).setFiles(fileURLToPath(coffee));
  await explorer.isPhoto("coffee.png");
  await expectProjected(explorer, "coffee", { fired: false });

  await explorer.find("photos").selectOption({ label: "chelsea.png" });
  await explorer.isPhoto("chelsea.png");
  await expectProjected(explorer, "seen", { fired: false });

  await dropFile(explorer.find("photo-canvas"), "notes.txt", "text/plain", Buffer.from("no picture"));
  await explorer.find("notice").getByText("notes.txt").waitFor();
  await picture(page, "explorer-no-picture");
  await expectProjected(explorer, "seen", { fired: false });
});

test("dragging over the map computes what the hand rests on; what it passed is let go", async () => {
  const { page } = notebook;
  await explorer.layer("conv4_3").click();
  await explorer.isAt({ layer: "conv4_3" });
  await explorer.settled();
  const chart = explorer.find("map-chart");
  const box = (await chart.boundingBox())!;
  const at = (cell: number): [number, number] => [
    box.x + ((cell + 0.5) * box.width) / 28,
    box.y + ((cell + 0.5) * box.height) / 28,
  ];
  await page.mouse.move(...at(2));
  await page.mouse.down();
  for (let cell = 3; cell <= 24; cell++) await page.mouse.move(...at(cell));
  await page.mouse.up();
  await explorer.isAt({ y: 24, x: 24 });
  await explorer.settled();
  const unit = await explorer.unit();
  const wanted = await projectedPixels(notebook, "seen", unit);
  expect((await canvasPixels(explorer.find("projection-canvas"))).rgb.equals(wanted.rgb)).toBe(true);
});

test("two views of one explorer go together, and so does one after the page was loaded again", async () => {
  const { page } = notebook;
  await explorer.layer("conv3_1").click();
  await explorer.isAt({ layer: "conv3_1" });
  await notebook.activate(exploreCell);
  await notebook.command("notebook:create-output-view");
  const second = new ExplorerOnPage(notebook, page.locator(".jp-LinkedOutputView"));
  await second.isAt(await explorer.unit());
  await notebook.show();

  await second.layer("conv5_2").click();
  await explorer.isAt({ layer: "conv5_2" });
  expect(await second.unit()).toEqual(await explorer.unit());
  await explorer.settled();
  await explorer.find("rule-guided").click();
  await expectProjected(second, "seen", { rule: "guided" });
  await expectProjected(explorer, "seen", { rule: "guided" });
  await picture(page, "explorer-two-views");
  await explorer.find("rule-deconvnet").click();
  await page.locator(".lm-TabBar-tab", { hasText: "Output View" }).locator(".lm-TabBar-tabCloseIcon").click();
  await notebook.show();

  const before = await explorer.unit();
  await notebook.save();
  await notebook.reload();
  await explorer.isAt(before);
  await expectProjected(explorer);
  await explorer.layer("conv2_2").click();
  await explorer.isAt({ layer: "conv2_2" });
  await expectProjected(explorer);
});

test("a dark theme: the pictures stay what they are, the panels get dark", async () => {
  await notebook.command("apputils:change-theme", { theme: "JupyterLab Dark" });
  await explorer.layer("conv4_2").click();
  await explorer.isAt({ layer: "conv4_2" });
  await expectProjected(explorer);
  const background = await explorer.root.evaluate((root) => {
    const page = globalThis as unknown as { getComputedStyle(of: unknown): { backgroundColor: string } };
    return page.getComputedStyle(root).backgroundColor;
  });
  const levels = background.match(/\d+/g)!.slice(0, 3).map(Number);
  expect(Math.max(...levels)).toBeLessThan(64);
  await explorer.root.scrollIntoViewIfNeeded();
  await picture(notebook.page, "explorer-dark");
  const stepper = notebook.output(stepCell).locator('[data-testid="stepper"]');
  await stepper.scrollIntoViewIfNeeded();
  await picture(notebook.page, "stepper-dark");
  // Its one value is the strongest: in the dark lighter than in the light, where it is darkest.
  const strongest = await canvasPixels(stepper.locator('[data-testid="stepper-input-board"]'));
  const inside = (20 * Number(strongest.size.split(" × ")[1]) + 20) * 3;
  expect([...strongest.rgb.subarray(inside, inside + 3)]).toEqual([255, 189, 158]);
  await notebook.command("apputils:change-theme", { theme: "JupyterLab Light" });
});

test("from 600 to 1,600 pixels nothing covers anything, in the light and in the dark", async () => {
  for (const theme of ["light", "dark"]) {
    await notebook.command("apputils:change-theme", {
      theme: theme === "dark" ? "JupyterLab Dark" : "JupyterLab Light",
    });
    await explorer.find("rules-all").click();
    await explorer.settled();
    await expectNoOverlaps(explorer.root, `explorer-rules-${theme}`, [600, 1000]);
    await explorer.find("rules-all").click();
    await explorer.settled();
    await expectNoOverlaps(explorer.root, `explorer-${theme}`, [600, 760, 900, 1100, 1300, 1600]);
  }
  await notebook.command("apputils:change-theme", { theme: "JupyterLab Light" });
});

test("a network with classes: a click on a label projects its logit; markup in names and labels is text", async () => {
  const { page } = notebook;
  const markup = await NotebookPage.open(browser, lab, "markup.ipynb", { width: 1500, height: 1300 });
  await markup.runAll();
  const small = new ExplorerOnPage(markup, markup.output(0));
  await small.settled();
  const labels = small.root.locator('[data-testid="label"]');
  expect(await labels.count()).toBe(3);
  const shown = (await labels.allInnerTexts()).map((words) => words.replace(/\s*[\d.]+ ?%$/, ""));
  expect([...shown].sort()).toEqual(["<img src=x>", "cat", "teapot"]);
  await labels.nth(0).click();
  await small.isAt({ layer: "<i>logits</i>", y: 0, x: 0 });
  await expectProjected(small, "seen");
  expect(await small.root.innerText()).toContain("<b>conv</b>");
  expect(await small.root.locator("img, b, i").count()).toBe(0);
  await expectNoOverlaps(small.root, "explorer-labels", [600, 1000]);
  // A map that never fires says so.
  await markup.kernel('view.set({ layer: "never" });');
  await small.isAt({ layer: "never" });
  await small.root.getByText("never fires").first().waitFor();
  await picture(markup.page, "explorer-never");
  expect(markup.complaints).toEqual([]);
  await markup.close();
  await page.bringToFront();
});

test("no key pressed inside a widget changes the notebook; Ctrl+S saves it", async () => {
  const { page } = notebook;
  const before = await notebook.cells();
  const keys = [
    ...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)),
    ...["Enter", "Escape", "Delete", "Backspace", "Home", "End", "PageUp", "PageDown", "Insert"],
    ...["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "d", "d", "0", "0", "i", "i"],
    ...["Shift+Enter", "Control+Enter", "Alt+Enter", "Shift+ArrowUp", "Shift+ArrowDown", "Shift+m"],
    ...["Control+a", "Control+c", "Control+x", "Control+v", "Control+z", "Control+Shift+z", "Control+m"],
    ...["Control+Shift+ArrowUp", "Control+Shift+ArrowDown", "Control+Shift+Minus"],
  ];
  const widgets = [
    explorer.root,
    explorer.layer("conv1_1"),
    explorer.find("rule-gradient"),
    explorer.find("contrast"),
    explorer.root.locator('[data-testid="nine"]').first(),
    notebook.output(stepCell).locator('[data-testid="stepper"]'),
    notebook.output(stepCell).locator('[data-testid="stepper-scrubber"]'),
    notebook.output(stepCell).locator('[data-testid="stepper-next"]'),
    notebook.output(stepCell).locator('[data-testid="stepper-map"]'),
  ];
  await notebook.activate(0);
  for (const widget of widgets) {
    await widget.scrollIntoViewIfNeeded();
    await widget.focus();
    const active = await notebook.active();
    for (const key of keys) {
      await page.keyboard.press(key);
      expect(await notebook.active(), `after ${key} in ${widget}`).toEqual(active);
    }
    expect(await notebook.cells()).toEqual(before);
    expect((await notebook.file()).cells.map(({ outputs }) => outputs?.length)).toEqual([
      undefined,
      0,
      1,
      1,
      undefined,
      1,
      1,
    ]);
  }
  expect(await page.locator(".jp-Dialog").count()).toBe(0);

  await explorer.root.focus();
  await page.keyboard.press("Control+s");
  await until(async () => !(await notebook.dirty()), "Ctrl+S did not save the notebook");
  expect(await notebook.cells()).toEqual(before);
});

test("after the kernel was restarted a widget says so; its cell run again makes a new one", async () => {
  await notebook.restartKernel();
  await explorer.find("notice").getByText("Run this cell again").waitFor();
  await picture(notebook.page, "explorer-restarted");
  await notebook.runAll();
  await explorer.settled();
  expect(await explorer.find("notice").isVisible()).toBe(false);
  await explorer.layer("conv3_3").click();
  await explorer.isAt({ layer: "conv3_3" });
  await expectProjected(explorer);
  expect(notebook.complaints).toEqual([]);
});
