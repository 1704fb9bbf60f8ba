import { existsSync } from "node:fs";
import { run } from "./run.js";
import { SetupError } from "./setup-error.js";

/** The oldest Python that JupyterLab's pinned version runs on. */
const oldestPython = [3, 10];

/** @param {string} [version] */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  // Notebook cells turn `import` into `require`, which reads ES modules from these versions on.
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 23;
  if (!fits) {
    throw new SetupError(
      `this is Node ${version}; 20.19 or later is needed (of the line 22: 22.12 or later). Install Node 22 or 24 from nodejs.org or with your version manager, then run this again`,
    );
  }
}

/**
 * The Python to make `.venv` with: $PYTHON, else the usual names.
 *
 * @returns {Promise<{ python: string, version: string }>}
 */
export async function findPython() {
  const names = process.env.PYTHON
    ? [process.env.PYTHON]
    : process.platform === "win32"
      ? ["python", "python3", "py"]
      : ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10"];
  const seen = [];
  for (const python of names) {
    const { code, output } = await run(python, ["-c", "import platform; print(platform.python_version())"]);
    if (code !== 0) continue;
    const version = output.split(/\s+/).pop() ?? "";
    const [major, minor] = version.split(".").map(Number);
    if (major === oldestPython[0] && minor >= oldestPython[1]) {
      await checkVenv(python, version);
      return { python, version };
    }
    seen.push(`${python} is ${version}`);
  }
  throw new SetupError(
    `Python 3.10 or later is needed, ${seen.length ? seen.join(", ") : `none of ${names.join(", ")} runs`}. ${install("python3 python3-venv", "Python from python.org, or `brew install python`")}; $PYTHON may name another one`,
  );
}

/** Debian and its kin split `venv` and `ensurepip` off Python. @param {string} python @param {string} version */
async function checkVenv(python, version) {
  const { code, output } = await run(python, ["-c", "import venv, ensurepip"]);
  if (code === 0) return;
  throw new SetupError(
    `Python ${version} (${python}) has no venv (${output.split("\n").pop()}). ${install("python3-venv", "a Python from python.org, which has it")}`,
  );
}

/**
 * How to get something on this machine.
 *
 * @param {string} debian package names
 * @param {string} elsewhere in words
 */
export function install(debian, elsewhere) {
  if (process.platform === "linux" && existsSync("/etc/debian_version"))
    return `Install it: ${process.getuid?.() === 0 ? "" : "sudo "}apt-get install ${debian}`;
  if (process.platform === "linux") return `Install it with your package manager (Debian calls it ${debian})`;
  return `Install ${elsewhere}`;
}
