import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { joinBuffers, type Path, type SplitState, splitBuffers } from "./buffer-paths.js";
import { displaySymbol, type MimeBundle } from "./bundle.js";
import { isBytes, toBytes, toView } from "./bytes.js";
import type { Comms } from "./comms.js";
import { isFields } from "./message.js";
import type { Bytes, Comm, Widget, WidgetClass, WidgetValues } from "./notebook-kernel.js";

type State = Record<string, unknown>;
type ChangeHandler = (value: never, previous: never, by: "kernel" | "browser") => unknown;

/** The version of the widgets' protocol; a front end refuses what has no version, or another major one. */
const metadata = { version: "2.1.0" };

/** One model of anywidget's kind, as the front end mirrors it. */
export class WidgetModel {
  readonly comm: Comm;
  readonly #own: State;
  readonly #state: State;
  readonly #changed = new Map<string, Set<ChangeHandler>>();
  readonly #messages = new Set<(content: unknown, buffers: readonly DataView[]) => unknown>();

  constructor(comms: Comms, widgetClass: WidgetClass, state: object) {
    this.#own = ownState(widgetClass);
    this.#state = Object.fromEntries(Object.entries(state).map(([key, value]) => [key, kept(value)]));
    const { state: plain, paths, buffers } = this.whole();
    const data = { state: plain, buffer_paths: paths };
    this.comm = comms.open("jupyter.widget", data, { metadata, buffers });
    this.comm.onMessage((message, received) => this.#receive(message, received));
  }

  /** The whole state, as a page that was loaded anew has to get it. */
  whole(): SplitState {
    return splitBuffers({ ...this.#own, ...this.#state });
  }

  get(key: string): unknown {
    return this.#state[key];
  }

  set(changes: object): void {
    // What the browser has is not sent back to it: by now it may have moved on.
    const news = Object.entries(changes).filter(
      ([key, value]) => !isDeepStrictEqual(this.#state[key], value),
    );
    if (news.length === 0) return;
    const next = Object.fromEntries(news.map(([key, value]) => [key, kept(value)]));
    this.#send("update", splitBuffers(next));
    void this.#apply(next, "kernel");
  }

  on(key: string, handler: ChangeHandler): () => void {
    const handlers = this.#changed.get(key) ?? new Set();
    this.#changed.set(key, handlers.add(handler));
    return () => void handlers.delete(handler);
  }

  send(content: unknown, buffers: readonly Bytes[] = []): void {
    this.comm.send({ method: "custom", content }, { buffers });
  }

  onMessage(handler: (content: unknown, buffers: readonly DataView[]) => unknown): () => void {
    this.#messages.add(handler);
    return () => void this.#messages.delete(handler);
  }

  #send(method: "update" | "echo_update", { state, paths, buffers }: SplitState): void {
    this.comm.send({ method, state, buffer_paths: paths }, { buffers });
  }

  async #receive(message: unknown, buffers: readonly DataView[]): Promise<void> {
    if (!isFields(message)) return;
    switch (message.method) {
      case "request_state":
        return this.#send("update", this.whole());
      case "custom":
        await Promise.all([...this.#messages].map(async (handler) => handler(message.content, buffers)));
        return;
      case "update": {
        if (!isFields(message.state)) throw new TypeError("a widget's update has no state");
        const state = joinBuffers({ ...message.state }, message.buffer_paths, buffers.map(toBytes));
        const known = Object.entries(state).filter(([key]) => Object.hasOwn(this.#state, key));
        const next = Object.fromEntries(known);
        // Other windows of the notebook hear of it only from here.
        this.#send("echo_update", splitBuffers(next));
        await this.#apply(next, "browser");
      }
    }
  }

  async #apply(next: State, by: "kernel" | "browser"): Promise<void> {
    const changes = Object.entries(next).map(([key, value]) => [key, value, this.#state[key]] as const);
    Object.assign(this.#state, next);
    const calls = changes.flatMap(([key, value, previous]) =>
      [...(this.#changed.get(key) ?? [])].map((handler) => handler(value as never, previous as never, by)),
    );
    await Promise.all(calls);
  }
}

/** What makes a model one of anywidget's; a version other than "*" is not found when anywidget is updated. */
function ownState({ id, esm, css }: WidgetClass): State {
  return {
    _model_module: "anywidget",
    _model_name: "AnyModel",
    _model_module_version: "*",
    _view_module: "anywidget",
    _view_name: "AnyView",
    _view_module_version: "*",
    _view_count: null,
    _anywidget_id: id,
    _esm: readFileSync(esm, "utf8"),
    ...(css && { _css: readFileSync(css, "utf8") }),
  };
}

/** Bytes are copied, so that a state does not change behind the widget's back. */
function kept(value: unknown): unknown {
  return isBytes(value) ? toView(toBytes(value).slice()) : value;
}

/** All widgets of the kernel, and the answers that a page needs which was loaded anew. */
export class Widgets {
  readonly #comms: Comms;
  readonly #models = new Map<string, WidgetModel>();

  constructor(comms: Comms) {
    this.#comms = comms;
    comms.onOpen("jupyter.widget.control", (comm) => {
      comm.onMessage((message) => {
        if (isFields(message) && message.method === "request_states") this.#sendStates(comm);
      });
    });
  }

  open<S extends object>(widgetClass: WidgetClass, state: WidgetValues<S>): Widget<S> {
    const model = new WidgetModel(this.#comms, widgetClass, state);
    const { id } = model.comm;
    this.#models.set(id, model);
    model.comm.onClose(() => this.#models.delete(id));
    const bundle: MimeBundle = {
      "application/vnd.jupyter.widget-view+json": { version_major: 2, version_minor: 0, model_id: id },
    };
    return {
      id,
      get: (key) => model.get(key) as never,
      set: (changes) => model.set(changes),
      on: (key, handler) => model.on(key, handler as ChangeHandler),
      send: (content, buffers) => model.send(content, buffers),
      onMessage: (handler) => model.onMessage(handler),
      onClose: (handler) => model.comm.onClose(handler),
      close: () => {
        this.#models.delete(id);
        model.comm.close();
      },
      bundle,
      [displaySymbol]: () => ({ ...bundle, "text/plain": `${widgetClass.id} widget` }),
    };
  }

  #sendStates(comm: Comm): void {
    const states: Record<string, object> = {};
    const buffer_paths: Path[] = [];
    const buffers: Uint8Array[] = [];
    for (const [id, model] of this.#models) {
      const split = model.whole();
      states[id] = {
        model_name: "AnyModel",
        model_module: "anywidget",
        model_module_version: "*",
        state: split.state,
      };
      // A path starts at `states`, and so leads through the "state" of its widget.
      buffer_paths.push(...split.paths.map((path) => [id, "state", ...path]));
      buffers.push(...split.buffers);
    }
    comm.send({ method: "update_states", states, buffer_paths }, { buffers });
  }
}
