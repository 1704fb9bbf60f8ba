import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import {
  forward,
  loadKeras,
  loadKerasWeights,
  loadLayersModel,
  loadOnnx,
  type Network,
  type Seen,
  type Shape,
} from "../../src/index.js";
import { outputOf } from "../../src/network/graph.js";
import { difference, mapsOf, readAnswers } from "./answers.js";

interface Values {
  readonly shape: Shape;
  readonly data: string;
}

/** What models-*.py wrote beside the model files. */
interface Answers {
  readonly madeBy: string;
  /** The same model in one file or more. */
  readonly files: readonly string[];
  readonly input: Values;
  readonly last: Values;
  /** What each of the framework's own layers gave, by its name. */
  readonly outputs: Record<string, Values>;
}

const folder = fileURLToPath(new URL("./models/", import.meta.url));
const answers = readdirSync(folder).filter((file) => file.endsWith(".json"));
let worst = 0;

afterAll(() => {
  console.log(
    `Models beside their own frameworks: outputs differ by at most ${worst.toExponential(1)} of a layer's peak`,
  );
});

test("no model file is left out", () => {
  const listed = answers.flatMap((file) => readAnswers<Answers>(`./models/${file}`).files);
  const models = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /\.(onnx|data|keras|h5)$|model\.json$/.test(file));
  expect(models.sort()).toEqual(listed.sort());
});

describe.each(answers)("the model of %s", (file) => {
  const { files, input, last, outputs } = readAnswers<Answers>(`./models/${file}`);

  for (const model of files.filter((one) => !one.endsWith(".data"))) {
    test(`read from ${model} answers as its framework does`, async () => {
      const network = await load(model);
      const seen = await forward(network, mapsOf(input));
      compare(seen, network.layers.at(-1)!.name, last);
      const compared = network.layers.filter(({ kind, name }) => {
        const own = ownOutput(seen, name, outputs);
        // A dense layer or batch norm may stand for two of the framework's nodes; it then goes by the first one's name.
        if (own === undefined || kind === "dense" || kind === "batchNorm") return false;
        compare(seen, name, own);
        return true;
      });
      expect(compared.length).toBeGreaterThan(4);
    });
  }
});

function load(file: string): Promise<Network> {
  const path = folder + file;
  if (file.endsWith(".onnx")) return loadOnnx(path);
  if (file.endsWith("model.json")) return loadLayersModel(path);
  if (file.endsWith("weights.h5")) return loadKerasWeights(path, chain());
  return loadKeras(path);
}

/** `chain` of keras_models.py as a definition, for files that hold weights alone. */
function chain(): Network {
  const square = { size: [3, 3], stride: [1, 1], dilation: [1, 1], groups: 1 } as const;
  const around = { top: 1, bottom: 1, left: 1, right: 1 };
  const pool = { size: [2, 2], stride: [2, 2], padding: { top: 0, bottom: 0, left: 0, right: 0 } } as const;
  return {
    name: "chain",
    input: { height: 12, width: 10, channels: 3 },
    layers: [
      { kind: "convolution", name: "conv1", inputs: ["input"], channels: 4, padding: around, ...square },
      { kind: "relu", name: "rectify1", inputs: ["conv1"] },
      { kind: "maxPool", name: "pool1", inputs: ["rectify1"], rounding: "floor", ...pool },
      { kind: "convolution", name: "conv2", inputs: ["pool1"], channels: 6, padding: around, ...square },
      { kind: "batchNorm", name: "norm2", inputs: ["conv2"], epsilon: 1e-3 },
      { kind: "relu", name: "rectify2", inputs: ["norm2"] },
      { kind: "flatten", name: "flat", inputs: ["rectify2"], order: "hwc" },
      { kind: "dense", name: "fc3", inputs: ["flat"], channels: 5 },
    ],
    weights: new Map(),
  };
}

/** A layer's output by the framework: its own, or that of the rectifier that its name stands for. */
function ownOutput(seen: Seen, name: string, outputs: Answers["outputs"]): Values | undefined {
  return outputs[outputOf(seen.network, name).name] ?? outputs[name];
}

function compare(seen: Seen, layer: string, wanted: Values): void {
  const maps = mapsOf(wanted);
  const got = seen.maps(layer);
  expect(got.shape, layer).toEqual(maps.shape);
  const error = difference(got.data, maps.data);
  worst = Math.max(worst, error);
  expect(error, layer).toBeLessThan(1e-5);
}
