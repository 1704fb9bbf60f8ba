import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { mustRun } from "./run.js";
import { SetupError } from "./setup-error.js";

const onPath = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

/** Debian's packages; without a font a page's text is empty boxes. */
const packages = ["chromium", "fonts-dejavu-core"];

const usualPlaces = {
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].flatMap((base) =>
    ["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"].map((program) =>
      join(process.env[base] ?? "C:/", program),
    ),
  ),
};

/**
 * A browser of the Chromium family for the tests that need a real one: $CHROME_PATH, else the usual places,
 * else Debian's package where we may install it.
 *
 * @param {import("./steps.js").Say} say
 * @returns {Promise<string>} its program's path
 * @throws {SetupError} where there is none: those tests would otherwise be skipped
 */
export async function findChromium(say) {
  const found = process.env.CHROME_PATH ? runs(process.env.CHROME_PATH) : installed();
  if (found) {
    say(found);
    return found;
  }
  if (process.env.CHROME_PATH)
    throw new SetupError(`$CHROME_PATH is ${process.env.CHROME_PATH}, which is no program; name a Chromium`);
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    say(`apt-get install ${packages.join(" ")}`);
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    await mustRun("apt-get", ["-qq", "update"], { env });
    await mustRun("apt-get", ["-qq", "install", "-y", "--no-install-recommends", ...packages], { env });
    const now = installed();
    if (now) {
      say(`${now}, installed by apt-get`);
      return now;
    }
  }
  throw new SetupError(
    "the browser tests need Chromium, Chrome or Edge, and none was found. Install Debian's package chromium, or Chrome, or name one in $CHROME_PATH",
  );
}

function installed() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const named = folders.flatMap((folder) => onPath.map((name) => join(folder, name)));
  const usual = usualPlaces[/** @type {"darwin" | "win32"} */ (process.platform)] ?? [];
  return [...named, ...usual].find(runs);
}

/** @param {string} path */
function runs(path) {
  try {
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return undefined;
  }
}
