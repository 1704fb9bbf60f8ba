import { join } from "node:path";
import { build } from "./build.js";
import { makeVenv } from "./jupyter.js";
import { registerKernel } from "./kernel.js";
import { locked } from "./lock.js";
import { checkNode } from "./machine.js";
import { nativeEngine } from "./native-engine.js";
import { installPackages } from "./packages.js";
import { step } from "./steps.js";
import { tree } from "./tree.js";
import { fetchNetwork } from "./weights.js";

/**
 * What `npm start` and `npm test` both begin with. Every step looks first whether it's done already, and
 * leaves nothing half-done that a later run would take for done.
 *
 * @param {"requirements.txt" | "requirements-test.txt"} pythonPackages
 */
export async function prepare(pythonPackages) {
  checkNode();
  const waiting = (/** @type {string} */ holder) =>
    console.log(`  waiting for another set-up of this folder (${holder})`);
  await locked(join(tree, ".setup.lock"), waiting, async () => {
    await step("Packages", (say) => installPackages(tree, say));
    await step("Build", (say) => build(tree, say));
    await step("Python", (say) => makeVenv(tree, pythonPackages, say));
    await step("Kernel", (say) => registerKernel(tree, say));
    await step("Engine", (say) => nativeEngine(tree, say));
    await step("VGG16", (say) => fetchNetwork(tree, "vgg16", say));
  });
}

/**
 * Runs a command's whole work; what stopped it has been said by its step, and is said here otherwise.
 *
 * @param {() => Promise<number>} work gives the exit code
 */
export async function main(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    const { name, message } = /** @type {Error} */ (error);
    console.error(name === "SetupError" ? `\nSet-up stopped: ${message.split("\n")[0]}` : error);
    process.exitCode = 1;
  }
}
