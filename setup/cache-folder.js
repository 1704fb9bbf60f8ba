import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The user's cache folder, by the one rule that the package itself has; it is built by then. @param {string} tree @returns {Promise<string>} */
export async function userCache(tree) {
  const { cacheFolder } = await import(pathToFileURL(join(tree, "dist", "load", "cache.js")).href);
  return cacheFolder();
}
