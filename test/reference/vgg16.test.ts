import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  at,
  FeatureMaps,
  forward,
  type Network,
  preprocess,
  project,
  type Rule,
  readImage,
  type Seed,
  type Seen,
  vgg16,
  type Window,
} from "../../src/index.js";
import { cut, difference, numbers, readAnswers, support, tolerance } from "./answers.js";

interface Picture {
  readonly peak: number;
  readonly sumOfSizes: number;
  readonly support: Window;
  readonly patch: { readonly y: number; readonly x: number; readonly data: string };
  readonly blockMeans: string;
}

interface Case extends Record<Rule, Picture> {
  readonly title: string;
  readonly layer: string;
  readonly units?: readonly { map: number; y: number; x: number; value: number }[];
  readonly wholeMap?: number;
}

/** What vgg16.py wrote for a photo. */
interface Answers {
  readonly activations: Record<
    string,
    {
      readonly shape: readonly number[];
      readonly mean: number;
      readonly deviation: number;
      readonly values: readonly (readonly [y: number, x: number, map: number, value: number])[];
    }
  >;
  readonly switches: Record<
    string,
    { readonly sums: readonly number[]; readonly nearTies: readonly number[] }
  >;
  readonly projections: readonly Case[];
}

const patchSize = 24;
const blockSize = 16;
const rules: readonly Rule[] = ["deconvnet", "gradient", "guided"];
let network: Network;
const worst = { activations: 0, pixels: 0 };

beforeAll(async () => {
  network = await vgg16();
}, 600_000);

afterAll(() => {
  console.log(
    `VGG16 beside PyTorch and captum: activations differ by at most ${worst.activations.toExponential(1)} of a layer's strongest, pixels by ${worst.pixels.toExponential(1)} of a picture's peak`,
  );
});

describe.each(["chelsea", "coffee"])("VGG16 on %s.png agrees with PyTorch and captum", (name) => {
  const answers = readAnswers<Answers>(`./vgg16/${name}.json`);
  let seen: Seen;

  beforeAll(async () => {
    const photo = await readImage(fileURLToPath(new URL(`./vgg16/${name}.png`, import.meta.url)));
    expect([photo.width, photo.height]).toEqual([224, 224]);
    seen = await forward(network, preprocess(photo, network.input.preprocessing!));
  }, 600_000);

  test("in every layer's shape, mean, deviation and single activations", () => {
    for (const [layer, { shape, mean, deviation, values }] of Object.entries(answers.activations)) {
      const maps = seen.maps(layer);
      expect(maps.shape, layer).toEqual(shape);
      const strongest = values[0][3];
      const ownMean = maps.data.reduce((sum, value) => sum + value, 0) / maps.data.length;
      const ownVariance =
        maps.data.reduce((sum, value) => sum + (value - ownMean) ** 2, 0) / maps.data.length;
      const got = [ownMean, Math.sqrt(ownVariance), ...values.map(([y, x, map]) => at(maps, y, x, map))];
      const error = difference(got, [mean, deviation, ...values.map((one) => one[3])], strongest);
      worst.activations = Math.max(worst.activations, error);
      expect(error, layer).toBeLessThan(1e-5);
    }
  });

  test("in the switches of every pool", () => {
    for (const [pool, { sums, nearTies }] of Object.entries(answers.switches)) {
      const { positions, shape } = seen.switches(pool);
      const got = new Array<number>(shape[2]).fill(0);
      positions.forEach((position, i) => {
        got[i % shape[2]] += position;
      });
      const wrong = got.flatMap((sum, map) => (sum === sums[map] || nearTies.includes(map) ? [] : [map]));
      // Two values of a window within rounding of each other: at most one map in a pool may see them the other way round.
      expect(wrong.length, `maps [${wrong}] of ${pool}`).toBeLessThanOrEqual(1);
    }
  });

  describe.each(answers.projections)("in the projection of $title", (one) => {
    test.each(rules)("by the rule %s", async (rule) => {
      const { pixels } = await project(seen, seedOf(one, seen), { rule, steps: "none" });
      expect(pixels.shape).toEqual([224, 224, 3]);
      const error = pictureError(pixels, one[rule]);
      worst.pixels = Math.max(worst.pixels, error);
      expect(error).toBeLessThan(tolerance);
    });
  });
});

/** One unit goes by its place, several as maps that are zero elsewhere, a whole map by its number. */
function seedOf({ layer, units, wholeMap }: Case, seen: Seen): Seed {
  if (units === undefined) return { layer, map: wholeMap! };
  const own = seen.maps(layer);
  for (const { map, y, x, value } of units) {
    expect(Math.abs(at(own, y, x, map) / value - 1), "the seed's own activation").toBeLessThan(1e-4);
  }
  if (units.length === 1) return { layer, map: units[0].map, y: units[0].y, x: units[0].x };
  const maps = new FeatureMaps(own.shape);
  const [, width, channels] = own.shape;
  for (const { map, y, x } of units) maps.data[(y * width + x) * channels + map] = at(own, y, x, map);
  return { layer, maps };
}

/** The largest difference from what the script kept of its picture, as a part of that picture's peak. */
function pictureError(pixels: FeatureMaps, wanted: Picture): number {
  expect(support(pixels)).toEqual(wanted.support);
  const { y, x, data } = wanted.patch;
  const patch = cut(pixels, { y, x, height: patchSize, width: patchSize });
  const sumOfSizes = pixels.data.reduce((sum, value) => sum + Math.abs(value), 0);
  expect(Math.abs(sumOfSizes / wanted.sumOfSizes - 1), "the sum of all sizes").toBeLessThan(tolerance);
  return Math.max(
    difference(patch, numbers(data), wanted.peak),
    difference(blockMeans(pixels), numbers(wanted.blockMeans), wanted.peak),
    difference([Math.max(...patch.map(Math.abs))], [wanted.peak], wanted.peak),
  );
}

/** The mean of every 16 × 16 block, which covers the whole picture. */
function blockMeans({ shape: [height, width, channels], data }: FeatureMaps): Float32Array {
  const across = width / blockSize;
  const means = new Float32Array((height / blockSize) * across * channels);
  data.forEach((value, i) => {
    const cell = Math.floor(i / channels);
    const [y, x] = [Math.floor(cell / width), cell % width];
    const block = Math.floor(y / blockSize) * across + Math.floor(x / blockSize);
    means[block * channels + (i % channels)] += value / blockSize ** 2;
  });
  return means;
}
