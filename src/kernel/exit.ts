import { Flag } from "./flags.js";
import type { ToWire } from "./letters.js";

/** How long the sockets may take to close. */
const patience = 1000;

/**
 * Lets the sockets close before the process ends, also when user code calls `process.exit`: Node aborts
 * where another thread still holds them open.
 *
 * @returns what ends the process
 */
export function captureExit(post: (letter: ToWire) => void, flags: Int32Array): (code: number) => never {
  const exit = process.exit.bind(process);
  const end = (code?: number | string | null): never => {
    post({ kind: "exit", code: Number(code ?? process.exitCode ?? 0) });
    Atomics.wait(flags, Flag.closed, 0, patience);
    return exit(code);
  };
  process.exit = end;
  return end;
}
