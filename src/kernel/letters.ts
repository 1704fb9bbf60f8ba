/**
 * What the two threads say to each other. User code runs on the main thread and may block it; the wire's
 * thread owns every socket and never waits for user code. A request that came in has a number here, and what
 * is published in its name carries that number; 0 is nobody's.
 */

/** From the wire to the main thread. */
export type ToMain =
  | {
      readonly kind: "execute";
      readonly request: number;
      /** What stack traces call it, such as `cell[3]`. */
      readonly name: string;
      readonly code: string;
      readonly silent: boolean;
      readonly allowStdin: boolean;
      /** It comes from a console, which can redraw a line but not replace what it has shown. */
      readonly console: boolean;
      readonly expressions: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: "complete" | "inspect" | "isComplete";
      readonly request: number;
      readonly code: string;
      /** In UTF-16 units, as JavaScript counts. */
      readonly cursor: number;
    }
  | {
      readonly kind: "comm";
      readonly request: number;
      readonly type: "comm_open" | "comm_msg" | "comm_close";
      readonly content: Readonly<Record<string, unknown>>;
      readonly metadata: Readonly<Record<string, unknown>>;
      readonly buffers: readonly Uint8Array[];
    }
  | { readonly kind: "input"; readonly request: number; readonly value: string }
  /** Stop the running cell, then say `alive` with the same number. */
  | { readonly kind: "interrupt"; readonly ping: number }
  | { readonly kind: "exit"; readonly code: number };

/** From the main thread to the wire. */
export type ToWire =
  | {
      readonly kind: "stream";
      readonly request: number;
      readonly name: "stdout" | "stderr";
      readonly text: string;
    }
  /** A message for iopub; content and metadata are JSON's text. */
  | {
      readonly kind: "publish";
      readonly request: number;
      readonly type: string;
      readonly content: string;
      readonly metadata?: string;
      readonly buffers?: readonly Uint8Array[];
    }
  /** A cell has ended: the reply's content, and its result as history keeps it. */
  | {
      readonly kind: "executed";
      readonly request: number;
      readonly failed: boolean;
      readonly content: Readonly<Record<string, unknown>>;
      readonly result: string | undefined;
    }
  /** The reply to a request of another kind. */
  | { readonly kind: "answer"; readonly request: number; readonly content: Readonly<Record<string, unknown>> }
  /** A comm's message was handled; nothing is replied. */
  | { readonly kind: "served"; readonly request: number }
  | { readonly kind: "ask"; readonly request: number; readonly prompt: string; readonly password: boolean }
  | { readonly kind: "alive"; readonly ping: number }
  /** Somebody pressed Ctrl-C where the kernel was started by hand. */
  | { readonly kind: "sigint" }
  | { readonly kind: "log"; readonly line: string }
  /** The process is about to end: close the sockets, then set `Flag.closed`. */
  | { readonly kind: "exit"; readonly code: number };
