import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jupyterFolders, tree } from "../jupyterlab/lab.js";
import { type NotebookFile, notebookOf } from "../jupyterlab/notebook-file.js";
import { main } from "../kernel/spawned-kernel.js";

/** What every front end runs: something printed, a picture, an error, a type error, and a cell behind them. */
export const cells = [
  "const name: string = 'a'; console.log('printed by ' + name);",
  "fromRows([[1, 2], [3, 4]])",
  "throw new RangeError('too far')",
  "const count: number = name;",
  "name + 'fter'",
] as const;

export const python: string = join(
  tree,
  ".venv",
  process.platform === "win32" ? "Scripts/python.exe" : "bin/python",
);

/** The beginning of every PNG file, in base64. */
export const pngSignature = "iVBORw0KGgo";

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with notebooks, and the programs of `.venv` on them, away from the user's own settings. */
export class Workplace {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly #base: string;

  private constructor(base: string) {
    this.#base = base;
    this.folder = join(base, "notebooks");
    mkdirSync(this.folder);
    this.env = { ...process.env, ...jupyterFolders(base) };
  }

  static async open(): Promise<Workplace> {
    if (!existsSync(python)) throw new Error(`${python} is missing: npm test makes it`);
    const workplace = new Workplace(mkdtempSync(join(tmpdir(), "deconvnet-frontend-")));
    const installed = await workplace.#run(process.execPath, [main, "install", "--user"]);
    if (installed.code !== 0) throw new Error(`the kernel was not installed:\n${installed.stderr}`);
    return workplace;
  }

  write(name: string, codes: readonly string[] = cells): void {
    writeFileSync(join(this.folder, name), JSON.stringify(notebookOf(codes)));
  }

  read(name: string): NotebookFile {
    return JSON.parse(readFileSync(join(this.folder, name), "utf8")) as NotebookFile;
  }

  /** Runs Python of `.venv` to its end, in the folder. */
  python(...words: readonly string[]): Promise<Ran> {
    return this.#run(python, words);
  }

  #run(program: string, words: readonly string[]): Promise<Ran> {
    const child = spawn(program, words, { cwd: this.folder, env: this.env, timeout: 100_000 });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (text) => (stdout += text));
    child.stderr.on("data", (text) => (stderr += text));
    return new Promise((done) => child.once("close", (code) => done({ code, stdout, stderr })));
  }

  close(): void {
    rmSync(this.#base, { recursive: true, force: true, maxRetries: 10 });
  }
}
