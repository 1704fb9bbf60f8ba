import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's own folder. */
export const tree: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A JupyterLab that `npm start` opened on a folder of its own. */
export interface Lab {
  /** Of the server, without a page and without the token. */
  readonly url: string;
  readonly token: string;
  /** The folder it shows. */
  readonly folder: string;
  /** Everything that it printed. */
  readonly printed: () => string;
  /** Milliseconds from the command to the address. */
  readonly startedIn: number;
  readonly pid: number;
  /** Ends it as Ctrl-C does, and removes the folder. Returns its exit code. */
  stop(): Promise<number>;
}

/**
 * Runs `npm start` without a browser, on a copy of what is asked for.
 *
 * @param files by their names in the folder: a file's path, or a notebook's content
 */
export async function startLab(files: Readonly<Record<string, URL | object>>): Promise<Lab> {
  const base = mkdtempSync(join(tmpdir(), "deconvnet-lab-"));
  const folder = join(base, "notebooks");
  for (const [name, content] of Object.entries(files)) {
    const to = join(folder, name);
    mkdirSync(dirname(to), { recursive: true });
    if (content instanceof URL) cpSync(content, to, { recursive: true });
    else writeFileSync(to, `${JSON.stringify(content, null, 1)}\n`);
  }
  const started = Date.now();
  const child = spawn(
    process.platform === "win32" ? "npm.cmd" : "npm",
    ["start", "--", folder, "--no-browser", "--port", "0"],
    {
      cwd: tree,
      env: { ...process.env, ...jupyterFolders(base) },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true, // a group of its own, as a terminal makes one
    },
  );
  const exit = once(child, "exit").then(([code, signal]) => (signal ? -1 : (code as number)));
  const interrupt = (): void => void process.kill(-child.pid!, "SIGINT");
  process.on("exit", interrupt); // also where a test run is cut short
  child.on("exit", () => process.off("exit", interrupt));
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (printed += text));
  const address = await addressOf(child, () => printed);
  return {
    url: address.origin,
    token: address.searchParams.get("token") ?? "",
    folder,
    printed: () => printed,
    startedIn: Date.now() - started,
    pid: child.pid!,
    async stop() {
      interrupt();
      const code = await exit;
      rmSync(base, { recursive: true, force: true, maxRetries: 10 });
      return code;
    },
  };
}

/** Folders that keep a test's JupyterLab away from the user's own, and the handle by which a test reads the page. */
export function jupyterFolders(base: string): Record<string, string> {
  const config = join(base, "config");
  mkdirSync(config, { recursive: true });
  writeFileSync(
    join(config, "jupyter_lab_config.json"),
    JSON.stringify({ LabApp: { expose_app_in_browser: true } }),
  );
  return {
    JUPYTER_CONFIG_DIR: config,
    JUPYTER_DATA_DIR: join(base, "data"),
    JUPYTER_RUNTIME_DIR: join(base, "runtime"),
    IPYTHONDIR: join(base, "ipython"),
  };
}

function addressOf(child: ChildProcess, printed: () => string): Promise<URL> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const found = /✓ JupyterLab: (http:\S+)/.exec(printed());
      if (found) resolve(new URL(found[1]));
    };
    child.stdout?.on("data", look);
    child.on("exit", (code) => reject(new Error(`npm start ended with code ${code}:\n${printed()}`)));
  });
}
