/** 200 clicks, 20 changes of the layer, 5 photos: neither the page nor the kernel keeps what was looked at. */
import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openBrowser } from "./browser.js";
import { dropFile, ExplorerOnPage } from "./explorer-on-page.js";
import { type Lab, startLab } from "./lab.js";
import { notebookOf } from "./notebook-file.js";
import { NotebookPage, patience } from "./notebook-page.js";

vi.setConfig({ testTimeout: 2 * patience, hookTimeout: patience });

const photos = new URL("../../notebooks/photos/", import.meta.url);
const cell = `import { explore, forward, readImage, vgg16 } from "deconvnet";
const seen = await forward(await vgg16(), await readImage("photos/chelsea.png"));
explore(seen, { layer: "conv3_3" })`;
const layers = ["conv3_1", "conv3_2", "conv4_1", "conv3_3"];
const megabyte = 2 ** 20;

let lab: Lab;
let browser: Browser;
let notebook: NotebookPage;
let explorer: ExplorerOnPage;

beforeAll(async () => {
  lab = await startLab({ "memory.ipynb": notebookOf([cell]), photos });
  browser = await openBrowser();
  notebook = await NotebookPage.open(browser, lab, "memory.ipynb", { height: 1200 });
  await notebook.runAll();
  explorer = new ExplorerOnPage(notebook, notebook.output(0));
  await explorer.settled();
});

afterAll(async () => {
  await browser?.close();
  await lab?.stop();
});

/** Bytes that are in use after all garbage was collected: the page's, the kernel's own, and the kernel's process's. */
async function used(): Promise<{ page: number; kernel: number; process: number }> {
  await explorer.settled();
  const printed = await notebook.kernel(`
    import { setFlagsFromString } from "node:v8";
    import { runInNewContext } from "node:vm";
    setFlagsFromString("--expose-gc");
    for (let i = 0; i < 3; i++) { runInNewContext("gc")(); await new Promise((after) => setTimeout(after, 50)); }
    console.log(JSON.stringify(process.memoryUsage()));`);
  const { heapUsed, external, rss } = JSON.parse(printed) as NodeJS.MemoryUsage;
  return { page: await notebook.heap(), kernel: heapUsed + external, process: rss };
}

/** So many clicks on maps and units, and a change of the layer after every tenth. */
async function click(times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    if (i % 10 === 0) {
      await explorer.layer(layers[(i / 10) % layers.length]).click();
      await explorer.isAt({ layer: layers[(i / 10) % layers.length] });
      await explorer.settled();
    } else if (i % 2) await explorer.find("atlas").click({ position: { x: 20 + i, y: 10 + (i % 50) } });
    else await explorer.find("map-chart").click({ position: { x: 5 + i, y: 5 + 2 * (i % 40) } });
  }
}

async function drop(name: string): Promise<void> {
  const file = readFileSync(new URL("astronaut.png", photos));
  await dropFile(explorer.find("photo-canvas"), name, "image/png", file);
  await explorer.isPhoto(name);
  await explorer.settled();
}

test("200 clicks, 20 layers and 5 photos leave the memory of page and kernel as it was", async () => {
  // What is kept on purpose is there after these: the last projections, layers and photos.
  for (let photo = 0; photo < 3; photo++) await drop(`before-${photo}.png`);
  await click(60);
  const before = await used();

  for (let photo = 0; photo < 5; photo++) {
    await drop(`photo-${photo}.png`);
    await click(40);
  }
  const after = await used();
  const grown = {
    page: (after.page - before.page) / megabyte,
    kernel: (after.kernel - before.kernel) / megabyte,
    process: (after.process - before.process) / megabyte,
  };
  console.log(
    `grown by ${Object.entries(grown)
      .map(([what, by]) => `${what} ${by.toFixed(1)} MB`)
      .join(", ")}`,
  );
  // One photo's maps are 60 MB in the kernel; 200 projections kept by the page would be 30 MB, by the kernel 120.
  expect(grown.page).toBeLessThan(12);
  expect(grown.kernel).toBeLessThan(30);
  expect(grown.process).toBeLessThan(200);

  // The page's measure does see numbers that are kept.
  await notebook.page.evaluate((bytes) => {
    (globalThis as { kept?: Float32Array }).kept = new Float32Array(bytes / 4).fill(1);
  }, 20 * megabyte);
  expect((await used()).page - after.page).toBeGreaterThan(15 * megabyte);
  expect(notebook.complaints).toEqual([]);
});
