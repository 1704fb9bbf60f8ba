import { beforeAll, expect, test } from "vitest";
import { vgg16 } from "../../src/load/vgg16.js";
import type { Network } from "../../src/network/network.js";
import { parameterCount } from "../../src/network/parameters.js";

let net: Network;
beforeAll(async () => {
  net = await vgg16();
}, 600_000);

// The published weights, as dumps of the original state them.
test("conv5_3's biases have the published statistics", () => {
  const bias = net.weights.get("conv5_3")!.bias!;
  const mean = bias.reduce((sum, b) => sum + b, 0) / bias.length;
  const deviation = Math.sqrt(bias.reduce((sum, b) => sum + (b - mean) ** 2, 0) / bias.length);
  expect(bias.length).toBe(512);
  expect(bias[0]).toBeCloseTo(0.18837857, 7);
  expect(Math.min(...bias)).toBeCloseTo(-0.50036746, 7);
  expect(Math.max(...bias)).toBeCloseTo(9.431553, 6);
  expect(mean).toBeCloseTo(0.14986369, 7);
  expect(deviation).toBeCloseTo(0.4928213, 6);
});

test("conv1_1's first filter begins, over its columns, with the published numbers", () => {
  const filters = net.weights.get("conv1_1")!.filters!;
  const topRow = [0, 1, 2].map((x) => filters[x * 3 * 64]);
  expect(topRow).toEqual([0.42947057, 0.373467, -0.06136011].map((value) => expect.closeTo(value, 6)));
});

test("VGG16 has 14,714,688 weights, one entry a convolution", () => {
  expect(parameterCount(net)).toBe(14_714_688);
  expect(net.weights.size).toBe(13);
  let count = 0;
  for (const { filters, bias } of net.weights.values()) count += filters!.length + bias!.length;
  expect(count).toBe(14_714_688);
});

test("VGG16 reads BGR with ImageNet's mean taken away, unscaled", () => {
  expect(net.input).toEqual({
    height: 224,
    width: 224,
    channels: 3,
    preprocessing: { channelOrder: "bgr", scale: 1, mean: [103.939, 116.779, 123.68], deviation: [1, 1, 1] },
  });
});
