import { runs } from "./run.js";

/**
 * Called behind every `await` of a cell. An interrupt ends the cell at once, but JavaScript has no way to
 * stop an async function that waits; it is stopped here, when it wakes.
 */
export function resume<T>(value?: T): T {
  runs.getStore()?.signal.throwIfAborted();
  return value as T;
}
