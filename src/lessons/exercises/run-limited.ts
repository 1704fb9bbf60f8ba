import { runInNewContext } from "node:vm";

/**
 * Runs work that may never end, on this thread, and stops it after a limit: V8 itself ends it, so that no `catch` of the
 * work's own holds it up. Only what runs at once is stopped; work that waits for something has long returned.
 *
 * @param milliseconds the limit
 * @returns whether it had to be stopped
 * @throws what the work throws
 */
export function runLimited(milliseconds: number, work: () => void): boolean {
  try {
    // The time limit is the script's; the function that it calls is of our own context.
    runInNewContext("work()", { work }, { timeout: milliseconds });
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException | undefined)?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return true;
    throw error;
  }
}
