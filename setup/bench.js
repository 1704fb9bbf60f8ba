/** `npm run bench`: set-up, the peers' Python environment, then every benchmark. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { userCache } from "./cache-folder.js";
import { findPython } from "./machine.js";
import { main, prepare } from "./prepare.js";
import { handOver, mustRun } from "./run.js";
import { hashOf, readStamp, writeStamp } from "./stamp.js";
import { step } from "./steps.js";
import { tree } from "./tree.js";

await main(async () => {
  await prepare("requirements.txt");
  const python = await step("Peers", makePeers);
  return handOver(process.execPath, [join(tree, "test", "bench", "method.js"), python], { cwd: tree });
});

/**
 * PyTorch and captum, kept outside the tree.
 *
 * @param {import("./steps.js").Say} say
 */
async function makePeers(say) {
  const folder = join(await userCache(tree), "bench-venv");
  const windows = process.platform === "win32";
  const python = join(folder, windows ? "Scripts" : "bin", windows ? "python.exe" : "python");
  const list = hashOf(join(tree, "test", "bench"), ["requirements.txt"]);
  if (existsSync(python) && readStamp(join(folder, ".made-from.json"))?.list === list) {
    say("PyTorch and captum are there");
    return python;
  }
  say("fetching PyTorch and captum");
  const { python: base } = await findPython();
  await mustRun(base, ["-m", "venv", "--clear", folder]);
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"];
  await mustRun(python, [...pip, "-r", join(tree, "test", "bench", "requirements.txt")]);
  writeStamp(join(folder, ".made-from.json"), { list });
  say("PyTorch and captum");
  return python;
}
