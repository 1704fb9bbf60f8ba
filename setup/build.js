import { cpSync, existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { locked } from "./lock.js";
import { mustRun } from "./run.js";
import { hashOf, readStamp, writeStamp } from "./stamp.js";
import { step } from "./steps.js";
import { tree } from "./tree.js";
import { bundleWidgets } from "./widgets.js";

/** What dist is made from. */
const sources = [
  "src",
  "widgets",
  "tsconfig.json",
  "tsconfig.build.json",
  "package-lock.json",
  "setup/build.js",
  "setup/widgets.js",
];

/**
 * Makes dist/ from src/ where something changed: into another folder first, which then takes its place.
 *
 * @param {string} root
 * @param {import("./steps.js").Say} say
 */
export async function build(root, say) {
  const stamp = join(root, "dist", ".made-from.json");
  const madeFrom = hashOf(root, sources);
  if (readStamp(stamp)?.sources === madeFrom) return say("dist is up to date");
  for (const left of readdirSync(root)) {
    if (/^dist\.(new|old)/.test(left)) rmSync(join(root, left), { recursive: true, force: true });
  }
  const fresh = join(root, "dist.new");
  say("compiling src");
  // Not `tsc`: tslab's own TypeScript takes that name over.
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc6");
  await mustRun(process.execPath, [compiler, "-p", "tsconfig.build.json", "--outDir", fresh], { cwd: root });
  copyAssets(join(root, "src"), fresh);
  say("bundling widgets");
  await bundleWidgets(root, join(fresh, "widgets"));
  writeStamp(join(fresh, ".made-from.json"), { sources: madeFrom });
  const dist = join(root, "dist");
  if (existsSync(dist)) renameSync(dist, join(root, "dist.old"));
  renameSync(fresh, dist);
  rmSync(join(root, "dist.old"), { recursive: true, force: true });
  say("dist made from src");
}

/** Everything in src that is no TypeScript (fonts, pictures) goes beside what was compiled. @param {string} from @param {string} to */
function copyAssets(from, to) {
  cpSync(from, to, {
    recursive: true,
    filter: (path) => statSync(path).isDirectory() || !/\.(ts|md)$/.test(path),
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    await locked(
      join(tree, ".setup.lock"),
      (holder) => console.log(`waiting for another set-up of this folder (${holder})`),
      () => step("Build", (say) => build(tree, say)),
    );
  } catch (error) {
    if (/** @type {Error} */ (error).name !== "SetupError") console.error(error);
    process.exitCode = 1;
  }
}
