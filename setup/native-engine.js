import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { userCache } from "./cache-folder.js";
import { engineFiles, glance, placeFiles, removeFiles } from "./engine-files.js";
import { ownInstaller } from "./engine-installer.js";
import { findCompiler, forgetWheel, recipe, wheels } from "./engine-recipe.js";
import { locked } from "./lock.js";
import { run } from "./run.js";
import { SetupError } from "./setup-error.js";
import { hashOf, readStamp, removeStamp, writeStamp } from "./stamp.js";

/**
 * @typedef {(stage: string, options: { tree: string, downloads: string, say: import("./steps.js").Say }) => Promise<void>} Way
 *   completes a copy of the tfjs-node package, or throws a SetupError that says why it can't
 */

/** @type {Readonly<Record<string, Way>>} */
const everyWay = { installer: ownInstaller, recipe };

const aDay = 24 * 60 * 60 * 1000;

/**
 * Completes native tfjs-node in node_modules: with what an earlier run keeps in the user's cache, else by the
 * package's own installer, else by our recipe. Where nothing works, all runs on wasm, and the line says why.
 *
 * @param {string} tree
 * @param {import("./steps.js").Say} say
 * @param {{ ways?: Readonly<Record<string, Way>>, cache?: string }} [options] the ways to try, in this order,
 *   and the folder to keep their results in
 * @returns {Promise<"native" | "wasm">}
 */
export async function nativeEngine(tree, say, { ways = everyWay, cache } = {}) {
  const home = join(tree, "node_modules", "@tensorflow", "tfjs-node");
  const stamp = join(tree, "node_modules", ".deconvnet", "native-engine.json");
  if (!existsSync(home)) return onWasm(say, "@tensorflow/tfjs-node is not installed");
  const key = keyOf(tree, home);
  const before = readStamp(stamp);
  if (before?.key === key && before.files && `${before.files}` === `${glance(home)}`) {
    say("native TensorFlow is in place");
    return "native";
  }
  if (
    before?.key === key &&
    before.failed &&
    Date.now() < before.until &&
    before.compiler === (await compiler())
  )
    return onWasm(say, `${before.failed} (delete ${stamp} to try again)`);
  removeStamp(stamp);
  say("letting it compute");

  const done = (/** @type {string} */ how) => {
    writeStamp(stamp, { key, files: glance(home) });
    say(`native TensorFlow, ${how}`);
    return /** @type {const} */ ("native");
  };
  if (existsSync(join(home, "lib")) && !(await whatIsWrong(home, tree))) return done("which was there");

  const kept = join(cache ?? (await userCache(tree)), "native-engine");
  const waiting = (/** @type {string} */ holder) => say(`waiting for ${holder}, which makes it`);
  return locked(join(kept, "lock"), waiting, async () => {
    for (const way of Object.keys(ways)) {
      if (await settle(join(kept, `${key}-${way}`), home, tree)) return done("from the user's cache");
    }
    const reasons = [];
    let passing = false;
    for (const [name, way] of Object.entries(ways)) {
      const folder = join(kept, `${key}-${name}`);
      try {
        await make(folder, home, tree, (stage) => way(stage, { tree, downloads: kept, say }));
        if (await settle(folder, home, tree)) {
          forgetWheel(kept);
          return done(name === "recipe" ? "built here" : `by its own ${name}`);
        }
        reasons.push(`what the ${name} made works only in its own folder`);
      } catch (error) {
        if (!(error instanceof SetupError)) throw error;
        reasons.push(error.message.replace(/\s*\n\s*/g, " "));
        passing ||= error.passing;
      }
    }
    const failed = reasons.join("; ");
    if (!passing) writeStamp(stamp, { key, failed, until: Date.now() + aDay, compiler: await compiler() });
    return onWasm(say, failed);
  });
}

/** @param {import("./steps.js").Say} say @param {string} reason */
function onWasm(say, reason) {
  say(`wasm, several times slower than native TensorFlow, since ${reason}`);
  return /** @type {const} */ ("wasm");
}

/** Which engine this is: what it is made of, and for which kind of machine. @param {string} tree @param {string} home */
function keyOf(tree, home) {
  const version = readStamp(join(home, "package.json"))?.version;
  const headers = readStamp(join(tree, "node_modules", "node-api-headers", "package.json"))?.version;
  const made = JSON.stringify([hashOf(home, ["binding"]), headers, wheels]);
  const hash = createHash("sha256").update(made).digest("hex").slice(0, 12);
  const binding = `napi${Math.min(Number(process.versions.napi), 8)}`;
  return `tfjs-node-${version}-${process.platform}-${process.arch}-${binding}-${hash}`;
}

/**
 * Lets a way complete a copy of the package, and keeps the result once it was seen to compute.
 *
 * @param {string} folder where it is kept; appears in one step
 * @param {string} home
 * @param {string} tree
 * @param {(stage: string) => Promise<void>} complete
 */
async function make(folder, home, tree, complete) {
  const kept = join(folder, "..");
  for (const left of readdirSync(kept)) {
    if (left.startsWith("making-")) rmSync(join(kept, left), { recursive: true, force: true });
  }
  const stage = join(kept, `making-${process.pid}`);
  mkdirSync(stage);
  try {
    cpSync(home, stage, {
      recursive: true,
      filter: (path) => ![join(home, "deps"), join(home, "lib")].includes(path),
    });
    await complete(stage);
    const wrong = await whatIsWrong(stage, tree);
    if (wrong) throw new SetupError(wrong);
    const files = await engineFiles(stage);
    const draft = `${stage}-files`;
    await placeFiles(stage, files, draft);
    writeStamp(join(draft, "engine.json"), files);
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** Puts a kept engine into the package; false where there is none or it doesn't compute here. @param {string} folder @param {string} home @param {string} tree */
async function settle(folder, home, tree) {
  const files = readStamp(join(folder, "engine.json"));
  if (!files) return false;
  try {
    removeFiles(home);
    await placeFiles(folder, files, home);
    if (!(await whatIsWrong(home, tree))) return true;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
  }
  removeFiles(home);
  rmSync(folder, { recursive: true, force: true });
  return false;
}

/** Lets an engine compute something small. @param {string} folder @param {string} tree @returns {Promise<string | undefined>} */
async function whatIsWrong(folder, tree) {
  const modules = join(tree, "node_modules");
  const env = {
    NODE_PATH: [join(modules, "@tensorflow", "tfjs-node", "node_modules"), modules].join(delimiter),
  };
  const program = fileURLToPath(new URL("engine-answers.js", import.meta.url));
  const { code, output, late } = await run(process.execPath, [program, folder], { env, limit: 60_000 });
  if (code === 0) return undefined;
  const reason = late ? "it hangs" : /Error: .*/.exec(output)?.[0] || `code ${code}`;
  return `native TensorFlow was made but does not load (${reason})`;
}

/** The compiler there is: one that was installed meanwhile is a reason to try again. */
function compiler() {
  return findCompiler().catch(() => "none");
}
