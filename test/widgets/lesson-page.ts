import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { findChromium } from "../../setup/chromium.js";
import { bundleWidgets } from "../../setup/widgets.js";
import { answerRequests } from "../../src/show/answer-requests.js";
import { type LiveLesson, lessonAnswers } from "../../src/show/lesson-live.js";
import type { Widget } from "../../src/show/running-kernel.js";

/** A real browser with the built widgets, and lessons of this process behind them: only JupyterLab is left out. */
export interface LessonPages {
  open(lesson: LiveLesson, options?: PageOptions): Promise<LessonPage>;
  close(): Promise<void>;
}

export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: "light" | "dark";
}

export interface LessonPage {
  readonly page: Page;
  /** The model that the kernel sent last. */
  model(): Awaited<ReturnType<LiveLesson["model"]>>;
  /** Nothing is answered any more, as while a cell runs; `false`: all that waited is. */
  busy(is: boolean): void;
  /** What the front end does when the kernel is restarted. */
  restart(): Promise<void>;
}

export async function openLessonPages(): Promise<LessonPages> {
  const folder = mkdtempSync(join(tmpdir(), "lessons-"));
  await bundleWidgets(process.cwd(), join(folder, "widgets"));
  const browser: Browser = await chromium.launch({
    executablePath: await findChromium(() => {}),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
    ],
  });
  const built = (name: string, ending: string): string =>
    readFileSync(join(folder, "widgets", `${name}.${ending}`), "utf8");
  return {
    async open(lesson, { width = 1000, height = 720, theme = "light" } = {}) {
      const page = await browser.newPage({ viewport: { width, height } });
      const errors: Error[] = [];
      page.on("pageerror", (error) => errors.push(error));
      let model = await lesson.model();
      let isBusy = false;
      const held: (() => void)[] = [];
      const handlers = new Set<(content: unknown, buffers: readonly DataView[]) => unknown>();
      const toPage = (event: string, ...values: unknown[]): Promise<unknown> =>
        page.evaluate(
          ([name, ...rest]) => (globalThis as unknown as Bridge).hear(name as string, rest),
          [event, ...values],
        );
      const widget = {
        set: (changes: { lesson: typeof model }) => {
          model = changes.lesson;
          void toPage("change:lesson", structuredClone(model));
        },
        send: (content: unknown) => void toPage("msg:custom", content),
        onMessage: (handler: (content: unknown, buffers: readonly DataView[]) => unknown) => {
          handlers.add(handler);
          return () => void handlers.delete(handler);
        },
      } as unknown as Widget<never>;
      answerRequests(widget, lessonAnswers(lesson, widget as never));
      await page.exposeFunction("sendToKernel", (content: unknown) => {
        const handle = (): void => {
          for (const handler of handlers) void handler(content, []);
        };
        if (isBusy) held.push(handle);
        else handle();
      });
      const name = `lesson-${model.lesson}`;
      await page.setContent(
        `<!doctype html><meta charset="utf-8"><style>body { margin: 0 } ${built(name, "css")}</style>` +
          `<body data-jp-theme-light="${theme === "light"}" style="background: ${theme === "light" ? "#fff" : "#161616"}">` +
          // The test runner rewrites imports in functions that it hands to the page.
          `<script>globalThis.load = (url) => import(url)</script><div id="out"></div></body>`,
      );
      await page.evaluate(mount, [built(name, "js"), structuredClone(model)] as const);
      // The sheet is drawn when the page has given it a width: a frame later.
      await page.locator(".sheet .grid").first().waitFor({ state: "attached" });
      return {
        page,
        model: () => {
          if (errors.length > 0) throw errors[0];
          return model;
        },
        busy(is) {
          isBusy = is;
          if (!is) for (const handle of held.splice(0)) handle();
        },
        restart: async () => void (await toPage("comm_live_update")),
      };
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true });
    },
  };
}

interface Built {
  initialize?(of: object): unknown;
  render(of: object): unknown;
}

interface Bridge {
  hear(event: string, values: unknown[]): void;
  sendToKernel(content: unknown): void;
  load(url: string): Promise<{ default: () => Promise<Built> }>;
}

/** Runs in the page: a model as anywidget gives it, and the widget in it. */
async function mount([source, lesson]: readonly [string, unknown]): Promise<void> {
  const bridge = globalThis as unknown as Bridge;
  const listeners = new Map<string, Set<(...values: unknown[]) => void>>();
  const state: Record<string, unknown> = { lesson };
  const model = {
    get: (key: string) => state[key],
    on: (event: string, listener: () => void) =>
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listener)),
    off: (event: string, listener: () => void) => listeners.get(event)?.delete(listener),
    send: (content: unknown) => bridge.sendToKernel(content),
  };
  bridge.hear = (event, values) => {
    if (event.startsWith("change:")) state[event.slice(7)] = values[0];
    for (const listener of listeners.get(event) ?? []) listener(...values, []);
  };
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { default: make } = await bridge.load(url);
  const widget = await make();
  const signal = new AbortController().signal;
  await widget.initialize?.({ model, signal });
  await widget.render({ model, el: document.getElementById("out"), signal });
}
