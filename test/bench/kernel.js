/**
 * How fast the kernel is, beside tslab and ipykernel in the same run: the kernels take turns, five runs of each after
 * a warm-up, and medians are compared. They run in `notebooks/`, from where tslab too finds the types of Node. What is
 * printed is read at the kernel's socket, where no server thins it out.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "./median.js";
import { StartedKernel } from "./started-kernel.js";

const runs = 5;
const megabyte = 1_000_000;
const [python = "python3"] = process.argv.slice(2);
const tree = fileURLToPath(new URL("../..", import.meta.url));
const notebooks = join(tree, "notebooks");
const base = mkdtempSync(join(tmpdir(), "deconvnet-bench-"));

const typescript = {
  prints: (lines, length) => `for (let i = 0; i < ${lines}; i++) console.log("x".repeat(${length}))`,
};
const kernels = [
  {
    name: "ours",
    spec: "deconvnet",
    ...typescript,
    echoes: `(globalThis as any)[Symbol.for("deconvnet.kernel")].onComm("echo", (comm: any) =>
      comm.onMessage((data: any, buffers: any) => comm.send(data, { buffers })))`,
    used: `import { convnet, deconvnet, fromRows, toRows } from "deconvnet";
      const { maps, switches } = convnet.pool(fromRows([[1, 5], [3, 2]]), { size: 2 });
      toRows(deconvnet.unpool(maps, switches))`,
  },
  { name: "tslab", spec: "tslab", ...typescript },
  {
    name: "ipykernel",
    spec: "python3",
    prints: (lines, length) => `for _ in range(${lines}): print("x" * ${length})`,
    echoes: `get_ipython().kernel.comm_manager.register_target("echo", lambda comm, opened: comm.on_msg(
      lambda message: comm.send(message["content"]["data"], buffers=message["buffers"])))`,
  },
];

install();
const started = new Map();
try {
  const names = kernels.map(({ name }) => name);
  console.log(
    `Kernels on Node ${process.versions.node}; medians of ${runs} runs in turns, in milliseconds\n`,
  );
  console.log(columns("", [...names, " ÷ tslab", "÷ ipyk."], "wanted"));
  await startUp();
  for (const { name, spec, used = "1" } of kernels) {
    const { kernel } = await start(spec);
    started.set(name, kernel);
    await kernel.run(used);
  }
  await row("1 + 1, warm; deconvnet in use in ours", "at most 15", async (kernel) => {
    for (let cell = 0; cell < 4; cell++) await kernel.run("1 + 1");
    return timed(() => kernel.run("1 + 1"));
  });
  await row("comm, 1 MB there and back", "under 10", echo(await echoing()));
  await row("20,000 lines", "under 500", printing(20_000, 20));
  await row("100 MB of stdout", "no loss", printing(1000, 100_000 - 1));
} finally {
  for (const kernel of started.values()) await kernel.stop();
  rmSync(base, { recursive: true, force: true });
}

/** Each by its own command, into a folder of this run. */
function install() {
  const tslab = join(tree, "node_modules", ".bin", "tslab");
  const main = join(tree, "dist", "kernel", "main.js");
  const quiet = /** @type {const} */ ({ stdio: "pipe" });
  execFileSync(process.execPath, [main, "install", "--prefix", base], quiet);
  execFileSync(tslab, ["install", `--python=${python}`, `--prefix=${base}`, `--binary=${tslab}`], quiet);
  execFileSync(python, ["-m", "ipykernel", "install", "--prefix", base], quiet);
}

/** A kernel that answers, and how long that took. One that never does, as tslab at times, is started anew. */
async function start(spec) {
  for (let tries = 3; ; tries--) {
    const kernel = await StartedKernel.start(
      join(base, "share", "jupyter", "kernels", spec),
      notebooks,
      base,
    );
    try {
      await kernel.ask("kernel_info_request");
      return { kernel, info: performance.now() - kernel.spawned };
    } catch (error) {
      await kernel.stop();
      if (tries === 1) throw error;
      console.log(`(${spec} did not answer: started anew)`);
    }
  }
}

/** Two rows from the same starts: the first answer, and the first cell's. */
async function startUp() {
  const infos = new Map(kernels.map(({ name }) => [name, []]));
  const cells = new Map(kernels.map(({ name }) => [name, []]));
  for (let run = 0; run <= runs; run++) {
    for (const { name, spec } of kernels) {
      const { kernel, info } = await start(spec);
      await kernel.run("1 + 1");
      const cell = performance.now() - kernel.spawned;
      // The warm-up also leaves behind what a kernel keeps for its next start.
      if (run === 0) await new Promise((later) => setTimeout(later, 3000));
      await kernel.stop();
      if (run === 0) continue;
      infos.get(name).push(info);
      cells.get(name).push(cell);
    }
  }
  print("spawn to first kernel_info_reply", infos, "at most 0.25 of tslab's, under ipykernel's");
  print("spawn to the first cell's reply", cells, "at most tslab's");
}

/** One line: what every kernel took that can do this, in turns. */
async function row(what, wanted, work) {
  const times = new Map();
  /** @type {Map<string, number>} */
  const lost = new Map();
  for (let run = 0; run <= runs; run++) {
    for (const kernel of kernels) {
      const took = await work(started.get(kernel.name), kernel);
      if (took === undefined || run === 0) continue;
      if (!times.has(kernel.name)) times.set(kernel.name, []);
      times.get(kernel.name).push(took.time ?? took);
      if (took.lost > 0) lost.set(kernel.name, took.lost);
    }
  }
  const losses = [...lost].map(([name, characters]) => `; ${name} loses ${characters} characters`);
  print(what, times, wanted + losses.join(""));
}

/** Opens a comm to every kernel that has comms of both ways. Gives their ids. */
async function echoing() {
  const ids = new Map();
  for (const { name, echoes } of kernels.filter(({ echoes }) => echoes)) {
    const kernel = started.get(name);
    await kernel.run(echoes);
    ids.set(name, `echo-${name}`);
    await kernel.send("comm_open", { comm_id: ids.get(name), target_name: "echo", data: {} });
  }
  return ids;
}

function echo(ids) {
  const buffer = new Uint8Array(megabyte).fill(7);
  return async (kernel, { name }) => {
    if (!ids.has(name)) return undefined;
    const back = new Promise((done) => {
      kernel.heard = ({ type, buffers }) => type === "comm_msg" && done(buffers);
    });
    const content = { comm_id: ids.get(name), data: {} };
    const time = await timed(() => kernel.send("comm_msg", content, { buffers: [buffer] }).then(() => back));
    const [bytes] = await back;
    if (!bytes || Buffer.compare(bytes, buffer) !== 0) throw new Error(`${name}: other bytes came back`);
    return time;
  };
}

/** The time until the last of the text came, and how much of it never did within a second of the cell's end. */
function printing(lines, length) {
  return async (kernel, { prints }) => {
    let missing = lines * (length + 1);
    let time = 0;
    const start = performance.now();
    const all = new Promise((done) => {
      kernel.heard = ({ type, content }) => {
        if (type !== "stream") return;
        missing -= content.text.length;
        time = performance.now() - start;
        if (missing <= 0) done();
      };
    });
    await kernel.run(prints(lines, length));
    const end = Date.now();
    while (missing > 0 && Date.now() - end < 1000)
      await Promise.race([all, new Promise((later) => setTimeout(later, 100))]);
    return { time, lost: missing };
  };
}

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function print(what, times, wanted) {
  const [ours, tslab, ipykernel] = kernels.map(({ name }) => times.has(name) && median(times.get(name)));
  const shown = (value, digits) => (Number.isFinite(value) ? value.toFixed(digits) : "–");
  const medians = [ours, tslab, ipykernel].map((value) => shown(value || Number.NaN, ours < 100 ? 1 : 0));
  console.log(
    columns(
      what,
      [...medians, shown(ours / (tslab || Number.NaN), 2), shown(ours / (ipykernel || Number.NaN), 2)],
      wanted,
    ),
  );
}

function columns(what, numbers, wanted) {
  return `${what.padEnd(40)} ${numbers.map((number) => number.padStart(10)).join("")}   ${wanted}`;
}
