import { spawn } from "node:child_process";
import { StringDecoder } from "node:string_decoder";
import { fileURLToPath } from "node:url";
import { SetupError } from "./setup-error.js";

const tether = fileURLToPath(new URL("tether.js", import.meta.url));

/**
 * @typedef {object} Ended
 * @property {number} code its exit code; 127 where the command isn't there
 * @property {string} output the end of what it printed on both streams, at most 16,000 characters
 * @property {boolean} late whether it was ended because its time was up
 */

/**
 * Runs a command without a terminal and waits for its end, which comes at the latest with our own.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, limit?: number, line?: (line: string) => void }} [options]
 *   `limit` in milliseconds ends the command and all it started; `line` hears every line it prints
 * @returns {Promise<Ended>}
 */
export function run(command, args, { cwd, env, limit, line } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [tether, command, ...args], {
      cwd,
      env: env ? { ...process.env, ...env } : process.env,
      stdio: ["pipe", "pipe", "pipe"],
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    let output = "";
    let late = false;
    const listen = (/** @type {import("node:stream").Readable} */ stream) => {
      const decoder = new StringDecoder("utf8");
      let rest = "";
      stream.on("data", (bytes) => {
        const text = decoder.write(bytes);
        output = (output + text).slice(-16000);
        const lines = (rest + text).split(/[\r\n]+/);
        rest = /** @type {string} */ (lines.pop());
        for (const whole of lines) if (whole.trim()) line?.(whole.trim());
      });
    };
    listen(child.stdout);
    listen(child.stderr);
    const timer =
      limit &&
      setTimeout(() => {
        late = true;
        child.stdin.end();
      }, limit);
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer || undefined);
      resolve({ code: code ?? 1, output: output.trim(), late });
    });
  });
}

/**
 * Like `run`, for a command that has to succeed.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 * @returns {Promise<string>} what it printed
 * @throws {SetupError} with the last lines that it printed
 */
export async function mustRun(command, args, options) {
  const { code, output, late } = await run(command, args, options);
  if (code === 0) return output;
  const how = late ? "took too long" : code === 127 ? "could not be started" : `ended with code ${code}`;
  throw new SetupError(
    `${[command, ...args].join(" ")} ${how}:\n${output.split("\n").slice(-12).join("\n") || "(it printed nothing)"}`,
  );
}

/**
 * Hands the terminal to a command and waits for it. Ctrl-C is the command's to answer, not ours.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined> }} [options]
 * @returns {Promise<number>} its exit code
 */
export function handOver(command, args, { cwd, env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: "inherit",
      shell: /\.(cmd|bat)$/i.test(command),
    });
    const pass = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    const wait = () => {};
    process.on("SIGINT", wait).on("SIGTERM", pass).on("SIGHUP", pass);
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      process.off("SIGINT", wait).off("SIGTERM", pass).off("SIGHUP", pass);
      resolve(code ?? (signal === "SIGINT" ? 130 : 1));
    });
  });
}
