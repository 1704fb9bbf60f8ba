import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { venv } from "./jupyter.js";
import { install } from "./machine.js";
import { mustRun, run } from "./run.js";
import { SetupError } from "./setup-error.js";

/**
 * The wheels of TensorFlow that tfjs-node's binding was compiled against and tried with, by platform. The
 * libraries in them are plain C++, so that it doesn't matter which Python they were packed for.
 */
export const wheels = {
  "linux-x64": {
    version: "2.15.1",
    requirement: "tensorflow-cpu==2.15.1",
    pip: ["--platform", "manylinux_2_17_x86_64", "--implementation", "cp", "--python-version", "3.11"],
    bytes: 207_208_420,
    sha256: "54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26",
  },
};

/** What is taken out of a wheel. */
const unpack = `
import os, re, sys, zipfile
wanted = re.compile(r"tensorflow/(libtensorflow_(cc|framework)[.]so[.]2$|include/tensorflow/(c/|core/platform/ctstring)|include/tsl/)")
with zipfile.ZipFile(sys.argv[1]) as wheel:
    for name in wheel.namelist():
        if wanted.match(name):
            wheel.extract(name, sys.argv[2])
`;

/**
 * Completes tfjs-node from a Python wheel of TensorFlow: its libraries and headers, and the binding compiled
 * here from the package's own sources.
 *
 * @param {string} stage a copy of the package, to complete
 * @param {{ tree: string, downloads: string, say: import("./steps.js").Say }} options `downloads` is where a
 *   wheel waits until an engine was made from it
 */
export async function recipe(stage, { tree, downloads, say }) {
  const wheel = wheelHere();
  const compiler = await findCompiler();
  const packed = await fetchWheel(wheel, { tree, downloads, say });

  say("unpacking TensorFlow's libraries");
  const unpacked = join(stage, "unpacked");
  const { python } = venv(tree);
  await mustRun(python, ["-c", unpack, packed, unpacked]);
  const deps = join(stage, "deps");
  rmSync(deps, { recursive: true, force: true });
  mkdirSync(join(deps, "lib"), { recursive: true });
  renameSync(join(unpacked, "tensorflow", "include"), join(deps, "include"));
  for (const [name, link] of [
    ["libtensorflow_cc.so.2", "libtensorflow.so"],
    ["libtensorflow_framework.so.2", "libtensorflow_framework.so"],
  ]) {
    const library = join(deps, "lib", name);
    renameSync(join(unpacked, "tensorflow", name), library);
    chmodSync(library, 0o644);
    await mustRun("strip", ["--strip-unneeded", library]);
    symlinkSync(name, join(deps, "lib", link));
  }
  rmSync(unpacked, { recursive: true });

  say("compiling tfjs-node's binding");
  const out = join(stage, "lib", "napi-v8");
  mkdirSync(out, { recursive: true });
  await mustRun(
    compiler,
    [
      ...["-std=c++17", "-O2", "-fPIC", "-shared", "-w", "-DNAPI_VERSION=8"],
      ...["-I", join(tree, "node_modules", "node-api-headers", "include")],
      ...["-I", stage, "-I", join(deps, "include")],
      ...[join("binding", "tfjs_backend.cc"), join("binding", "tfjs_binding.cc")],
      ...[`-L${join(deps, "lib")}`, "-ltensorflow", "-ltensorflow_framework"],
      "-Wl,-rpath,$ORIGIN/../../deps/lib",
      ...["-o", join(out, "tfjs_binding.node")],
    ],
    { cwd: stage },
  );
}

/** The wheel for this machine. @throws {SetupError} where none is known to work */
function wheelHere() {
  const here = `${process.platform}-${process.arch}`;
  const wheel = wheels[/** @type {keyof typeof wheels} */ (here)];
  if (!wheel)
    throw new SetupError(`building it here is tried on ${Object.keys(wheels)} only, not on ${here}`);
  const report = /** @type {any} */ (process.report?.getReport());
  if (!report?.header?.glibcVersionRuntime)
    throw new SetupError("building it here needs glibc, which this Linux doesn't have");
  return wheel;
}

/** The C++ compiler: $CXX, else the usual names. @returns {Promise<string>} */
export async function findCompiler() {
  for (const name of process.env.CXX ? [process.env.CXX] : ["g++", "clang++", "c++"]) {
    const { code } = await run(name, ["--version"]);
    if (code === 0) return name;
  }
  throw new SetupError(
    `there is no C++ compiler to build it with (g++). ${install("g++", "Xcode's command line tools: xcode-select --install")}`,
  );
}

/**
 * Downloads a wheel by pip, which checks its SHA-256. It takes its name only when it is whole, so that a run
 * that was cut off later begins with it.
 *
 * @param {(typeof wheels)["linux-x64"]} wheel
 * @param {{ tree: string, downloads: string, say: import("./steps.js").Say }} options
 */
export async function fetchWheel({ version, requirement, pip, bytes, sha256 }, { tree, downloads, say }) {
  const there = join(downloads, `tensorflow-${version}-${sha256.slice(0, 16)}.whl`);
  if (existsSync(there)) return there;
  const draft = join(downloads, "incoming");
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(join(draft, "pip"), { recursive: true });
  const list = join(draft, "wheel.txt");
  writeFileSync(list, `${requirement} --hash=sha256:${sha256}\n`);
  const what = `downloading TensorFlow ${version} (${Math.round(bytes / 1e6)} MB)`;
  say(what);
  const watch = setInterval(() => say(what, sizeOf(draft), bytes), 500);
  try {
    const quiet = ["--disable-pip-version-check", "--no-input", "--no-cache-dir", "--progress-bar", "off"];
    await mustRun(
      venv(tree).python,
      // pip downloads below $TMPDIR first: there its progress can be seen.
      [
        ...["-m", "pip", "download", ...quiet, "--no-deps", "--only-binary=:all:", ...pip],
        ...["--require-hashes", "-r", list, "-d", join(draft, "done")],
      ],
      { env: { TMPDIR: join(draft, "pip") } },
    );
  } catch (error) {
    const reason = /(?:ERROR|error): .*/.exec(/** @type {Error} */ (error).message)?.[0];
    throw new SetupError(`TensorFlow's wheel could not be downloaded (${reason ?? error})`, {
      passing: true,
    });
  } finally {
    clearInterval(watch);
  }
  const [name] = readdirSync(join(draft, "done"));
  renameSync(join(draft, "done", name), there);
  rmSync(draft, { recursive: true, force: true });
  return there;
}

/** Frees the space of a wheel that is not needed any more. @param {string} downloads */
export function forgetWheel(downloads) {
  for (const name of readdirSync(downloads)) {
    if (name.endsWith(".whl") || name === "incoming") rmSync(join(downloads, name), { recursive: true });
  }
}

/** The bytes of the largest file below a folder. @param {string} folder @returns {number} */
function sizeOf(folder) {
  let size = 0;
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      size = Math.max(size, entry.isDirectory() ? sizeOf(path) : statSync(path).size);
    }
  } catch {
    // It was moved meanwhile.
  }
  return size;
}
