import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "./run.js";
import { SetupError } from "./setup-error.js";

/**
 * tfjs-node's own install script: downloads libtensorflow and a built binding, for Linux, macOS and Windows.
 * Where its host can't be reached it may hang, so its time is limited.
 *
 * @param {string} stage a copy of the package, to complete
 * @param {{ tree: string, say: import("./steps.js").Say, limit?: number }} options `limit` in milliseconds
 */
export async function ownInstaller(stage, { tree, say, limit = 20_000 }) {
  say("tfjs-node's own installer");
  const modules = join(tree, "node_modules");
  const env = {
    NODE_PATH: [join(modules, "@tensorflow", "tfjs-node", "node_modules"), modules].join(delimiter),
    PATH: [join(modules, ".bin"), process.env.PATH].join(delimiter),
  };
  const script = join("scripts", "install.js");
  const { code, output, late } = await run(process.execPath, [script], { cwd: stage, env, limit });
  if (late) throw new SetupError(`its own installer had not finished after ${limit / 1000} s`);
  if (code !== 0 || !existsSync(join(stage, "lib"))) {
    const reason = /Error: .*/.exec(output)?.[0] ?? output.split("\n").pop();
    throw new SetupError(`its own installer failed (${reason || `code ${code}`})`);
  }
}
