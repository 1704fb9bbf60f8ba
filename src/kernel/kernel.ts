import * as module from "node:module";
import { Worker } from "node:worker_threads";
import { Flag, newFlags, Phase } from "./flags.js";
import type { ToMain, ToWire } from "./letters.js";
import { log } from "./log.js";
import { newPark } from "./park.js";

/** How a kernel is started. */
export interface KernelOptions {
  /** The connection file that Jupyter wrote. */
  readonly connectionFile: string;
  /** The module whose exports are in scope; none where left out. */
  readonly prelude?: string;
}

/** Starts the kernel in this process. The wire comes first: it answers while the compiler is being loaded. */
export async function startKernel({ connectionFile, prelude }: KernelOptions): Promise<void> {
  // Keeps the compiler's compiled form on disk, on Node 22 and later.
  (module as { enableCompileCache?: () => void }).enableCompileCache?.();
  // The session puts its own in place of Node's, which waits for the wire.
  const exit = process.exit.bind(process);
  const flags = newFlags();
  Atomics.store(flags, Flag.phase, Phase.uncut);
  const wire = new Worker(new URL("./wire.js", import.meta.url), { workerData: { connectionFile, flags } });
  const post = (letter: ToWire) => wire.postMessage(letter);
  wire.on("error", (error) => {
    log(error.message);
    exit(1);
  });
  Object.assign(globalThis, { [Symbol.for("deconvnet.kernel.park")]: newPark(flags) });
  const { openMainThread } = await import("./main-thread.js");
  const receive = openMainThread(post, flags, prelude);
  wire.on("message", (letter: ToMain) => receive(letter));
  // Not before: a kernel that is cut short here would never hear a letter.
  Atomics.store(flags, Flag.phase, Phase.waiting);
}
