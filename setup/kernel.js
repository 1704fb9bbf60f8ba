import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { venv } from "./jupyter.js";

/** What JupyterLab is told beside its own defaults: it asks nobody for news, and asks the user nothing about that. */
const settings = {
  "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
};

/**
 * Makes the built kernel known to the project's own JupyterLab, and to no other.
 *
 * @param {string} root
 * @param {import("./steps.js").Say} say
 */
export async function registerKernel(root, say) {
  const { folder } = venv(root);
  const { install } = await import(pathToFileURL(join(root, "dist", "kernel", "install.js")).href);
  install({ prefix: folder, name: "deconvnet", prelude: "deconvnet" });
  const place = join(folder, "share", "jupyter", "lab", "settings");
  const overrides = join(place, "overrides.json");
  const text = `${JSON.stringify(settings, null, 2)}\n`;
  if (!existsSync(overrides) || readFileSync(overrides, "utf8") !== text) {
    mkdirSync(place, { recursive: true });
    writeFileSync(overrides, text);
  }
  say("TypeScript (deconvnet), in .venv's Jupyter");
}
