/**
 * How fast the method is, as ratios to a peer that does the same work in the same run on the same cores: the runs of
 * both take turns, five of each after a warm-up, and medians are compared. Times drift with the machine; ratios less.
 */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { fitPhoto } from "../../dist/image/fit.js";
import {
  convnet,
  forward,
  preprocess,
  project,
  readImage,
  strongest,
  strongestUnits,
  useEngine,
  vgg16,
} from "../../dist/index.js";
import { median } from "./median.js";
import { startPeer } from "./peer.js";

const runs = 5;
const net = await vgg16();
const photo = fitPhoto(
  await readImage(fileURLToPath(new URL("../../notebooks/photos/chelsea.png", import.meta.url))),
  net.input,
);
const input = preprocess(photo.photo, net.input.preprocessing);
const engine = await useEngine("auto");
const peer = await startPeer(
  process.argv[2] ?? "python3",
  fileURLToPath(new URL("../reference/bench-torch.py", import.meta.url)),
);
console.log(
  `deconvnet on ${engine}, Node ${process.versions.node}; ${peer.about}; medians of ${runs} runs in turns\n`,
);

const seen = await forward(net, input);
const many = strongestUnits(seen, "conv3_3", { count: 64 });
const deep = strongest(seen, "conv5_3");
const beforePools = ["conv1_2", "conv2_2", "conv3_3", "conv4_3", "conv5_3"].map((name) => seen.maps(name));

const ours = {
  forward: () => forward(net, input),
  many: () => project(seen, many),
  deep: () => project(seen, deep, { steps: "none" }),
  steps: () => project(seen, deep, { steps: "all" }),
  switches: async () => beforePools.map((maps) => convnet.pool(maps, { size: 2 })).length > 0,
};

await row("VGG16 forward, all maps and switches kept ÷ PyTorch's", "at most 1.15", ours.forward, () =>
  peer.time("forward"),
);
await row("one conv5_3 unit ÷ PyTorch's backward pass", "at most 0.6", ours.deep, () =>
  peer.time("backward"),
);
await row(
  "captum, one conv3_3 unit ÷ a unit of 64 in one call",
  "at least 100",
  () => peer.time("captum"),
  ours.many,
  64,
);
await row("switches of all pools ÷ forward", "at most 0.1", ours.switches, ours.forward);
await row("one conv5_3 unit with all steps ÷ without", "at most 1.3", ours.steps, ours.deep);
if (engine === "native") {
  const on = (name) => async () => {
    await useEngine(name);
    await forward(net, input);
  };
  await row("forward on wasm ÷ native", "under 10", on("wasm"), on("native"));
}
peer.end();
await memory();

/** One line: the medians, their ratio, and what it should be. */
async function row(what, wanted, first, second, share = 1) {
  await useEngine(engine);
  const times = { first: [], second: [] };
  for (let run = 0; run <= runs; run++) {
    const [a, b] = [await timed(first), await timed(second)];
    if (run === 0) continue;
    times.first.push(a);
    times.second.push(b / share);
  }
  const [a, b] = [median(times.first), median(times.second)];
  const ratio = a / b;
  console.log(
    `${what.padEnd(58)} ${ratio.toFixed(ratio < 10 ? 2 : 0).padStart(6)}   (${wanted}; ${a.toFixed(1)} ÷ ${b.toFixed(1)} ms)`,
  );
}

/** Milliseconds; a peer's work says its own. */
async function timed(work) {
  const start = performance.now();
  const said = await work();
  return typeof said === "number" ? said : performance.now() - start;
}

async function memory() {
  const tf = createRequire(import.meta.url)("@tensorflow/tfjs");
  const unit = strongest(seen, "conv4_3");
  for (let i = 0; i < 50; i++) await project(seen, unit);
  const before = { rss: process.memoryUsage.rss(), tensors: tf.memory().numTensors };
  for (let i = 0; i < 1000; i++) await project(seen, unit, { steps: "none" });
  const grown = (process.memoryUsage.rss() - before.rss) / 2 ** 20;
  console.log(
    `\n1,000 projections of a conv4_3 unit: memory ${grown >= 0 ? "+" : ""}${grown.toFixed(0)} MB, tensors +${tf.memory().numTensors - before.tensors}`,
  );
}
