import { describe, expect, test } from "vitest";
import { ArgumentError, ShapeError, UnsupportedLayerError } from "../../src/errors.js";
import { loadDlib } from "../../src/load/dlib/load-dlib.js";
import { noPadding } from "../../src/network/sliding.js";
import { everyDamage } from "./damage.js";
import { fileWith } from "./temporary.js";
import { type DlibWriter, dlibHead } from "./write-dlib.js";

const load = async (writer: DlibWriter, name = "small.dnn") => loadDlib(await fileWith(writer.bytes, name));
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

/** Pool the picture, one convolution to two maps, its affine layer, ReLU, two classes. */
const small = (): DlibWriter =>
  dlibHead([2, 2, 2, 2, 2])
    .layer("max_pool_2", (it) => it.integers(3, 3, 1, 1, 0, 0))
    .convolution(2, [1, 2, 1, 1, 0, 0], upTo(14))
    .affine([2, 3, -4, -5])
    .layer("relu_")
    .dense(2, 4, upTo(10))
    .integers(2)
    .text("cat")
    .text("dog");

test("a chain of layers is read from the picture up, and named by type and number", async () => {
  const net = await load(small());
  expect(net.name).toBe("small");
  expect(net.classes).toEqual(["cat", "dog"]);
  expect(net.input).toEqual({
    height: 4,
    width: 4,
    channels: 3,
    preprocessing: { channelOrder: "rgb", scale: 1, mean: [1.5, 2.5, 3.5], deviation: [256, 256, 256] },
  });
  expect(net.layers).toEqual([
    {
      kind: "maxPool",
      name: "max_pool1",
      inputs: ["input"],
      size: [3, 3],
      stride: [1, 1],
      padding: noPadding,
      rounding: "floor",
    },
    {
      kind: "convolution",
      name: "con1",
      inputs: ["max_pool1"],
      channels: 2,
      size: [1, 2],
      stride: [1, 1],
      padding: noPadding,
      dilation: [1, 1],
      groups: 1,
    },
    { kind: "batchNorm", name: "affine1", inputs: ["con1"], epsilon: 0 },
    { kind: "relu", name: "relu1", inputs: ["affine1"] },
    { kind: "flatten", name: "flatten1", inputs: ["relu1"], order: "chw" },
    { kind: "dense", name: "fc1", inputs: ["flatten1"], channels: 2 },
    { kind: "softmax", name: "softmax", inputs: ["fc1"] },
  ]);
});

test("weights are turned into this package's order", async () => {
  const { weights } = await load(small());
  // Filters [out 2, in 3, 1, 2]: 1…6 belong to the first map, 7…12 to the second; left column the odd ones.
  expect([...weights.get("con1")!.filters!]).toEqual([1, 7, 3, 9, 5, 11, 2, 8, 4, 10, 6, 12]);
  expect([...weights.get("con1")!.bias!]).toEqual([13, 14]);
  expect([...weights.get("affine1")!.scale!]).toEqual([2, 3]);
  expect([...weights.get("affine1")!.offset!]).toEqual([-4, -5]);
  expect([...weights.get("fc1")!.filters!]).toEqual(upTo(8));
  expect([...weights.get("fc1")!.bias!]).toEqual([9, 10]);
});

test("a residual block adds what lay below it; one that shrinks pools it and gives it channels of zeros", async () => {
  const net = await load(
    dlibHead([1, 2, 2, 2, 1, 2, 1, 1, 2, 2, 2])
      .convolution(3, [1, 1, 1, 1, 0, 0], upTo(12))
      .layer("add_prev_")
      .layer("relu_")
      .convolution(4, [3, 3, 2, 2, 1, 1], upTo(3 * 36 + 4))
      .layer("avg_pool_2", (it) => it.integers(2, 2, 2, 2, 0, 0))
      .layer("add_prev_")
      .layer("avg_pool_2", (it) => it.integers(0, 0, 1, 1, 0, 0)),
  );
  expect(net.layers.map(({ kind, name, inputs }) => [kind, name, ...inputs])).toEqual([
    ["convolution", "con1", "input"],
    ["add", "add_prev1", "con1", "input"],
    ["relu", "relu1", "add_prev1"],
    ["convolution", "con2", "relu1"],
    ["averagePool", "avg_pool1", "relu1"],
    ["zeroPad", "zero_channels1", "avg_pool1"],
    ["add", "add_prev2", "zero_channels1", "con2"],
    ["globalAveragePool", "avg_pool2", "add_prev2"],
    ["softmax", "softmax", "avg_pool2"],
  ]);
  expect(net.layers.find(({ kind }) => kind === "zeroPad")).toMatchObject({ channels: [0, 1] });
});

describe("what is not known is refused by type and name", () => {
  test("a layer type", async () => {
    const error = await load(dlibHead([2, 2]).layer("relu_").layer("bn_con2")).catch(
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(UnsupportedLayerError);
    expect(error).toMatchObject({ type: "bn_con2", layer: "layer 2 from the picture" });
  });

  test.each([
    ["branches of another form", dlibHead([1, 2, 1, 2]).layer("relu_").layer("relu_")],
    ["an addition of nothing", dlibHead([2]).layer("add_prev_")],
    ["an affine layer that differs from place to place", dlibHead([2]).affine([1, 1, 1, 0, 0, 0], 1)],
    ["another input", dlibHead([2], "input_").layer("relu_")],
  ])("%s", async (_, writer) => {
    await expect(load(writer)).rejects.toBeInstanceOf(UnsupportedLayerError);
  });
});

test("parameters of another number than the layer needs are refused", async () => {
  await expect(load(dlibHead([2]).affine([1, 2]))).rejects.toBeInstanceOf(ShapeError);
});

test("a size that is left open is the caller's to say", async () => {
  const path = await fileWith(dlibHead([2], "input_rgb_image", []).layer("relu_").bytes);
  await expect(loadDlib(path)).rejects.toBeInstanceOf(ArgumentError);
  expect((await loadDlib(path, { inputSize: [5, 6] })).input).toMatchObject({ height: 5, width: 6 });
});

describe("a file that is not what it should be", () => {
  test("claims more numbers than it has", async () => {
    const writer = dlibHead([2])
      .text("affine_")
      .integers(2, 1 << 30, 1 << 20, 1, 1);
    await expect(load(writer)).rejects.toMatchObject({ name: "FileError", problem: "truncated" });
  });

  test("goes on after its end", async () => {
    await expect(load(small().integers(7))).rejects.toThrow("after its end");
  });

  test.each([
    ["empty", ""],
    ["text", "once upon a time"],
    ["zeros", new Uint8Array(99)],
    ["ones", new Uint8Array(99).fill(1)],
  ])("is %s", async (_, content) => {
    await expect(loadDlib(await fileWith(content))).rejects.toMatchObject({ name: "FileError" });
  });

  test("is cut or has any byte flipped", async () => {
    const whole = small().bytes;
    const refused = await everyDamage(whole, await fileWith(""), (path) => loadDlib(path));
    // Cut before the classes it is whole, for a file need not have any.
    expect(refused.cuts).toBe(whole.length - 1);
    expect(refused.flips).toBeGreaterThan(whole.length);
  }, 120_000);
});
