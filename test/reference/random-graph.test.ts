import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  at,
  checkNetwork,
  FeatureMaps,
  forward,
  type Layer,
  type LayerWeights,
  loadOnnx,
  type Network,
  type NetworkInput,
  project,
  type Rule,
  type Seen,
  type Shape,
  type Unit,
  type Window,
} from "../../src/index.js";
import { cut, difference, mapsOf, numbers, peak, readAnswers, tolerance } from "./answers.js";

interface Case extends Record<Rule, Window & { readonly data: string }> {
  readonly unit: Unit;
  readonly value: number;
}

/** What random-graph.py wrote for a graph. */
interface Answers {
  readonly about: string;
  readonly network: {
    readonly name: string;
    readonly input: NetworkInput;
    readonly layers: readonly Layer[];
  };
  readonly weights: Record<string, Record<keyof LayerWeights, string>>;
  readonly image: string;
  readonly means: Record<string, string>;
  readonly outputs: Record<string, { readonly shape: Shape; readonly data: string }>;
  readonly projections: readonly Case[];
}

const folder = fileURLToPath(new URL("./random-graph/", import.meta.url));
const files = readdirSync(folder);
const rules: readonly Rule[] = ["deconvnet", "gradient", "guided"];
const worst = { outputs: 0, pixels: 0 };

afterAll(() => {
  console.log(
    `Random graphs beside PyTorch and captum: outputs differ by at most ${worst.outputs.toExponential(1)} of a layer's peak, pixels by ${worst.pixels.toExponential(1)} of a picture's peak`,
  );
});

test("six graphs are compared, five of them as ONNX files too", () => {
  expect(files.filter((file) => file.endsWith(".json"))).toHaveLength(6);
  expect(files.filter((file) => file.endsWith(".onnx"))).toHaveLength(5);
});

describe.each(files.filter((file) => file.endsWith(".json")))(
  "the random graph %s agrees with PyTorch and captum",
  (file) => {
    const answers = readAnswers<Answers>(`./random-graph/${file}`);
    const onnx = file.replace(".json", ".onnx");
    const sources = ["written as data", ...(files.includes(onnx) ? ["read from its ONNX file"] : [])];

    describe.each(sources)("%s", (source) => {
      let network: Network;
      let seen: Seen;

      beforeAll(async () => {
        network = source === "written as data" ? networkOf(answers) : await loadOnnx(folder + onnx);
        const { height, width, channels } = answers.network.input;
        seen = await forward(network, new FeatureMaps([height, width, channels], numbers(answers.image)));
      });

      test("in what each name means and in every layer's output", () => {
        for (const [layer, output] of Object.entries(answers.outputs))
          expectOutput(seen, layer, mapsOf(output));
        for (const [name, meant] of Object.entries(answers.means))
          expect(seen.maps(name), `${name} means ${meant}`).toBe(seen.maps(meant));
      });

      test.each(answers.projections)(
        "in the projection of a unit of $unit.layer",
        async ({ unit, value, ...pictures }) => {
          expect(at(seen.maps(unit.layer), unit.y, unit.x, unit.map)).toBeCloseTo(value, 4);
          for (const rule of rules) {
            const { pixels } = await project(seen, unit, { rule });
            const error = pictureError(pixels, pictures[rule]);
            worst.pixels = Math.max(worst.pixels, error);
            expect(error, rule).toBeLessThan(tolerance);
          }
        },
      );
    });
  },
);

function networkOf({ network, weights }: Answers): Network {
  const unpacked = Object.entries(weights).map(([layer, parts]): [string, LayerWeights] => [
    layer,
    Object.fromEntries(Object.entries(parts).map(([part, data]) => [part, numbers(data)])),
  ]);
  return checkNetwork({ ...network, weights: new Map(unpacked) });
}

function expectOutput(seen: Seen, layer: string, wanted: FeatureMaps): void {
  const got = seen.maps(layer);
  expect(got.shape, layer).toEqual(wanted.shape);
  const error = difference(got.data, wanted.data);
  worst.outputs = Math.max(worst.outputs, error);
  expect(error, layer).toBeLessThan(1e-5);
}

/** The largest difference, inside the window that the script kept and outside, where its picture is zero. */
function pictureError(pixels: FeatureMaps, wanted: Window & { readonly data: string }): number {
  const inside = numbers(wanted.data);
  const outside = pixels.data.slice();
  const { y, x, height, width } = wanted;
  const [, across, channels] = pixels.shape;
  for (let row = y; row < y + height; row++)
    outside.fill(0, (row * across + x) * channels, (row * across + x + width) * channels);
  return Math.max(difference(cut(pixels, wanted), inside), peak(outside) / peak(inside));
}
