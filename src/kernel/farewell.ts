import type { ToMain } from "./letters.js";

/** How long the main thread may take to end by itself, running what user code has to run at the end. */
const patience = 500;

/** Ends the process: politely, and by force where a cell blocks it. */
export function endProcess(post: (letter: ToMain) => void, close: () => Promise<void>): void {
  post({ kind: "exit", code: 0 });
  setTimeout(async () => {
    await close();
    process.kill(process.pid, "SIGKILL");
  }, patience);
}

/** A kernel whose server died without a word would run for ever. */
export function watchParent(end: () => void): void {
  const parent = Number(process.env.JPY_PARENT_PID);
  // On Windows the variable holds a handle, not a process's number.
  if (process.platform === "win32" || !Number.isInteger(parent) || parent <= 1) return;
  const timer = setInterval(() => {
    try {
      process.kill(parent, 0);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") return;
      clearInterval(timer);
      end();
    }
  }, 1000);
}
