import { writeSync } from "node:fs";

/**
 * A line for the server's own log. It goes to the file descriptor itself: `process.stderr` belongs to the
 * cells, and from a worker thread it would wait for the main thread.
 */
export function log(line: string): void {
  try {
    writeSync(2, `[deconvnet kernel] ${line}\n`);
  } catch {
    // Nobody reads the log any more; the kernel goes on.
  }
}
