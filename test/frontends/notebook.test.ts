/** Notebook 7 in a headless browser: cells, a picture, errors, and a widget that is live there. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, picture } from "../jupyterlab/browser.js";
import { until } from "../jupyterlab/explorer-on-page.js";
import { tree } from "../jupyterlab/lab.js";
import { cells, pngSignature, python, Workplace } from "./workplace.js";

/** What Notebook 7 offers to a page that may look at it, as far as it is used here. */
interface NotebookInPage {
  readonly jupyterapp?: {
    readonly shell: {
      readonly currentWidget: {
        readonly sessionContext?: {
          readonly session: {
            readonly kernel: { readonly name: string; readonly status: string } | null;
          } | null;
        };
      } | null;
    };
  };
}

const token = "a token of this test";
const slider = `import { sliderHeatmap } from "./slider-heatmap.ts";
sliderHeatmap(process.cwd(), 3, (shape, values) => new FeatureMaps(shape, values))`;

let workplace: Workplace;
let stopServer: () => Promise<unknown>;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  workplace = await Workplace.open();
  for (const name of ["slider-heatmap.ts", "slider-heatmap.js"]) {
    const fixture = new URL(`../jupyterlab/fixtures/${name}`, import.meta.url);
    cpSync(fileURLToPath(fixture), join(workplace.folder, name));
  }
  workplace.write("seven.ipynb", [...cells, slider]);
  // It ends when its standard input does, so also with this process.
  const server = spawn(
    process.execPath,
    [
      join(tree, "setup", "tether.js"),
      ...[python, "-m", "notebook", "--no-browser", "--expose-app-in-browser"],
      ...["--ServerApp.ip=127.0.0.1", "--ServerApp.port=0"],
      ...[`--ServerApp.root_dir=${workplace.folder}`, "--allow-root"],
    ],
    {
      cwd: workplace.folder,
      env: { ...workplace.env, JUPYTER_TOKEN: token },
      stdio: ["pipe", "ignore", "pipe"],
    },
  );
  let said = "";
  server.stderr.on("data", (text) => (said += text));
  const ended = once(server, "exit");
  stopServer = () => {
    server.stdin.end();
    return ended;
  };
  const address = () => /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
  const answers = async () => {
    if (server.exitCode !== null) throw new Error(`Notebook 7 ended before it answered:\n${said}`);
    return (
      address() !== undefined &&
      fetch(`${address()}/api`).then(
        ({ ok }) => ok,
        () => false,
      )
    );
  };
  await until(answers, () => `Notebook 7 does not answer:\n${said}`);
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1200, height: 1600 } });
  await page.goto(`${address()}/notebooks/seven.ipynb?token=${encodeURIComponent(token)}`);
  await until(async () => (await kernel()) === "deconvnet: idle", "the notebook's kernel did not start");
});

afterAll(async () => {
  await browser?.close();
  await stopServer?.();
  workplace?.close();
});

function kernel(): Promise<string> {
  return page.evaluate(() => {
    const { jupyterapp } = globalThis as NotebookInPage;
    const kernel = jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
    return kernel ? `${kernel.name}: ${kernel.status}` : "none";
  });
}

const cell = (number: number): Locator => page.locator(".jp-Notebook .jp-Cell").nth(number);

/** As a person runs it: a click into the cell, Shift and Enter. */
async function run(number: number): Promise<Locator> {
  await cell(number).locator(".cm-content").click();
  await page.keyboard.press("Shift+Enter");
  const output = cell(number).locator(".jp-Cell-outputArea");
  await output.locator(".jp-OutputArea-output").first().waitFor();
  return output;
}

async function type(number: number, code: string): Promise<void> {
  await cell(number).locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(code);
  await page.keyboard.press("Shift+Enter");
}

test("its cells print, draw, and fail where they should; a slider moves a heatmap by bytes from the kernel and back", async () => {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error.stack ?? error)));

  expect((await (await run(0)).innerText()).trim()).toBe("printed by a");
  const shown = (await run(1)).locator("img");
  expect(await shown.getAttribute("src")).toContain(`data:image/png;base64,${pngSignature}`);
  expect(
    await shown.evaluate((one) => (one as unknown as { naturalWidth: number }).naturalWidth),
  ).toBeGreaterThan(1);
  expect(await (await run(2)).innerText()).toContain("RangeError: too far");
  expect(await (await run(3)).innerText()).toContain("'string' is not assignable to type 'number'");
  expect(await (await run(4)).innerText()).toContain("'after'");

  const output = await run(5);
  const says = (level: number, sum: number) =>
    output
      .getByText(`level ${level}, largest ${63 * level}, kernel's sum of what came back ${sum}`)
      .waitFor();
  await says(3, 0);
  await output.locator("input[type=range]").fill("7");
  await says(7, 7);
  await output.locator(".js-plotly-plot").waitFor();
  await picture(page, "notebook-7");
  expect(complaints).toEqual([]);
});

test("a kernel that crashes is started again, and the notebook loses nothing", async () => {
  const before = await cell(2).locator(".cm-content").innerText();
  await type(4, 'process.kill(process.pid, "SIGKILL")');
  const said = page.locator(".jp-Dialog", { hasText: "Kernel Restarting" });
  await said.waitFor();
  await said.locator("button").last().click();
  await until(async () => (await kernel()) === "deconvnet: idle", "the kernel was not started again");
  await type(4, "`again ${1 + 1}`");
  await cell(4).getByText("'again 2'").waitFor();
  expect(await cell(2).locator(".cm-content").innerText()).toBe(before);
  expect(await cell(2).locator(".jp-Cell-outputArea").innerText()).toContain("RangeError: too far");
});
