/**
 * What a running kernel offers to libraries, found at run time by `runningKernel()`, or without this file at
 * `globalThis[Symbol.for("deconvnet.kernel")]`. Types, and one look-up; a library that has its own copy of
 * the types needs nothing of the kernel.
 */
import type { displaySymbol, MimeBundle } from "./bundle.js";

/** Where a running kernel is found on `globalThis`. */
export const kernelSymbol: unique symbol = Symbol.for("deconvnet.kernel");

/** A running kernel; `version` counts changes that break who uses it. */
export interface NotebookKernel {
  readonly version: 1;
  /**
   * Aborted when the user stops the code that asks; its reason is an error named KeyboardInterrupt. Each cell,
   * and each message of a widget, has its own.
   */
  readonly signal: AbortSignal;
  /** Shows any value in the output of the running cell, as its last expression would be. */
  show(value: unknown): Displayed;
  /** Shows a bundle in the output of the running cell; bytes become base64. */
  bundle(data: MimeBundle, metadata?: object): Displayed;
  /** Shows a bundle in the front end's pager when the cell has ended; JupyterLab puts it under the cell. */
  page(data: MimeBundle): void;
  /** Empties the running cell's output: at once, or when the next output comes. */
  clear(options?: { readonly wait?: boolean }): void;
  /** Asks the user for a line of text. */
  input(prompt?: string, options?: { readonly password?: boolean }): Promise<string>;
  /** Starts a progress line in the output of the running cell. */
  progress(options?: ProgressOptions): ProgressLine;
  /** Opens a widget of anywidget's kind: the kernel's half of it. It is not shown before it is displayed. */
  openWidget<State extends object>(widgetClass: WidgetClass, state: WidgetValues<State>): Widget<State>;
  /** Opens a comm to a target that the front end knows. */
  openComm(target: string, data?: unknown, options?: CommOptions): Comm;
  /** Answers comms that a front end opens to `target`. Returns what takes the answer back. */
  onComm(
    target: string,
    handler: (comm: Comm, data: unknown, buffers: readonly DataView[]) => unknown,
  ): () => void;
}

/** Something that was shown, and can be replaced where it stands. */
export interface Displayed {
  update(value: unknown): void;
  updateBundle(data: MimeBundle, metadata?: object): void;
  /** Nothing: being the last expression of a cell, it is not shown once more. */
  [displaySymbol](): undefined;
}

/** Bytes of any kind. They are copied when they are sent. */
export type Bytes = ArrayBufferView | ArrayBuffer;

export interface CommOptions {
  readonly metadata?: object;
  readonly buffers?: readonly Bytes[];
}

/**
 * A line to the front end that both sides speak on. Handlers run while a cell awaits. While a handler's
 * promise is pending the front end waits with its next state; return nothing where it need not wait. What a
 * handler prints comes out under the cell that opened the comm.
 */
export interface Comm {
  readonly id: string;
  readonly target: string;
  send(data: unknown, options?: CommOptions): void;
  /** Returns what takes the handler off. */
  onMessage(handler: (data: unknown, buffers: readonly DataView[]) => unknown): () => void;
  /** Called when the front end closes it, not when `close` does. */
  onClose(handler: (data: unknown) => unknown): () => void;
  close(data?: unknown): void;
}

/** A kind of widget, written once: built files, not text that each widget repeats. */
export interface WidgetClass {
  /** Stable and unique, such as `deconvnet.explore`. */
  readonly id: string;
  /** The built ES module whose default export has `render`, and may have `initialize`. Imports nothing. */
  readonly esm: URL;
  readonly css?: URL;
}

/** What may be set: where the state holds a DataView, bytes of any kind. */
export type WidgetValues<State> = {
  [Key in keyof State]: State[Key] extends DataView ? Bytes : State[Key];
};

/**
 * The kernel's half of a widget. Its state is the same in every view and window; bytes in it are read as
 * DataView on both sides. All handlers get what a comm's handlers get: time, and their cell's output.
 */
export interface Widget<State> {
  /** The model's id, as `host.getWidget("anywidget:" + id)` wants it. */
  readonly id: string;
  get<Key extends keyof State & string>(key: Key): State[Key];
  /** Changes one or several keys; what changes goes out as one message. */
  set(changes: Partial<WidgetValues<State>>): void;
  /** Called after each change of a key. Returns what takes the handler off. */
  on<Key extends keyof State & string>(
    key: Key,
    handler: (value: State[Key], previous: State[Key], by: "kernel" | "browser") => unknown,
  ): () => void;
  /** A message to every view, beside the state. */
  send(content: unknown, buffers?: readonly Bytes[]): void;
  /** Called with what a view sends; it comes from outside and is to be checked. */
  onMessage(handler: (content: unknown, buffers: readonly DataView[]) => unknown): () => void;
  /** Called when the front end closes it. */
  onClose(handler: () => unknown): () => void;
  /** Takes the widget away from every view. */
  close(): void;
  /** What shows it: the widget's own MIME type alone; put a still picture and text beside it. */
  readonly bundle: MimeBundle;
  [displaySymbol](): MimeBundle;
}

export interface ProgressOptions {
  /** How many steps there are, where that is known. */
  readonly total?: number;
  /** What goes on, in a word or two. */
  readonly title?: string;
}

/** A line that says how far long work is, how fast it goes and how long it will take. */
export interface ProgressLine {
  /** So many steps are done; `total` and `title` may change on the way. */
  update(done: number, change?: ProgressOptions): void;
  /** Draws it a last time. */
  end(): void;
}

/** The kernel that this process runs in, or undefined in plain Node and under other kernels. */
export function runningKernel(): NotebookKernel | undefined {
  const kernel = (globalThis as { [kernelSymbol]?: NotebookKernel })[kernelSymbol];
  return kernel?.version === 1 ? kernel : undefined;
}
