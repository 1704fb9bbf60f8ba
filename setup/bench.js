/** `npm run bench`: set-up, the peers, then every benchmark; `npm run bench -- kernel` only that one. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { userCache } from "./cache-folder.js";
import { venv } from "./jupyter.js";
import { findPython } from "./machine.js";
import { main, prepare } from "./prepare.js";
import { handOver, mustRun } from "./run.js";
import { SetupError } from "./setup-error.js";
import { hashOf, readStamp, writeStamp } from "./stamp.js";
import { step } from "./steps.js";
import { tree } from "./tree.js";

/** Each benchmark, and the Python that its peers run in; none where it has no peers. */
const benchmarks = {
  method: () => step("Peers", makePeers),
  kernel: () => venv(tree).python,
  explore: () => undefined,
};

await main(async () => {
  const asked = process.argv.slice(2);
  const known = Object.keys(benchmarks);
  const unknown = asked.find((name) => !known.includes(name));
  if (unknown) throw new SetupError(`there is no benchmark ${unknown}; there are ${known.join(" and ")}`);
  await prepare("requirements.txt");
  for (const [name, python] of Object.entries(benchmarks)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const script = join(tree, "test", "bench", `${name}.js`);
    const peers = await python();
    const code = await handOver(process.execPath, peers ? [script, peers] : [script], { cwd: tree });
    if (code !== 0) return code;
    console.log();
  }
  return 0;
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
