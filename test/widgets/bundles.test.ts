import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleWidgets } from "../../setup/widgets.js";
import { plotlyText, plotlyVersion } from "../../widgets/plotly/load-plotly.js";

const folder = mkdtempSync(join(tmpdir(), "widgets-"));
beforeAll(() => bundleWidgets(process.cwd(), folder));
afterAll(() => rmSync(folder, { recursive: true }));

const built = (file: string): string => readFileSync(join(folder, file), "utf8");

test.each(["explorer", "plotly"])("%s is one ES module that imports nothing by name", (name) => {
  const text = built(`${name}.js`);
  expect(text).toMatch(/export\s*\{[^}]*\bas default\b/);
  expect(text).not.toMatch(/^\s*import\s*["'{*]/m);
});

test("the chart library fits into one message and names its licence", () => {
  expect(built("plotly.js").length).toBeLessThan(2 * 2 ** 20);
  expect(built("plotly.js")).toContain("Plotly, Inc., MIT licence");
});

test("a page keeps the chart library under the version that is installed", () => {
  const file = createRequire(import.meta.url).resolve("plotly.js-cartesian-dist-min/package.json");
  expect(JSON.parse(readFileSync(file, "utf8")).version).toBe(plotlyVersion);
});

test("what a widget's own code holds stays small: the chart library is in none", () => {
  expect(built("explorer.js").length).toBeLessThan(100_000);
});

test("names are text for the chart library too", () => {
  expect(plotlyText("<b>conv & 1</b>")).toBe("&lt;b&gt;conv &amp; 1&lt;/b&gt;");
});
