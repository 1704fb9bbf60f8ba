import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { venv } from "../../setup/jupyter.js";
import { registerKernel } from "../../setup/kernel.js";
import { tree } from "../../setup/tree.js";

const run = promisify(execFile);
const { jupyter } = venv(tree);
const names = ["", "lessons/"].flatMap((under) =>
  readdirSync(join(tree, "notebooks", under))
    .filter((name) => name.endsWith(".ipynb"))
    .map((name) => under + name),
);
const offline = join(tree, "test", "notebooks", "offline.cjs");
let folder = "";

test("the notebooks are there", () => {
  expect(names).toContain("start-here.ipynb");
});

test("a kernel that is cut off reaches nothing beyond this machine", async () => {
  const reach = `fetch("http://192.0.2.1/").catch(({ cause }) => console.log(cause.code))`;
  const { stdout } = await run(process.execPath, ["--require", offline, "--eval", reach]);
  expect(stdout).toBe("ENETUNREACH\n");
});

beforeAll(async () => {
  await registerKernel(tree, () => {});
  folder = await mkdtemp(join(tmpdir(), "notebooks-"));
  await cp(join(tree, "notebooks"), folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const outputsOf = async (path) =>
  JSON.parse(await readFile(path, "utf8")).cells.flatMap((cell) => cell.outputs ?? []);
const pictures = (outputs) => outputs.filter(({ data }) => data?.["image/png"] !== undefined);

/** A lesson's Chinese twin is the same code, said in other words: to run it too would tell nothing, and take a minute. */
const twins = names.filter((name) => /^lessons\/.*\.zh\.ipynb$/.test(name));

describe.each(names.filter((name) => !twins.includes(name)))("%s", (name) => {
  const saved = join(tree, "notebooks", name);

  test("runs from top to bottom without a network, and draws as many stills as are saved in it", async () => {
    const notebook = join(folder, name);
    const settings = ["--ExecutePreprocessor.store_widget_state=False", "--ExecutePreprocessor.timeout=300"];
    await run(jupyter, ["nbconvert", "--to", "notebook", "--execute", "--inplace", ...settings, notebook], {
      env: { ...process.env, NODE_OPTIONS: `--require "${offline}"` },
    });
    const outputs = await outputsOf(notebook);
    expect(outputs.filter(({ output_type }) => output_type === "error")).toEqual([]);
    expect(pictures(outputs).length).toBeGreaterThan(1);
    expect(pictures(outputs)).toHaveLength(pictures(await outputsOf(saved)).length);
  }, 400_000);
});

describe.each(twins)("%s", (name) => {
  test("has the code of its English twin but for what is said, and its own stills, without an error", async () => {
    const [twin, english] = await Promise.all(
      [name, name.replace(".zh.", ".")].map(async (one) =>
        JSON.parse(await readFile(join(tree, "notebooks", one), "utf8")),
      ),
    );
    // What stands in quotes and comments is said.
    const said = /"[^"\n]*"|`[^`]*`|\/\/.*/g;
    const code = ({ cells }) =>
      cells.map(({ id, cell_type, metadata, source }) => [
        ...[id, cell_type, metadata],
        cell_type === "code" ? [source].flat().join("").replace(said, "…") : "",
      ]);
    expect(code(twin)).toEqual(code(english));
    expect(twin.cells.filter(({ cell_type, outputs }) => cell_type === "code" && !outputs)).toEqual([]);
    const [its, others] = [twin, english].map(({ cells }) => cells.flatMap(({ outputs }) => outputs ?? []));
    expect(its.filter(({ output_type }) => output_type === "error")).toEqual([]);
    expect(pictures(its)).toHaveLength(pictures(others).length);
  });
});

/** By their names without folders: all at once, since a converter's start takes longer than a page. */
const pages = new Map();
beforeAll(async () => {
  const saved = names.map((name) => join(tree, "notebooks", name));
  await run(jupyter, ["nbconvert", "--to", "html", "--output-dir", join(folder, "pages"), ...saved]);
  for (const name of names) {
    const page = join(folder, "pages", basename(name, ".ipynb").concat(".html"));
    pages.set(name, await readFile(page, "utf8"));
  }
});

describe.each(names)("%s", (name) => {
  const saved = join(tree, "notebooks", name);

  test("is saved small, and names no folder of a machine", async () => {
    expect((await stat(saved)).size).toBeLessThan(/^(start-here|lessons)/.test(name) ? 1.5e6 : 2e6);
    expect(await readFile(saved, "utf8")).not.toMatch(/["( ]\/(home|root|work|tmp|Users)\//);
  });

  test("shows its pictures on a page made by nbconvert", async () => {
    const shown = pages.get(name).match(/<img[^>]+src="data:image\/png;base64,/g);
    expect(shown).toHaveLength(pictures(await outputsOf(saved)).length);
  });
});
