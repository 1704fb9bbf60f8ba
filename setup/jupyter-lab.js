import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "./free-port.js";
import { venv } from "./jupyter.js";
import { SetupError } from "./setup-error.js";
import { step } from "./steps.js";

const tether = fileURLToPath(new URL("tether.js", import.meta.url));

/** JupyterLab asks every kernel to end before it ends itself, and waits up to five seconds for each (milliseconds). */
const timeToEnd = 15_000;

/** A terminal's Ctrl-C reaches us twice, once by way of npm: what follows this fast is no second one (milliseconds). */
const sameKey = 500;

/**
 * Opens JupyterLab of the project's `.venv`, for this machine alone, and stays until it ends. Ctrl-C ends it
 * together with its kernels; so does the end of this process, however it comes.
 *
 * @param {string} tree
 * @param {import("./start-options.js").StartOptions} options
 * @returns {Promise<number>} the exit code
 */
export async function openLab(tree, { folder, notebook, browser, port: wanted }) {
  const port = await freePort(wanted);
  const token = randomBytes(24).toString("hex");
  const page = `/lab${notebook ? `/tree/${encodeURIComponent(notebook)}` : ""}`;
  const server = `http://127.0.0.1:${port}`;
  const root = process.getuid?.() === 0;
  const args = [
    ...["-m", "jupyterlab", "--ServerApp.log_level=WARN", "--LabApp.log_level=WARN"],
    // On the command line, since a user's own configuration yields to that.
    ...["--ServerApp.ip=127.0.0.1", `--ServerApp.port=${port}`, "--ServerApp.port_retries=0"],
    ...[`--ServerApp.root_dir=${folder}`, `--LabApp.default_url=${page}`],
    ...(browser ? [] : ["--no-browser"]),
    ...(root ? ["--allow-root"] : []),
  ];
  const child = spawn(process.execPath, [tether, venv(tree).python, ...args], {
    cwd: folder,
    // The token goes by the environment: everyone on a machine can read its command lines.
    env: {
      ...process.env,
      JUPYTER_TOKEN: token,
      JUPYTER_PREFER_ENV_PATH: "1",
      TETHER_PATIENCE: `${timeToEnd}`,
    },
    stdio: ["pipe", "inherit", "inherit"],
    detached: process.platform !== "win32", // out of the terminal's reach: Ctrl-C is ours to answer
    windowsHide: true,
  });
  let ended = /** @type {number | undefined} */ (undefined);
  const end = new Promise((/** @type {(code: number) => void} */ done) => {
    child.on("exit", (code) => {
      ended = code ?? 1;
      done(ended);
    });
  });
  const stopping = stopOnSignals(child);
  try {
    await step("JupyterLab", async (say) => {
      say("starting");
      const over = () => ended !== undefined || stopping.asked;
      if (await answers(server, token, over)) return say(`${server}${page}?token=${token}`);
      if (!stopping.asked) throw new SetupError(`it ended with code ${await end} before it answered`);
      say("stopped before it answered");
    });
    if (stopping.asked) return 130;
    if (root) console.log("  It runs as root, as you do: so does every cell.");
    console.log(`  It answers this machine alone. Ctrl-C ends it, and every kernel with it.`);
    const code = await end;
    return stopping.asked ? 0 : code;
  } finally {
    child.stdin.end();
    await end;
    stopping.done();
  }
}

/**
 * Waits until the server answers with our token, and makes sure that it answers nobody without.
 *
 * @param {string} server
 * @param {string} token
 * @param {() => boolean} over
 */
async function answers(server, token, over) {
  const ask = async (/** @type {string} */ path, /** @type {Record<string, string>} */ headers) => {
    try {
      const signal = AbortSignal.timeout(10_000);
      return (await fetch(`${server}${path}`, { headers, redirect: "manual", signal })).status;
    } catch {
      return undefined; // not yet
    }
  };
  for (; !over(); await pause(50)) {
    const status = await ask("/api/status", { authorization: `token ${token}` });
    if (status === undefined) continue;
    if (status !== 200)
      throw new SetupError(
        `it answered ${status} to our token; does your Jupyter configuration set another?`,
      );
    if ((await ask("/lab", {})) === 200) {
      throw new SetupError(
        "it answers without a token, which your Jupyter configuration must have switched off (an empty `token`); remove that, since everyone on this machine could then run code as you",
      );
    }
    return true;
  }
  return false;
}

/** @param {import("node:child_process").ChildProcess} child */
function stopOnSignals(child) {
  let first = 0;
  const state = { asked: false, done };
  const stop = () => {
    if (!state.asked) {
      state.asked = true;
      first = Date.now();
      console.log("\n  Ending JupyterLab and its kernels (Ctrl-C again: at once)");
      child.stdin?.end(); // the tether then ends it
    } else if (Date.now() - first > sameKey) {
      if (process.platform === "win32") child.kill();
      else process.kill(-(/** @type {number} */ (child.pid)), "SIGKILL");
    }
  };
  const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
  for (const signal of signals) process.on(signal, stop);
  // npm ends the shell that it runs us in, and that hands nothing on.
  const parent = process.ppid;
  const watch = setInterval(() => process.env.npm_lifecycle_event && process.ppid !== parent && stop(), 1000);
  function done() {
    for (const signal of signals) process.off(signal, stop);
    clearInterval(watch);
  }
  return state;
}
