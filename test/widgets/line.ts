import type { AnyModel } from "@anywidget/types";
import type { Bytes, Widget } from "../../src/show/running-kernel.js";

type Handler = (...values: never[]) => unknown;

/** What went over the line, as one side sent it. */
export interface Sent {
  readonly content: { readonly [key: string]: unknown };
  readonly bytes: number;
}

/** A page's model and a kernel's widget with a line between them that hands everything on a moment later. */
export interface Line {
  readonly model: AnyModel;
  readonly widget: Widget<never>;
  /** What the page sent, and what the kernel did. */
  readonly fromPage: Sent[];
  readonly fromKernel: Sent[];
  /** What the front end does when the kernel is restarted. */
  cut(): void;
}

export function makeLine(): Line {
  const onPage = new Map<string, Handler[]>();
  const inKernel = new Set<(content: unknown, buffers: readonly DataView[]) => unknown>();
  const fromPage: Sent[] = [];
  const fromKernel: Sent[] = [];
  const call = (name: string, ...values: unknown[]): void =>
    onPage.get(name)?.forEach((handler) => {
      handler(...(values as never[]));
    });
  const model = {
    get: () => undefined,
    set: () => undefined,
    save_changes: () => undefined,
    on: (name: string, handler: Handler) => onPage.set(name, [...(onPage.get(name) ?? []), handler]),
    off: () => undefined,
    send(content: Sent["content"], _callbacks: unknown, buffers: readonly Bytes[] = []) {
      const sent = copied(content, buffers);
      fromPage.push({ content: sent.content, bytes: bytesIn(sent.buffers) });
      setImmediate(() => {
        for (const handler of inKernel) void handler(sent.content, sent.buffers);
      });
    },
  };
  const widget = {
    send(content: Sent["content"], buffers: readonly Bytes[] = []) {
      const sent = copied(content, buffers);
      fromKernel.push({ content: sent.content, bytes: bytesIn(sent.buffers) });
      setImmediate(() => call("msg:custom", sent.content, sent.buffers));
    },
    onMessage(handler: (content: unknown, buffers: readonly DataView[]) => unknown) {
      inKernel.add(handler);
      return () => void inKernel.delete(handler);
    },
  };
  return {
    model: model as unknown as AnyModel,
    widget: widget as unknown as Widget<never>,
    fromPage,
    fromKernel,
    cut: () => call("comm_live_update"),
  };
}

/** As a real line does: JSON for what is plain, and copies of bytes that may start anywhere. */
function copied(
  content: unknown,
  buffers: readonly Bytes[],
): { content: Sent["content"]; buffers: DataView[] } {
  return {
    content: JSON.parse(JSON.stringify(content)),
    buffers: buffers.map((one) => {
      const bytes = ArrayBuffer.isView(one)
        ? new Uint8Array(one.buffer, one.byteOffset, one.byteLength)
        : new Uint8Array(one);
      const into = new Uint8Array(bytes.length + 3);
      into.set(bytes, 3);
      return new DataView(into.buffer, 3);
    }),
  };
}

function bytesIn(buffers: readonly DataView[]): number {
  return buffers.reduce((sum, one) => sum + one.byteLength, 0);
}
