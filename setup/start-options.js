import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { SetupError } from "./setup-error.js";

/**
 * @typedef {object} StartOptions
 * @property {string} folder the folder that JupyterLab shows
 * @property {string | undefined} notebook the file in it that is opened
 * @property {boolean} browser whether a browser is opened
 * @property {number | undefined} port 0 for any free one; undefined for the first free one from 8888 on
 * @property {boolean} picture whether to make one picture instead of opening JupyterLab
 */

const usage = `npm start -- [notebook or folder] [--no-browser] [--port N] [--picture]`;

/**
 * Reads what was given to `npm start --`. Nothing is handed on to JupyterLab unseen: one flag more would open
 * it to the network.
 *
 * @param {readonly string[]} args
 * @param {string} tree the project's folder
 * @param {string} [from] the folder that paths are relative to
 * @returns {StartOptions}
 * @throws {SetupError} for anything else
 */
export function readStartOptions(args, tree, from = process.env.INIT_CWD ?? process.cwd()) {
  const { values, positionals } = parse(args);
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(/^\d+$/.test(values.port ?? "") && port < 65536))
    throw new SetupError(`--port is ${values.port}; give a number from 0 (any free port) to 65535`);
  if (positionals.length > 1)
    throw new SetupError(`one notebook or folder, not ${positionals.join(" and ")}: ${usage}`);
  const path = positionals[0] === undefined ? undefined : resolve(from, positionals[0]);
  const common = { browser: !values["no-browser"], port, picture: values.picture ?? false };
  if (path === undefined) return { folder: join(tree, "notebooks"), notebook: "start-here.ipynb", ...common };
  if (!existsSync(path)) throw new SetupError(`there is no ${path}`);
  return statSync(path).isDirectory()
    ? { folder: path, notebook: undefined, ...common }
    : { folder: dirname(path), notebook: basename(path), ...common };
}

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args: [...args],
      options: { "no-browser": { type: "boolean" }, port: { type: "string" }, picture: { type: "boolean" } },
      allowPositionals: true,
    });
  } catch (error) {
    const [what] = /** @type {Error} */ (error).message.split(". ");
    throw new SetupError(
      `${what}: ${usage}. JupyterLab's own settings go into a Jupyter configuration file, or run it by hand as .venv/bin/jupyter lab`,
    );
  }
}
