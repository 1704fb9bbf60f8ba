/** Issue: a slider moves a Plotly heatmap by bytes from the kernel and back, in a real JupyterLab. */
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { Workplace } from "../frontends/workplace.js";
import { openBrowser, picture } from "./browser.js";
import { type Lab, startLab } from "./lab.js";
import { type NotebookFile, notebookOf } from "./notebook-file.js";
import { NotebookPage, patience } from "./notebook-page.js";

vi.setConfig({ testTimeout: 2 * patience, hookTimeout: patience });

const first = `import { sliderHeatmap } from "./slider-heatmap.ts";
const still = (shape, values) => new FeatureMaps(shape, values);
const shown = sliderHeatmap(process.cwd(), 3, still);
shown`;

const twenty = [
  first,
  ...Array.from({ length: 19 }, (_, i) => `sliderHeatmap(process.cwd(), ${i % 10}, still)`),
];
const fixtures = ["slider-heatmap.ts", "slider-heatmap.js"].map(
  (name) => [name, new URL(`fixtures/${name}`, import.meta.url)] as const,
);

let lab: Lab;
let browser: Browser;

beforeAll(async () => {
  lab = await startLab({
    ...Object.fromEntries(fixtures),
    "slider.ipynb": notebookOf([first, "1 + 1"]),
    "twenty.ipynb": notebookOf(twenty),
  });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await lab?.stop();
});

/** Moves the slider in the first cell's output, and waits for what the kernel answers. */
async function slide(notebook: NotebookPage, level: number): Promise<void> {
  await notebook.output(0).locator("input[type=range]").fill(String(level));
  await says(notebook, level);
}

/** The widget shows this level: the slider, the kernel's bytes, and the sum of the bytes that the kernel got. */
async function says(notebook: NotebookPage, level: number, sum: number = level): Promise<void> {
  const words = `level ${level}, largest ${63 * level}, kernel's sum of what came back ${sum}`;
  await notebook.output(0).getByText(words).waitFor();
  expect(await notebook.output(0).locator("input[type=range]").inputValue()).toBe(String(level));
  // What Plotly holds, not only what the words say.
  const largest = await notebook
    .output(0)
    .locator(".js-plotly-plot")
    .evaluate((chart) => Math.max(...(chart as unknown as { data: [{ z: number[][] }] }).data[0].z.flat()));
  expect(largest).toBe(63 * level);
}

test("a slider moves a heatmap by bytes from the kernel and back; so after a reload, in two windows, and after a restart", async () => {
  const one = await NotebookPage.open(browser, lab, "slider.ipynb");
  await one.run(0);
  await says(one, 3, 0);
  await slide(one, 7);
  await slide(one, 2);
  await picture(one.page, "slider");

  // Reload: the same widget, as it stood, and it still moves.
  await one.save();
  await one.reload();
  await says(one, 2);
  await slide(one, 5);

  // A second window on the same notebook: both show the same, whichever is moved.
  const two = await one.again(browser);
  await says(two, 5);
  await slide(two, 8);
  await says(one, 8);
  await slide(one, 1);
  await says(two, 1);
  await two.close();

  // Restart: the widget is dead; the cell run again makes a new one.
  await one.restartKernel();
  await one.run(0);
  await says(one, 3, 0);
  await slide(one, 9);
  expect(one.complaints).toEqual([]);
  await one.close();
});

test("twenty widgets on a page fetch Plotly once, and their notebook's file stays under 2 MB", async () => {
  const notebook = await NotebookPage.open(browser, lab, "twenty.ipynb", { height: 3000 });
  await notebook.runAll();
  for (let cell = 0; cell < 20; cell++) await notebook.output(cell).locator(".js-plotly-plot").waitFor();
  const fetched = await notebook.page.evaluate(
    () => (globalThis as unknown as { fetchedPlotly: number }).fetchedPlotly,
  );
  expect(fetched).toBe(1);
  const bytes = await notebook.save();
  expect(bytes.length).toBeLessThan(2_000_000);
  const file = JSON.parse(bytes.toString()) as NotebookFile;
  expect(file.cells.map(({ outputs }) => Object.keys(outputs?.[0]?.data ?? {}).sort())).toEqual(
    Array.from({ length: 20 }, () => ["application/vnd.jupyter.widget-view+json", "image/png", "text/plain"]),
  );
  expect(readFileSync(join(lab.folder, "twenty.ipynb"), "utf8")).not.toContain("plotly.js v");
  await notebook.close();
});

test("the same notebook, saved there or run by nbclient, is shown by nbconvert as twenty stills", async () => {
  const workplace = await Workplace.open();
  const page = await browser.newPage({ offline: true });
  try {
    for (const [name, from] of fixtures) cpSync(fileURLToPath(from), join(workplace.folder, name));
    workplace.write("run.ipynb", twenty);
    const settings = ["--execute", "--ExecutePreprocessor.store_widget_state=False"];
    const saved = ["--output-dir", workplace.folder, join(lab.folder, "twenty.ipynb")];
    for (const words of [saved, [...settings, "run.ipynb"]]) {
      const ran = await workplace.python("-m", "nbconvert", "--to", "html", ...words);
      expect(ran.code, ran.stderr).toBe(0);
    }
    for (const name of ["twenty.html", "run.html"]) {
      const { href } = pathToFileURL(join(workplace.folder, name));
      await page.goto(href, { waitUntil: "domcontentloaded" });
      const widths = await page
        .locator(".jp-OutputArea-output img")
        .evaluateAll((all) => all.map((one) => (one as unknown as { naturalWidth: number }).naturalWidth));
      expect(widths).toHaveLength(20);
      expect(Math.min(...widths)).toBeGreaterThan(1);
    }
    await picture(page, "twenty-stills");
  } finally {
    await page.close();
    workplace.close();
  }
});
