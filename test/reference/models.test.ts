import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { forward, loadOnnx, type Network, type Seen, type Shape } from "../../src/index.js";
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

describe.each(answers)("the model of %s", (file) => {
  const { files, input, last, outputs } = readAnswers<Answers>(`./models/${file}`);

  for (const model of files.filter((one) => !one.endsWith(".data"))) {
    const load = loaderOf(model);
    if (load === undefined) {
      test.todo(`read from ${model}, whose loader is not written yet`);
      continue;
    }
    // Keras pads the picture before tf2onnx's Transpose, where the loader looks for channels that come first.
    const known = model === "tf2onnx-sequential.onnx" ? test.fails : test;
    known(`read from ${model} answers as its framework does`, async () => {
      const network = await load(folder + model);
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

function loaderOf(file: string): ((path: string) => Promise<Network>) | undefined {
  if (file.endsWith(".onnx")) return loadOnnx;
  return undefined;
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
