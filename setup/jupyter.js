import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findPython } from "./machine.js";
import { mustRun } from "./run.js";
import { hashOf, readStamp, removeStamp, writeStamp } from "./stamp.js";

/**
 * The programs of the project's own Python environment.
 *
 * @param {string} root the project's folder
 */
export function venv(root) {
  const folder = join(root, ".venv");
  const bin = join(folder, process.platform === "win32" ? "Scripts" : "bin");
  return {
    folder,
    bin,
    python: join(bin, process.platform === "win32" ? "python.exe" : "python"),
    jupyter: join(bin, process.platform === "win32" ? "jupyter.exe" : "jupyter"),
  };
}

/**
 * Makes `.venv` with JupyterLab and what widgets need in it, each at the version that the lists beside this
 * file pin. Nothing outside the project's folder is touched.
 *
 * @param {string} root
 * @param {"requirements.txt" | "requirements-test.txt"} list the latter holds the former too
 * @param {import("./steps.js").Say} say
 */
export async function makeVenv(root, list, say) {
  const { folder, python } = venv(root);
  const stamp = join(folder, ".made-from.json");
  const lists = { [list]: hashOf(join(root, "setup"), [list, "requirements.txt", "constraints.txt"]) };
  /** @type {{ lists: Record<string, string>, python: string } | undefined} */
  const made = existsSync(python) ? readStamp(stamp) : undefined;
  if (made?.lists[list] === lists[list]) return say(`Python ${made.python} with its packages is there`);

  say("looking for Python");
  const { python: base, version } = await findPython();
  if (made?.python !== version) {
    say(`making .venv with Python ${version}`);
    await mustRun(base, ["-m", "venv", "--clear", folder]);
  }
  removeStamp(stamp);
  // JupyterLab runs scripts in there with Node, which else takes them for ES modules, as our package.json says.
  writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }\n');
  const count = { done: 0 };
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"];
  await mustRun(
    python,
    [...pip, "-r", join(root, "setup", list), "-c", join(root, "setup", "constraints.txt")],
    {
      line(text) {
        const [, what] = /^(?:Collecting|Downloading|Using cached) (\S+)/.exec(text) ?? [];
        if (what) say(`fetching ${what.replace(/^.*\//, "")} (${++count.done})`);
        else if (text.startsWith("Installing")) say("putting them in place");
      },
    },
  );
  const kept = made?.python === version ? made.lists : {};
  writeStamp(stamp, { python: version, lists: { ...kept, ...lists } });
  say(`Python ${version} with its packages`);
}
