import { afterAll, expect, test } from "vitest";
import { convnet, FeatureMaps, forward, useEngine } from "../../src/index.js";
import { inputName } from "../../src/network/graph.js";
import { noPadding } from "../../src/network/sliding.js";

/** NaN as 0 / 0 gives it on most processors: with its sign set. */
const signedNaN = new Float32Array(Int32Array.of(0xffc00000).buffer)[0];

/** Maps of one channel whose bits are kept: a NaN that goes through a variable may lose its sign. */
function bitsInARow(...bits: number[]): FeatureMaps {
  const maps = new FeatureMaps([1, bits.length, 1]);
  new Int32Array(maps.data.buffer).set(bits);
  return maps;
}

afterAll(() => useEngine("auto"));

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9])("of %i values each is what Math.max gives", (length) => {
  const values = [-1, 2, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, -0, 3.5, -1e-45, 1e-45, -7];
  const maps = new FeatureMaps([1, length, 1], Float32Array.from(values.slice(0, length)));
  expect([...convnet.rectify(maps).data]).toEqual([...maps.data].map((value) => (value > 0 ? value : 0)));
});

test.each([0, 1, 2, 3, 4])("NaN stays NaN at place %i, whatever its sign", (place) => {
  for (const nan of [0x7fc00000, 0xffc00000, 0xff800001, 0xffffffff]) {
    const bits = [0x3f800000, 0xbf800000, 0x40000000, 0xc0000000, 0xbf800000];
    bits[place] = nan;
    const { data } = convnet.rectify(bitsInARow(...bits));
    const expected = [1, 0, 2, 0, 0];
    expected[place] = Number.NaN;
    expect([...data]).toEqual(expected);
  }
});

test("a rectifier done together with its filters keeps NaN", async () => {
  // wasm's convolutions themselves make −∞ of NaN: see useEngine.
  await useEngine("native");
  const layers = [
    {
      kind: "convolution",
      name: "conv",
      inputs: [inputName],
      channels: 1,
      size: [1, 1],
      stride: [1, 1],
      padding: noPadding,
      dilation: [1, 1],
      groups: 1,
    },
    { kind: "relu", name: "relu", inputs: ["conv"] },
  ] as const;
  const network = {
    name: "one filter",
    input: { height: 1, width: 4, channels: 1 },
    layers,
    weights: new Map([["conv", { filters: Float32Array.of(1), bias: Float32Array.of(0) }]]),
  };
  const input = new FeatureMaps([1, 4, 1], Float32Array.of(-2, Number.NaN, signedNaN, 2));
  const seen = await forward(network, input);
  expect([...seen.maps("conv").data]).toEqual([0, Number.NaN, Number.NaN, 2]);
});
