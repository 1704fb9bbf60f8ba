import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { log } from "./log.js";

/** A line that was run, and its result as text. */
export interface Line {
  readonly session: number;
  readonly line: number;
  readonly input: string;
  readonly output?: string | undefined;
}

type Written =
  | { readonly line: number; readonly input: string }
  | { readonly line: number; readonly output: string };

/** So many sessions are kept. */
const kept = 1000;
/** Longer results are cut. */
const longest = 10_000;

/**
 * A folder with one file a session, each line of it JSON: several kernels write at once without a lock,
 * since each creates its own file. A file is made when the first line is run.
 */
export class HistoryFolder {
  readonly #path: string;
  readonly #own: Line[] = [];
  /** Undefined before the first line; −1 where nothing can be written. */
  #file: number | undefined;
  #session: number | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** This session's number. */
  get session(): number {
    return this.#session ?? (this.#sessions().at(-1) ?? 0) + 1;
  }

  write(written: Written): void {
    this.#file ??= this.#create();
    const cut = "output" in written ? { ...written, output: written.output.slice(0, longest) } : written;
    if ("input" in cut) this.#own.push({ session: this.session, ...cut });
    else addResult(this.#own, cut);
    if (this.#file < 0) return;
    try {
      writeSync(this.#file, `${JSON.stringify(cut)}\n`);
    } catch (error) {
      this.#unwritable(error);
    }
  }

  /** The lines of one session. */
  read(session: number): readonly Line[] {
    if (session === this.session) return this.#own;
    try {
      return parse(session, readFileSync(this.#pathOf(session), "utf8"));
    } catch {
      return [];
    }
  }

  /** The last lines of this session and of those before it. */
  last(count: number): readonly Line[] {
    const lines: Line[] = [];
    const sessions = this.#sessions().filter((session) => session !== this.session);
    for (const session of [this.session, ...sessions.reverse()]) {
      if (lines.length >= count) break;
      lines.unshift(...this.read(session));
    }
    return count > 0 ? lines.slice(-count) : [];
  }

  all(): readonly Line[] {
    return this.last(Number.POSITIVE_INFINITY);
  }

  #sessions(): number[] {
    try {
      return readdirSync(this.#path)
        .flatMap((name) => (/^\d+\.jsonl$/.test(name) ? [Number.parseInt(name, 10)] : []))
        .sort((a, b) => a - b);
    } catch {
      return [];
    }
  }

  #pathOf(session: number): string {
    return join(this.#path, `${String(session).padStart(6, "0")}.jsonl`);
  }

  #create(): number {
    try {
      mkdirSync(this.#path, { recursive: true, mode: 0o700 });
      const sessions = this.#sessions();
      for (const old of sessions.slice(0, -kept)) rmSync(this.#pathOf(old), { force: true });
      this.#session = (sessions.at(-1) ?? 0) + 1;
      for (;;) {
        try {
          return openSync(this.#pathOf(this.#session), "wx", 0o600);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
          this.#session++; // another kernel was faster
        }
      }
    } catch (error) {
      this.#session ??= 1;
      return this.#unwritable(error);
    }
  }

  #unwritable(error: unknown): number {
    log(`history is kept in memory only: ${(error as Error).message}`);
    if (this.#file !== undefined && this.#file >= 0) closeSync(this.#file);
    this.#file = -1;
    return -1;
  }
}

/** A file cut short by a crash loses its last line, no more. */
function parse(session: number, text: string): Line[] {
  const lines: Line[] = [];
  for (const json of text.split("\n")) {
    try {
      const { line, input, output } = JSON.parse(json) as Partial<Line>;
      if (typeof line !== "number") continue;
      if (typeof input === "string") lines.push({ session, line, input });
      else if (typeof output === "string") addResult(lines, { line, output });
    } catch {}
  }
  return lines;
}

/** Puts a result to its line, which is one of the last. */
function addResult(lines: Line[], { line, output }: { line: number; output: string }): void {
  const index = lines.findLastIndex((other) => other.line === line);
  if (index >= 0) lines[index] = { ...lines[index], output };
}
