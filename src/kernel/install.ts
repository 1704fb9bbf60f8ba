import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { jupyterFolder } from "./jupyter-folder.js";

export interface InstallOptions {
  readonly user?: boolean;
  readonly sysPrefix?: boolean;
  readonly prefix?: string;
  /** The kernel's name, which is its folder's. */
  readonly name: string;
  /** `false` for none. */
  readonly prelude: string | false;
}

/** What Node needs to be told before it starts. */
export const nodeFlags: readonly string[] = [
  // A terminated callback leaves Node's async bookkeeping uneven; the kernel puts it right (see park.ts).
  "--no-force-async-hooks-checks",
  // `import(…)` in a cell resolves from the notebook's folder.
  "--experimental-import-meta-resolve",
  // That `require` may load ES modules is no news for a cell.
  "--disable-warning=ExperimentalWarning",
];

/**
 * Makes the kernel known to Jupyter. Paths are absolute: not every front end has the user's `PATH`.
 *
 * @returns what was done, for the user to read
 */
export function install(options: InstallOptions): string {
  const folder = kernelFolder(options);
  mkdirSync(folder, { recursive: true });
  const spec = JSON.stringify(kernelSpec(options.prelude), null, 2);
  writeFileSync(join(folder, "kernel.json"), `${spec}\n`);
  cpSync(fileURLToPath(new URL("./logos", import.meta.url)), folder, { recursive: true });
  return `Jupyter kernel ${options.name} is in ${folder}`;
}

/** @returns what was done, for the user to read */
export function uninstall(options: InstallOptions): string {
  const folder = kernelFolder(options);
  const spec = join(folder, "kernel.json");
  if (!existsSync(spec)) return `No kernel is in ${folder}`;
  if (!readFileSync(spec, "utf8").includes("--no-force-async-hooks-checks")) {
    throw new Error(`${folder}: this kernel is another one's; remove it with: jupyter kernelspec remove`);
  }
  rmSync(folder, { recursive: true });
  return `Removed ${folder}`;
}

/** The content of kernel.json. */
export function kernelSpec(prelude: string | false): object {
  const main = fileURLToPath(new URL("./main.js", import.meta.url));
  const isPath = prelude !== false && /^\.{1,2}[\\/]/.test(prelude);
  return {
    argv: [
      process.execPath,
      ...nodeFlags,
      main,
      "kernel",
      "--connection-file",
      "{connection_file}",
      ...(prelude === false ? [] : ["--prelude", isPath ? resolve(prelude) : prelude]),
    ],
    display_name: "TypeScript (deconvnet)",
    language: "typescript",
    interrupt_mode: "message",
    metadata: { debugger: false },
  };
}

function kernelFolder({ sysPrefix, prefix, user, name }: InstallOptions): string {
  if ([sysPrefix, prefix !== undefined, user].filter(Boolean).length > 1) {
    throw new Error("install: give one of --user, --sys-prefix and --prefix");
  }
  if (!/^[\w.-]+$/.test(name))
    throw new Error(`install: name is ${JSON.stringify(name)}, wanted letters, digits, - _ .`);
  const base = sysPrefix ? environmentFolder() : prefix;
  return base === undefined
    ? join(jupyterFolder(), "kernels", name)
    : join(resolve(base), "share", "jupyter", "kernels", name);
}

function environmentFolder(): string {
  const active = process.env.VIRTUAL_ENV ?? process.env.CONDA_PREFIX;
  if (active) return active;
  const python = process.platform === "win32" ? "python" : "python3";
  try {
    return execFileSync(python, ["-c", "import sys; print(sys.prefix)"], { encoding: "utf8" }).trim();
  } catch (error) {
    throw new Error(`install --sys-prefix: ${python} did not say where it lies; use --prefix <folder>`, {
      cause: error,
    });
  }
}
