import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import {
  ArgumentError,
  FileError,
  ShapeError,
  UnknownNameError,
  UnsupportedLayerError,
} from "../../src/errors.js";
import { loadKeras } from "../../src/load/keras/load-keras.js";
import { loadKerasWeights } from "../../src/load/keras/load-keras-weights.js";
import type { Network } from "../../src/network/network.js";
import { noPadding } from "../../src/network/sliding.js";
import { everyDamage } from "./damage.js";
import { fileWith } from "./temporary.js";
import { type Contents, counted, hdf5File } from "./write-hdf5.js";

/*
 * Whole models that Keras itself wrote are compared, number by number, in test/reference; here stands what each
 * setting means.
 */

type Described = { readonly class_name: string; readonly config: object; readonly inbound_nodes?: unknown };

function layer(class_name: string, name: string, config: object = {}): Described {
  return { class_name, config: { name, ...config } };
}

const picture = layer("InputLayer", "picture", { batch_input_shape: [null, 5, 6, 2] });

async function sequential(layers: readonly Described[], weights: Contents = {}): Promise<string> {
  const model_config = JSON.stringify({ class_name: "Sequential", config: { name: "small", layers } });
  return fileWith(await hdf5File({ model_config, model_weights: weights }), "small.h5");
}

/** Keras 2's group of a layer. */
function kept(name: string, arrays: Readonly<Record<string, ReturnType<typeof counted>>>): Contents {
  return { weight_names: Object.keys(arrays).map((part) => `${name}/${part}:0`), [name]: withColon(arrays) };
}
const withColon = (arrays: object): Contents =>
  Object.fromEntries(Object.entries(arrays).map(([part, array]) => [`${part}:0`, array]));

describe("a layer of a Keras model", () => {
  test("becomes the convolution it is, its activation a layer after it", async () => {
    const net = await loadKeras(
      await sequential(
        [
          picture,
          layer("Conv2D", "c", {
            filters: 3,
            kernel_size: [2, 3],
            strides: [2, 1],
            padding: "same",
            activation: "relu",
          }),
        ],
        { c: kept("c", { kernel: counted([2, 3, 2, 3]), bias: counted([3], 100) }) },
      ),
    );
    expect(net.name).toBe("small");
    expect(net.input).toEqual({ height: 5, width: 6, channels: 2 });
    expect(net.layers).toEqual([
      {
        kind: "convolution",
        name: "c",
        inputs: ["input"],
        channels: 3,
        size: [2, 3],
        stride: [2, 1],
        // Three places of two rows need six rows, one more than there are; it goes below.
        padding: { top: 0, bottom: 1, left: 1, right: 1 },
        dilation: [1, 1],
        groups: 1,
      },
      { kind: "relu", name: "c_relu", inputs: ["c"] },
    ]);
    expect([...net.weights.get("c")!.filters!].slice(0, 4)).toEqual([1, 2, 3, 4]);
    expect([...net.weights.get("c")!.bias!]).toEqual([100, 101, 102]);
  });

  test("becomes the pool it is", async () => {
    const net = await loadKeras(
      await sequential([
        picture,
        layer("ZeroPadding2D", "z", {
          padding: [
            [1, 2],
            [3, 4],
          ],
        }),
        layer("MaxPooling2D", "m", { pool_size: [3, 2], strides: null, padding: "valid" }),
        layer("AveragePooling2D", "a", { pool_size: 2, strides: 1, padding: "same" }),
        layer("GlobalAveragePooling2D", "g"),
      ]),
    );
    expect(net.layers).toEqual([
      {
        kind: "zeroPad",
        name: "z",
        inputs: ["input"],
        padding: { top: 1, bottom: 2, left: 3, right: 4 },
        channels: [0, 0],
      },
      {
        kind: "maxPool",
        name: "m",
        inputs: ["z"],
        size: [3, 2],
        stride: [3, 2],
        padding: noPadding,
        rounding: "floor",
      },
      {
        kind: "averagePool",
        name: "a",
        inputs: ["m"],
        size: [2, 2],
        stride: [1, 1],
        padding: { top: 0, bottom: 1, left: 0, right: 1 },
        rounding: "floor",
        divisor: "inside",
      },
      { kind: "globalAveragePool", name: "g", inputs: ["a"] },
    ]);
  });

  test("keeps batch norm's parts by name, whatever their order, and fills those that are off", async () => {
    const net = await loadKeras(
      await sequential(
        [picture, layer("BatchNormalization", "b", { axis: [3], epsilon: 0.5, scale: false })],
        {
          b: kept("b", {
            moving_variance: counted([2], 5),
            beta: counted([2], 1),
            moving_mean: counted([2], 3),
          }),
        },
      ),
    );
    expect(net.layers).toEqual([{ kind: "batchNorm", name: "b", inputs: ["input"], epsilon: 0.5 }]);
    const { scale, offset, mean, variance } = net.weights.get("b")!;
    expect([scale, offset, mean, variance].map((values) => [...values!])).toEqual([
      [1, 1],
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
  });

  test("flattens cell by cell, then reads every input", async () => {
    const net = await loadKeras(
      await sequential(
        [
          picture,
          layer("Flatten", "f"),
          layer("Dropout", "d", { rate: 0.25 }),
          layer("Dense", "s", { units: 2, activation: "softmax", use_bias: false }),
        ],
        { s: kept("s", { kernel: counted([60, 2]) }) },
      ),
    );
    expect(net.layers).toEqual([
      { kind: "flatten", name: "f", inputs: ["input"], order: "hwc" },
      { kind: "dropout", name: "d", inputs: ["f"], rate: 0.25 },
      { kind: "dense", name: "s", inputs: ["d"], channels: 2 },
      { kind: "softmax", name: "s_softmax", inputs: ["s"] },
    ]);
    expect(net.weights.get("s")!.bias).toBeUndefined();
  });

  test("may go through each channel by itself", async () => {
    const net = await loadKeras(
      await sequential(
        [picture, layer("DepthwiseConv2D", "d", { kernel_size: 1, depth_multiplier: 2, use_bias: false })],
        { d: kept("d", { depthwise_kernel: counted([1, 1, 2, 2]) }) },
      ),
    );
    expect(net.layers[0]).toMatchObject({ kind: "convolution", groups: 2, channels: 4 });
    expect([...net.weights.get("d")!.filters!]).toEqual([1, 2, 3, 4]);
  });
});

/** A small graph with a fork, as Keras 2 writes it. */
function graph(nodes: Readonly<Record<string, unknown>>): string {
  const layers = [
    { ...picture, name: "picture", inbound_nodes: [] },
    { ...layer("Add", "sum"), name: "sum", inbound_nodes: nodes.sum },
    { ...layer("ReLU", "r"), name: "r", inbound_nodes: nodes.r },
  ];
  return JSON.stringify({ class_name: "Functional", config: { name: "fork", layers } });
}
const tensor = (name: string) => ({
  class_name: "__keras_tensor__",
  config: { keras_history: [name, 0, 0] },
});

describe("a graph of Keras layers", () => {
  test.each([
    [
      "Keras 2",
      {
        r: [[["picture", 0, 0, {}]]],
        sum: [
          [
            ["picture", 0, 0, {}],
            ["r", 0, 0, {}],
          ],
        ],
      },
    ],
    [
      "Keras 3",
      {
        r: [{ args: [tensor("picture")], kwargs: {} }],
        sum: [{ args: [[tensor("picture"), tensor("r")]], kwargs: {} }],
      },
    ],
  ])("is read in the order of its reading, as %s writes it", async (_, nodes) => {
    const net = await loadKeras(
      await fileWith(await hdf5File({ model_config: graph(nodes), model_weights: {} })),
    );
    expect(net.layers).toEqual([
      { kind: "relu", name: "r", inputs: ["input"] },
      { kind: "add", name: "sum", inputs: ["input", "r"] },
    ]);
  });

  test.each([
    ["a circle", { r: [[["sum", 0, 0, {}]]], sum: [[["r", 0, 0, {}]]] }, FileError],
    [
      "a layer used twice",
      { r: [[["picture", 0, 0, {}]], [["sum", 0, 0, {}]]], sum: [] },
      UnsupportedLayerError,
    ],
    ["a call with an argument", { r: [[["picture", 0, 0, { scale: 2 }]]], sum: [] }, UnsupportedLayerError],
    ["nonsense", { r: [7], sum: [[["r"]]] }, UnsupportedLayerError],
  ])("is refused when it has %s", async (_, nodes, kind) => {
    const path = await fileWith(await hdf5File({ model_config: graph(nodes), model_weights: {} }));
    await expect(loadKeras(path)).rejects.toBeInstanceOf(kind);
  });
});

describe("what is not known is refused by type and name", () => {
  test.each([
    ["a type", layer("LSTM", "odd"), "LSTM"],
    ["an activation", layer("Activation", "odd", { activation: "tanh" }), "Activation"],
    ["a ReLU that stops at six", layer("ReLU", "odd", { max_value: 6 }), "ReLU"],
    ["channels that come first", layer("Flatten", "odd", { data_format: "channels_first" }), "Flatten"],
    ["a join of rows", layer("Concatenate", "odd", { axis: 1 }), "Concatenate"],
    ["a batch norm over rows", layer("BatchNormalization", "odd", { axis: 1 }), "BatchNormalization"],
    ["a renormalised batch norm", layer("BatchNormalization", "odd", { renorm: true }), "BatchNormalization"],
    ["a setting", layer("Dropout", "odd", { rate: 0.5, twice: "yes" }), "Dropout"],
    ["a padding", layer("MaxPooling2D", "odd", { padding: "full" }), "MaxPooling2D"],
    ["a model inside", { class_name: "Sequential", config: { name: "odd", layers: [] } }, "Sequential"],
  ])("%s", async (_, odd, type) => {
    const error = await loadKeras(await sequential([picture, odd])).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UnsupportedLayerError);
    expect(error).toMatchObject({ type, layer: "odd" });
  });
});

test("weights of another shape than the layer's are refused", async () => {
  const path = await sequential(
    [picture, layer("Conv2D", "c", { filters: 3, kernel_size: 1, use_bias: false })],
    { c: kept("c", { kernel: counted([1, 1, 3, 3]) }) },
  );
  await expect(loadKeras(path)).rejects.toBeInstanceOf(ShapeError);
});

test("a size that is left open is the caller's to say", async () => {
  const open = layer("InputLayer", "picture", { batch_shape: [null, null, null, 3] });
  const path = await sequential([open, layer("ReLU", "r")]);
  await expect(loadKeras(path)).rejects.toBeInstanceOf(ArgumentError);
  expect((await loadKeras(path, { inputSize: [7, 9] })).input).toEqual({ height: 7, width: 9, channels: 3 });
});

describe("weights alone", () => {
  const definition: Network = {
    name: "defined",
    input: { height: 1, width: 1, channels: 2 },
    layers: [
      { kind: "dense", name: "first", inputs: ["input"], channels: 2 },
      { kind: "batchNorm", name: "norm", inputs: ["first"], epsilon: 1e-3 },
      { kind: "dense", name: "second", inputs: ["norm"], channels: 1 },
    ],
    weights: new Map(),
  };
  const vars = (...arrays: ReturnType<typeof counted>[]): Contents => ({
    vars: Object.fromEntries(arrays.map((array, i) => [String(i), array])),
  });
  const keras3 = {
    layers: {
      dense: vars(counted([2, 2]), counted([2], 10)),
      batch_normalization: vars(counted([2], 20), counted([2], 30), counted([2], 40), counted([2], 50)),
      dense_1: vars(counted([2, 1], 60)),
    },
  };

  test("of Keras 3 are found by their place among the layers of their type", async () => {
    const net = await loadKerasWeights(await fileWith(await hdf5File(keras3)), definition);
    expect([...net.weights.get("first")!.bias!]).toEqual([10, 11]);
    expect([...net.weights.get("norm")!.variance!]).toEqual([50, 51]);
    expect([...net.weights.get("second")!.filters!]).toEqual([60, 61]);
    expect(net.weights.get("second")!.bias).toBeUndefined();
  });

  test("are found by the file's own names, or by those that the caller gives", async () => {
    const path = await fileWith(
      await hdf5File({
        first: kept("first", { kernel: counted([2, 2]), bias: counted([2]) }),
        theirs: kept("theirs", { kernel: counted([2, 1], 7) }),
        norm: kept("norm", { moving_mean: counted([2], 3), moving_variance: counted([2], 5) }),
      }),
    );
    const net = await loadKerasWeights(path, definition, { names: { second: "theirs" } });
    expect([...net.weights.get("second")!.filters!]).toEqual([7, 8]);
    expect([...net.weights.get("norm")!.scale!]).toEqual([1, 1]);
    const error = await loadKerasWeights(path, definition).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UnknownNameError);
    expect(error).toMatchObject({ got: "second", known: expect.arrayContaining(["theirs"]) });
  });

  test("are not taken for a whole model", async () => {
    await expect(loadKeras(await fileWith(await hdf5File(keras3)))).rejects.toThrow("loadKerasWeights");
  });

  test("that are quantized are refused", async () => {
    const int8 = { shape: [2, 2], values: [1, 2, 3, 4], type: "<b" };
    const path = await fileWith(
      await hdf5File({ layers: { ...keras3.layers, dense: { vars: { 0: int8, 1: counted([2]) } } } }),
    );
    await expect(loadKerasWeights(path, definition)).rejects.toThrow("wanted float32 or float64");
  });
});

describe("a file that is not what it should be", () => {
  const config = JSON.stringify({
    class_name: "Sequential",
    config: { name: "s", layers: [picture, layer("Conv2D", "c", { filters: 1, kernel_size: 1 })] },
  });
  const weights = { layers: { conv2d: { vars: { 0: counted([1, 1, 2, 1]), 1: counted([1]) } } } };
  const archive = async (): Promise<Uint8Array> =>
    zipSync({
      "config.json": new TextEncoder().encode(config),
      "model.weights.h5": [await hdf5File(weights), { level: 0 }],
    });

  test("is whole here", async () => {
    const net = await loadKeras(await fileWith(await archive()));
    expect([...net.weights.get("c")!.filters!]).toEqual([1, 2]);
  });

  test.each([
    ["empty", ""],
    ["text", "once upon a time"],
    ["a zip archive of nothing", zipSync({})],
    ["a zip archive without an end", zipSync({ "config.json": new Uint8Array(9) }).subarray(0, 60)],
    ["the beginning of HDF5", new Uint8Array([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0])],
    [
      "a zip archive with no JSON",
      zipSync({ "config.json": new Uint8Array(9), "model.weights.h5": new Uint8Array(9) }),
    ],
  ])("is %s", async (_, content) => {
    await expect(loadKeras(await fileWith(content))).rejects.toMatchObject({
      name: "FileError",
      problem: "malformed",
    });
  });

  test("claims to unpack to far more than it is", async () => {
    const bytes = zipSync({
      "config.json": new Uint8Array(50_000_000),
      "model.weights.h5": new Uint8Array(1),
    });
    await expect(loadKeras(await fileWith(bytes))).rejects.toThrow("unpack to 50000000");
  });

  test("is cut or has a byte flipped", async () => {
    const refused = await everyDamage(await archive(), await fileWith(""), (path) => loadKeras(path), {
      flips: [0xff],
      every: 61,
    });
    expect(refused.cuts).toBeGreaterThan(20);
    expect(refused.flips).toBeGreaterThan(0);
  }, 240_000);
});
