import type { AnyModel } from "@anywidget/types";
import type { ExplorerState } from "../../src/show/explorer-state.js";
import type { RunningKernel, Widget } from "../../src/show/running-kernel.js";
import { makeLine } from "./line.js";

type Handler = (...values: never[]) => unknown;

/** A widget that a kernel opened, and a page that shows it. */
export interface Opened {
  readonly model: AnyModel<ExplorerState>;
  /** What the kernel sent beside the state, as JSON would be. */
  readonly answers: readonly { readonly content: object; readonly bytes: number }[];
  /** What the page shows after the kernel's last word. */
  state(): ExplorerState;
  close(): void;
}

const place = Symbol.for("deconvnet.kernel");

/** Lets a kernel run here until `stop`; each widget that it opens is shown by a page. */
export function runKernel(): { readonly opened: Opened[]; stop(): void } {
  const opened: Opened[] = [];
  const kernel: RunningKernel = {
    version: 1,
    signal: new AbortController().signal,
    bundle: () => undefined,
    openWidget: (kind, state) => {
      const { widget, page } = linked(kind.id, state as unknown as ExplorerState);
      opened.push(page);
      return widget as never;
    },
  };
  (globalThis as { [key: symbol]: unknown })[place] = kernel;
  return {
    opened,
    stop: () => {
      delete (globalThis as { [key: symbol]: unknown })[place];
    },
  };
}

/** Both halves of a widget: what one sets, the other has, as JSON carries it. */
function linked(id: string, first: ExplorerState): { widget: Widget<ExplorerState>; page: Opened } {
  const line = makeLine();
  const inKernel: Record<string, unknown> = copy(first);
  const onPage: Record<string, unknown> = copy(first);
  const kernelHandlers = new Map<string, Handler[]>();
  const pageHandlers = new Map<string, Handler[]>();
  const closing = new Set<() => unknown>();
  let changed: Record<string, unknown> = {};
  const add = (handlers: Map<string, Handler[]>, name: string, handler: Handler): void =>
    void handlers.set(name, [...(handlers.get(name) ?? []), handler]);

  const widget: Widget<ExplorerState> = {
    ...(line.widget as unknown as Widget<ExplorerState>),
    id,
    get: (key) => inKernel[key] as never,
    set(changes) {
      Object.assign(inKernel, copy(changes));
      Object.assign(onPage, copy(changes));
      for (const key of Object.keys(changes))
        pageHandlers.get(`change:${key}`)?.forEach((handler) => handler());
    },
    on(key, handler) {
      add(kernelHandlers, key, handler);
      return () => undefined;
    },
    onClose(handler) {
      closing.add(handler);
      return () => void closing.delete(handler);
    },
    close: () => undefined,
    bundle: { "application/vnd.jupyter.widget-view+json": { model_id: id } },
  };
  const model = {
    ...line.model,
    get: (key: string) => onPage[key],
    set(key: string, value: unknown) {
      onPage[key] = value;
      changed[key] = value;
    },
    save_changes() {
      const sent = copy(changed);
      changed = {};
      for (const [key, value] of Object.entries(sent)) {
        const before = inKernel[key];
        inKernel[key] = value;
        for (const handler of kernelHandlers.get(key) ?? [])
          handler(...([value, before, "browser"] as never[]));
      }
    },
    on(name: string, handler: Handler) {
      if (name.startsWith("change:")) add(pageHandlers, name, handler);
      else line.model.on(name, handler as never);
    },
  };
  return {
    widget,
    page: {
      model: model as unknown as AnyModel<ExplorerState>,
      answers: line.fromKernel,
      state: () => onPage as unknown as ExplorerState,
      close: () => {
        for (const handler of closing) handler();
      },
    },
  };
}

function copy<Value>(value: Value): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value));
}
