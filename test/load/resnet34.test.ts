import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { forward } from "../../src/forward.js";
import { readImage } from "../../src/image/read.js";
import { resnet34 } from "../../src/load/resnet34.js";
import { FeatureMaps } from "../../src/maps.js";
import type { Network } from "../../src/network/network.js";
import type { Seen } from "../../src/seen.js";

/** What resnet34.py wrote. */
interface Answer {
  readonly best: readonly (readonly [name: string, probability: number])[];
  readonly means: Readonly<Record<string, number>>;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
}
const answers: Record<string, Answer> = JSON.parse(
  readFileSync(new URL("./resnet34.json", import.meta.url), "utf8"),
);
const photo = (name: string) =>
  readImage(fileURLToPath(new URL(`../../notebooks/photos/${name}`, import.meta.url)));

let net: Network;
beforeAll(async () => {
  net = await resnet34();
}, 900_000);

/** Where each of the script's names lies: the last ReLU of a group of blocks has two in each block before it. */
const layerOf: Readonly<Record<string, string>> = {
  relu1: "relu1",
  max_pool1: "max_pool1",
  "block 3": "relu7",
  "block 7": "relu15",
  "block 13": "relu27",
  "block 16": "relu33",
};

describe.each(Object.entries(answers))(
  "the middle of %s, as PyTorch sees it",
  (name, { best, means, shapes }) => {
    let seen: Seen;
    beforeAll(async () => {
      seen = await forward(net, await middle(name));
    });

    test("gives the same maps at the end of every group of blocks", () => {
      for (const [what, layer] of Object.entries(layerOf)) {
        const maps = seen.maps(layer);
        expect([what, ...maps.shape]).toEqual([what, ...shapes[what]]);
        const mean = maps.data.reduce((sum, value) => sum + value, 0) / maps.data.length;
        expect(mean, what).toBeCloseTo(means[what], 4);
      }
    });

    test("gives the same probabilities", () => {
      const { data } = seen.maps("softmax");
      for (const [label, probability] of best) {
        expect(data[net.classes!.indexOf(label)], label).toBeCloseTo(probability, 4);
      }
    });
  },
);

/**
 * Known answers of dlib itself, whose own way of resizing differs: it moves the probabilities (rocket's by 0.2), but
 * not what is seen.
 */
test.each([
  ["chelsea.png", "Egyptian_cat", 0.757, 0.05],
  ["coffee.png", "espresso", 0.989, 0.02],
  ["rocket.jpg", "space_shuttle", 0.46, 0.25],
])("%s, fitted, is first of all a %s", async (name, label, probability, tolerance) => {
  const { data } = (await forward(net, await photo(name))).maps("softmax");
  expect(net.classes![data.indexOf(Math.max(...data))]).toBe(label);
  expect(Math.abs(Math.max(...data) - probability)).toBeLessThan(tolerance);
});

// By hand: 7·7·3·64 + 3·64 for the stem, k·k·in·out + 3·out for each convolution with its affine layer, 513 · 1000.
test("it has 1000 classes and 21,631,464 numbers that were trained", () => {
  expect(net.classes).toHaveLength(1000);
  let count = 0;
  for (const { filters, bias, scale, offset } of net.weights.values()) {
    for (const part of [filters, bias, scale, offset]) count += part?.length ?? 0;
  }
  expect(count).toBe(21_631_464);
});

/** 227 × 227 pixels, not resized, preprocessed as the network wants. */
async function middle(name: string): Promise<FeatureMaps> {
  const { width, height, data } = await photo(name);
  const [top, left] = [Math.floor((height - 227) / 2), Math.floor((width - 227) / 2)];
  const { mean } = net.input.preprocessing!;
  const maps = new FeatureMaps([227, 227, 3]);
  for (let i = 0; i < maps.data.length; i++) {
    const [c, x, y] = [i % 3, Math.floor(i / 3) % 227, Math.floor(i / 681)];
    maps.data[i] = (data[((top + y) * width + left + x) * 3 + c] - mean[c]) / 256;
  }
  return maps;
}
