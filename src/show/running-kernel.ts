import type { MimeBundle } from "../shown.js";

/**
 * What this part of the package asks of the kernel that runs it: a copy of the kernel's own types, so that pictures know
 * nothing of kernels. The kernel is found at run time.
 */
export interface RunningKernel {
  readonly version: 1;
  /** Aborted when the user stops the code that asks. */
  readonly signal: AbortSignal;
  /** Shows a bundle in the output of the running cell. */
  bundle(data: MimeBundle): unknown;
  /** Opens a widget of anywidget's kind. It is not shown before its bundle is. */
  openWidget<State extends object>(widgetClass: WidgetClass, state: WidgetValues<State>): Widget<State>;
}

/** Bytes of any kind. They are copied when they are sent. */
export type Bytes = ArrayBufferView | ArrayBuffer;

/** A kind of widget: its name, and the built files of its browser side. */
export interface WidgetClass {
  readonly id: string;
  readonly esm: URL;
  readonly css?: URL;
}

/** What may be set: where the state holds a DataView, bytes of any kind. */
export type WidgetValues<State> = {
  [Key in keyof State]: State[Key] extends DataView ? Bytes : State[Key];
};

/** The kernel's half of a widget. Its state is the same in every view and window. */
export interface Widget<State> {
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
  close(): void;
  /** What shows it: the widget's own MIME type alone. */
  readonly bundle: MimeBundle;
}

/** The kernel that this process runs in, or undefined in plain Node and under other kernels. */
export function runningKernel(): RunningKernel | undefined {
  const kernel = (globalThis as { [key: symbol]: unknown })[Symbol.for("deconvnet.kernel")];
  return (kernel as Partial<RunningKernel> | undefined)?.version === 1
    ? (kernel as RunningKernel)
    : undefined;
}
