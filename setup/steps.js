import { SetupError } from "./setup-error.js";

/**
 * @callback Say tells how far a step is
 * @param {string} text what it does now
 * @param {number} [done] so many
 * @param {number} [total] of so many
 * @returns {void}
 */

/** Without a terminal, a step that goes on says so this often (milliseconds). */
const every = 10_000;

/**
 * One step of set-up, with a line that is redrawn in place on a terminal and a few plain lines elsewhere.
 *
 * @template T
 * @param {string} title
 * @param {(say: Say) => Promise<T>} work its result is handed on; `say.result`'s last text ends the line
 * @param {NodeJS.WriteStream} [out]
 * @returns {Promise<T>}
 */
export async function step(title, work, out = process.stdout) {
  const line = out.isTTY ? inPlace(title, out) : plain(title, out);
  const started = Date.now();
  let last = "looking";
  let part = last;
  /** @type {Say} */
  const say = (text, done, total) => {
    last = text;
    part = total ? `${text} ${bar((done ?? 0) / total)}` : text;
    line.draw(`${part}${since(started)}`);
  };
  const ticking = setInterval(() => line.draw(`${part}${since(started)}`), 500);
  // Ctrl-C ends us as ever, but the shell's prompt begins on a line of its own.
  const interrupted = () => {
    if (out.isTTY) out.write("\n");
    process.kill(process.pid, "SIGINT");
  };
  process.once("SIGINT", interrupted);
  try {
    const result = await work(say);
    line.end("✓", `${last}${since(started)}`);
    return result;
  } catch (error) {
    line.end("✗", error instanceof SetupError ? error.message : `stopped while ${last}`);
    throw error;
  } finally {
    clearInterval(ticking);
    process.off("SIGINT", interrupted);
  }
}

/** @param {string} title @param {NodeJS.WriteStream} out */
function inPlace(title, out) {
  const cut = (/** @type {string} */ text) => {
    const room = (out.columns || 80) - 1;
    return text.length > room ? `${text.slice(0, room - 1)}…` : text;
  };
  return {
    draw: (/** @type {string} */ text) => void out.write(`\r\x1b[2K${cut(`  ${title}: ${text}`)}`),
    end: (/** @type {string} */ mark, /** @type {string} */ text) =>
      void out.write(`\r\x1b[2K${mark} ${title}: ${text}\n`),
  };
}

/** @param {string} title @param {NodeJS.WriteStream} out */
function plain(title, out) {
  let shown = Date.now() - every + 1000; // what takes less than a second needs no line of its own
  return {
    draw: (/** @type {string} */ text) => {
      if (!text || Date.now() - shown < every) return;
      shown = Date.now();
      out.write(`  ${title}: ${text}\n`);
    },
    end: (/** @type {string} */ mark, /** @type {string} */ text) =>
      void out.write(`${mark} ${title}: ${text}\n`),
  };
}

/** @param {number} part 0…1 */
function bar(part) {
  const full = Math.round(Math.min(Math.max(part, 0), 1) * 20);
  return `${"█".repeat(full)}${"░".repeat(20 - full)} ${Math.floor(Math.min(part, 1) * 100)} %`;
}

/** @param {number} started */
function since(started) {
  const seconds = (Date.now() - started) / 1000;
  return seconds < 1 ? "" : ` (${seconds.toFixed(0)} s)`;
}
