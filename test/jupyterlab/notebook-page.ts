import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import type { Lab } from "./lab.js";
import type { NotebookFile } from "./notebook-file.js";

/** What JupyterLab offers to a page that may look at it, as far as the tests do. */
interface LabInPage {
  readonly jupyterapp: {
    readonly commands: {
      execute(command: string, args?: object): Promise<unknown>;
      isEnabled(command: string): boolean;
    };
    readonly shell: {
      readonly currentWidget: Panel | null;
      widgets(area: string): Iterable<{ readonly id: string }>;
      activateById(id: string): void;
    };
  };
}

interface Panel {
  readonly context: {
    readonly path: string;
    readonly isReady: boolean;
    readonly model: { toJSON(): NotebookFile; readonly dirty: boolean };
    save(): Promise<void>;
  };
  readonly sessionContext: {
    readonly isReady: boolean;
    readonly session: { readonly kernel: Kernel | null } | null;
  };
  readonly content: { activeCellIndex: number; readonly mode: "command" | "edit" };
}

interface Kernel {
  readonly status: string;
  readonly id: string;
  requestExecute(content: { readonly code: string; readonly store_history: boolean }): {
    onIOPub: (message: { readonly header: { msg_type: string }; readonly content: Output }) => void;
    readonly done: Promise<{ readonly content: { readonly status: string } }>;
  };
}

interface Output {
  readonly text?: string;
  readonly traceback?: readonly string[];
}

/** How long anything may take on a slow machine with two cores, in milliseconds. */
export const patience = 150_000;

export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: "JupyterLab Light" | "JupyterLab Dark";
}

/** One notebook in one JupyterLab window. */
export class NotebookPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly lab: Lab;
  readonly path: string;
  /** What the page complained about. */
  readonly complaints: string[] = [];

  private constructor(context: BrowserContext, page: Page, lab: Lab, path: string) {
    this.context = context;
    this.page = page;
    this.lab = lab;
    this.path = path;
    page.setDefaultTimeout(patience);
    page.on("pageerror", (error) => this.complaints.push(String(error.stack ?? error)));
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(message.text());
    });
  }

  /** Opens a notebook of the lab's folder in a window of its own, with a session of its own. */
  static async open(
    browser: Browser,
    lab: Lab,
    path: string,
    options: PageOptions = {},
  ): Promise<NotebookPage> {
    const { width = 1400, height = 1000, theme } = options;
    const context = await browser.newContext({ viewport: { width, height } });
    const opened = new NotebookPage(context, await context.newPage(), lab, path);
    // A workspace of its own: two windows of one workspace would send each other away.
    const workspace = `w${Math.random().toString(36).slice(2)}`;
    await opened.page.goto(`${lab.url}/lab/workspaces/${workspace}/tree/${path}?token=${lab.token}`);
    await opened.#ready();
    if (theme) await opened.command("apputils:change-theme", { theme });
    return opened;
  }

  /** Another window on the same notebook, hence on the same kernel. */
  async again(browser: Browser, options?: PageOptions): Promise<NotebookPage> {
    return NotebookPage.open(browser, this.lab, this.path, options);
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.#ready();
  }

  /** JupyterLab is there, the notebook is open in it, and its kernel listens: all that for half a second. */
  async #ready(): Promise<void> {
    const until = Date.now() + patience;
    for (let steady = 0; steady < 10; ) {
      if (Date.now() > until) throw new Error(`${this.path} did not open in ${patience} ms`);
      await this.page.waitForTimeout(50);
      steady = (await this.#isReady()) ? steady + 1 : 0;
    }
  }

  #isReady(): Promise<boolean> {
    return this.page.evaluate((path) => {
      const { jupyterapp } = globalThis as unknown as Partial<LabInPage>;
      const panel = jupyterapp?.shell.currentWidget;
      if (!jupyterapp || panel?.context?.path !== path) return false;
      const { context, sessionContext } = panel;
      if (!context.isReady || !sessionContext.isReady) return false;
      return (
        jupyterapp.commands.isEnabled("notebook:run-cell") &&
        sessionContext.session?.kernel?.status === "idle"
      );
    }, this.path);
  }

  command(command: string, args: object = {}): Promise<void> {
    return this.page.evaluate(
      async ([command, args]) => {
        await (globalThis as unknown as LabInPage).jupyterapp.commands.execute(
          command as string,
          args as object,
        );
      },
      [command, args] as const,
    );
  }

  /** Runs every cell from the top, and waits until the kernel has nothing left to do. */
  async runAll(): Promise<void> {
    await this.command("notebook:run-all-cells");
    await this.idle();
    for (const { outputs = [] } of (await this.file()).cells) {
      const failed = outputs.find(({ output_type }) => output_type === "error");
      if (failed) throw new Error(`${this.path}: ${failed.ename}: ${failed.evalue}`);
    }
  }

  /** Makes a cell the active one. */
  activate(cell: number): Promise<void> {
    return this.page.evaluate((cell) => {
      const { currentWidget } = (globalThis as unknown as LabInPage).jupyterapp.shell;
      if (currentWidget) currentWidget.content.activeCellIndex = cell;
    }, cell);
  }

  /** Makes the notebook the current part of the page again. */
  async show(): Promise<void> {
    await this.page.evaluate((path) => {
      const { shell } = (globalThis as unknown as LabInPage).jupyterapp;
      const panel = [...shell.widgets("main")].find((one) => (one as Partial<Panel>).context?.path === path);
      if (panel) shell.activateById(panel.id);
    }, this.path);
    await this.#ready();
  }

  /** Runs the cell with this number. */
  async run(cell: number): Promise<void> {
    await this.activate(cell);
    await this.command("notebook:run-cell");
    await this.idle();
    if ((await this.file()).cells[cell].execution_count === null) throw new Error(`cell ${cell} did not run`);
  }

  /** Runs code in the notebook's kernel, beside its cells, and gives what it printed. */
  async kernel(code: string): Promise<string> {
    return this.page.evaluate(async (code) => {
      const { sessionContext } = (globalThis as unknown as LabInPage).jupyterapp.shell.currentWidget!;
      const future = sessionContext.session!.kernel!.requestExecute({ code, store_history: false });
      let printed = "";
      let error = "";
      future.onIOPub = ({ header, content }) => {
        if (header.msg_type === "stream") printed += content.text ?? "";
        if (header.msg_type === "error") error = (content.traceback ?? []).join("\n");
      };
      const { content } = await future.done;
      if (content.status !== "ok") throw new Error(`the kernel: ${error}`);
      return printed;
    }, code);
  }

  /** Waits until the kernel is idle, and stays so for a quarter of a second. */
  async idle(): Promise<void> {
    for (let quiet = 0; quiet < 5; ) {
      await this.page.waitForTimeout(50);
      quiet = (await this.kernelStatus()) === "idle" ? quiet + 1 : 0;
    }
  }

  kernelStatus(): Promise<string> {
    return this.page.evaluate(() => {
      const panel = (globalThis as unknown as LabInPage).jupyterapp.shell.currentWidget;
      return panel?.sessionContext.session?.kernel?.status ?? "none";
    });
  }

  /** As the menu does it, with the question whether one is sure. */
  async restartKernel(): Promise<void> {
    const restarting = this.command("notebook:restart-kernel");
    await this.page.locator(".jp-Dialog button.jp-mod-warn").click();
    await restarting;
    await this.idle();
  }

  /** The notebook as the page has it now. */
  file(): Promise<NotebookFile> {
    return this.page.evaluate(() => {
      const panel = (globalThis as unknown as LabInPage).jupyterapp.shell.currentWidget;
      return panel!.context.model.toJSON();
    });
  }

  /** What the user wrote: each cell's kind and source. A key that went astray would change it. */
  async cells(): Promise<readonly string[]> {
    return (await this.file()).cells.map(({ cell_type, source }) => `${cell_type}: ${source}`);
  }

  /** Whether it holds what its file does not. */
  dirty(): Promise<boolean> {
    return this.page.evaluate(
      () => (globalThis as unknown as LabInPage).jupyterapp.shell.currentWidget!.context.model.dirty,
    );
  }

  /** Saves it, and gives the file's bytes. */
  async save(): Promise<Buffer> {
    await this.command("docmanager:save");
    return readFileSync(join(this.lab.folder, this.path));
  }

  /** Which cell is the active one, and whether its text is being edited. */
  active(): Promise<{ index: number; mode: string }> {
    return this.page.evaluate(() => {
      const { content } = (globalThis as unknown as LabInPage).jupyterapp.shell.currentWidget!;
      return { index: content.activeCellIndex, mode: content.mode };
    });
  }

  /** The output of the cell with this number. */
  output(cell: number): Locator {
    return this.page.locator(".jp-Notebook .jp-Cell").nth(cell).locator(".jp-Cell-outputArea");
  }

  /** Bytes of the page's JavaScript heap and of the numbers outside of it, after its garbage was collected. */
  async heap(): Promise<number> {
    const devtools = await this.context.newCDPSession(this.page);
    // What is let go in one collection may hold what only the next one finds.
    for (let i = 0; i < 3; i++) await devtools.send("HeapProfiler.collectGarbage");
    const { usedSize, backingStorageSize } = await devtools.send("Runtime.getHeapUsage");
    await devtools.detach();
    return usedSize + backingStorageSize;
  }
}
