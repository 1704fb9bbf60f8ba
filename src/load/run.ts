import { spawn } from "node:child_process";
import type { Work } from "../work.js";

/** How another program ended and what it wrote. */
export interface Ran {
  /** Its exit code; `"missing"` when there is no such program. */
  readonly code: number | "missing";
  /** The end of what it wrote to either stream, at most 64 KiB. */
  readonly output: string;
}

/**
 * Runs another program without a shell and without input. An abort ends it and throws the signal's reason.
 */
export function run(
  program: string,
  args: readonly string[],
  work: Work = {},
  options: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    work.signal?.throwIfAborted();
    const child = spawn(program, args, {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    let output = "";
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString("utf8")).slice(-65_536);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    const stop = (): void => void child.kill();
    work.signal?.addEventListener("abort", stop, { once: true });
    const done = (code: Ran["code"]): void => {
      work.signal?.removeEventListener("abort", stop);
      if (work.signal?.aborted) reject(work.signal.reason);
      else resolve({ code, output });
    };
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "EACCES") done("missing");
      else reject(error);
    });
    child.on("close", (code, signal) => done(code ?? (signal === null ? 1 : 128)));
  });
}
