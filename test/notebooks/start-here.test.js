import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { venv } from "../../setup/jupyter.js";
import { registerKernel } from "../../setup/kernel.js";
import { tree } from "../../setup/tree.js";

const run = promisify(execFile);
const { jupyter } = venv(tree);
const saved = join(tree, "notebooks", "start-here.ipynb");
let folder = "";

beforeAll(async () => {
  await registerKernel(tree, () => {});
  folder = await mkdtemp(join(tmpdir(), "notebooks-"));
  await cp(join(tree, "notebooks"), folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const outputsOf = async (path) =>
  JSON.parse(await readFile(path, "utf8")).cells.flatMap((cell) => cell.outputs ?? []);
const pictures = (outputs) => outputs.filter(({ data }) => data?.["image/png"] !== undefined);

test("start-here runs from top to bottom, each picture with its still", async () => {
  const notebook = join(folder, "start-here.ipynb");
  const settings = ["--ExecutePreprocessor.store_widget_state=False", "--ExecutePreprocessor.timeout=300"];
  await run(jupyter, ["nbconvert", "--to", "notebook", "--execute", "--inplace", ...settings, notebook]);
  const outputs = await outputsOf(notebook);
  expect(outputs.filter(({ output_type }) => output_type === "error")).toEqual([]);
  expect(pictures(outputs)).toHaveLength(3);
}, 400_000);

test("start-here is saved with its pictures, under 1.5 MB, and names no folder of a machine", async () => {
  expect(pictures(await outputsOf(saved))).toHaveLength(3);
  expect((await stat(saved)).size).toBeLessThan(1.5e6);
  expect(await readFile(saved, "utf8")).not.toMatch(/["( ]\/(home|root|work|tmp|Users)\//);
});

test("a page made by nbconvert shows start-here's pictures", async () => {
  await run(jupyter, ["nbconvert", "--to", "html", "--output-dir", folder, saved]);
  const page = await readFile(join(folder, "start-here.html"), "utf8");
  expect(page.match(/<img[^>]+src="data:image\/png;base64,/g)).toHaveLength(3);
}, 120_000);
