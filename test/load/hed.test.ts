import { beforeAll, expect, test } from "vitest";
import { hed } from "../../src/load/hed.js";
import { vgg16 } from "../../src/load/vgg16.js";
import type { Network } from "../../src/network/network.js";

let net: Network;
beforeAll(async () => {
  net = await hed();
}, 600_000);

test("HED is VGG16's convolutions and pools up to conv5_3", async () => {
  const { layers } = await vgg16();
  expect(net.layers).toEqual(layers.filter(({ name }) => name !== "pool5"));
  expect(net.input.preprocessing).toEqual({
    channelOrder: "bgr",
    scale: 1,
    mean: [104.00699, 116.66877, 122.67892],
    deviation: [1, 1, 1],
  });
});

// Read from the file with h5py.
test("its weights are those of the file", () => {
  const sums: Record<string, number> = {};
  for (const [name, { filters, bias }] of net.weights) {
    sums[name] = [...filters!, ...bias!].reduce((sum, value) => sum + value, 0);
  }
  expect(Object.keys(sums)).toHaveLength(13);
  expect(sums.conv1_1).toBeCloseTo(30.91868, 4);
  expect(sums.conv3_2).toBeCloseTo(-803.94877, 2);
  expect(sums.conv5_3).toBeCloseTo(-2452.46925, 2);
});

test("training for edges changed every filter bank of VGG16, and left its likeness", async () => {
  const before = await vgg16();
  for (const [name, { filters }] of net.weights) {
    const old = before.weights.get(name)!.filters!;
    let [dot, norm, oldNorm] = [0, 0, 0];
    filters!.forEach((value, i) => {
      dot += value * old[i];
      norm += value * value;
      oldNorm += old[i] * old[i];
    });
    const cosine = dot / Math.sqrt(norm * oldNorm);
    expect(cosine, name).toBeLessThan(0.99999);
    expect(cosine, name).toBeGreaterThan(0.1);
  }
});
