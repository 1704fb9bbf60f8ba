import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { FileError, UnsupportedLayerError } from "../../src/errors.js";
import { loadLayersModel } from "../../src/load/tfjs/load-layers-model.js";
import { everyDamage } from "./damage.js";
import { folderWith } from "./temporary.js";

/** A small model as tfjs itself saves it. */
let saved: { readonly json: Record<string, unknown>; readonly weights: Uint8Array };
let bias: Float32Array;

beforeAll(async () => {
  const image = tf.input({ shape: [6, 7, 2], name: "image" });
  const convolution = tf.layers.conv2d({
    filters: 3,
    kernelSize: [2, 3],
    strides: 2,
    padding: "same",
    activation: "relu",
    biasInitializer: "randomNormal",
    name: "c",
  });
  const c = convolution.apply(image) as tf.SymbolicTensor;
  const b = tf.layers.batchNormalization({ name: "b" }).apply(c) as tf.SymbolicTensor;
  const sum = tf.layers.add({ name: "sum" }).apply([c, b]) as tf.SymbolicTensor;
  const flat = tf.layers.flatten({ name: "f" }).apply(sum) as tf.SymbolicTensor;
  const model = tf.model({
    inputs: image,
    outputs: tf.layers.dense({ units: 4, activation: "softmax", name: "d" }).apply(flat) as tf.SymbolicTensor,
    name: "fork",
  });
  await model.save(
    tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
      const json = {
        format: "layers-model",
        modelTopology,
        weightsManifest: [{ paths: ["w.bin"], weights: weightSpecs }],
      };
      saved = {
        json: JSON.parse(JSON.stringify(json)),
        weights: new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData)),
      };
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" } };
    }),
  );
  bias = (await convolution.getWeights()[1].data()) as Float32Array;
  model.dispose();
});

/** Writes the model with some of its description changed. */
async function modelWith(
  change: (json: typeof saved.json) => void = () => {},
  files: Readonly<Record<string, Uint8Array>> = { "w.bin": saved.weights },
): Promise<string> {
  const json = structuredClone(saved.json);
  change(json);
  return join(await folderWith({ "model.json": JSON.stringify(json), ...files }), "model.json");
}
const manifest = (json: typeof saved.json): { paths: string[]; weights: Record<string, unknown>[] } =>
  (json.weightsManifest as [{ paths: string[]; weights: Record<string, unknown>[] }])[0];

test("a model that tfjs saved is read as the graph it was", async () => {
  const net = await loadLayersModel(await modelWith());
  expect(net.name).toBe("fork");
  expect(net.input).toEqual({ height: 6, width: 7, channels: 2 });
  expect(net.layers.map(({ kind, name, inputs }) => [kind, name, ...inputs])).toEqual([
    ["convolution", "c", "input"],
    ["relu", "c_relu", "c"],
    ["batchNorm", "b", "c_relu"],
    ["add", "sum", "c_relu", "b"],
    ["flatten", "f", "sum"],
    ["dense", "d", "f"],
    ["softmax", "d_softmax", "d"],
  ]);
  expect(net.layers[0]).toMatchObject({ padding: { top: 0, bottom: 0, left: 1, right: 1 } });
  expect(net.weights.get("c")!.bias).toEqual(bias);
  expect(net.weights.get("c")!.filters).toHaveLength(2 * 3 * 2 * 3);
  expect([...net.weights.get("b")!.variance!]).toEqual([1, 1, 1]);
});

test("weights are read across the cut between two shards", async () => {
  const cut = 6 * 6 * 4 + 2;
  const path = await modelWith(
    (json) => {
      manifest(json).paths = ["a.bin", "sub/b.bin"];
    },
    { "a.bin": saved.weights.subarray(0, cut), "sub/b.bin": saved.weights.subarray(cut) },
  );
  expect((await loadLayersModel(path)).weights.get("c")!.bias).toEqual(bias);
});

describe("quantized weights become what tfjs makes of them", () => {
  const dense = { units: 2, useBias: false };
  const model = (quantization: object): Record<string, unknown> => ({
    modelTopology: {
      class_name: "Sequential",
      config: [
        { class_name: "InputLayer", config: { name: "i", batch_input_shape: [null, 2] } },
        { class_name: "Dense", config: { name: "d", units: dense.units, use_bias: false } },
      ],
    },
    weightsManifest: [
      { paths: ["w.bin"], weights: [{ name: "d/kernel", shape: [2, 2], dtype: "float32", quantization }] },
    ],
  });

  test.each([
    ["uint8", Uint8Array.of(0, 1, 2, 255), [-1, -0.5, 0, 126.5]],
    ["uint16", new Uint8Array(Uint16Array.of(0, 1, 2, 65535).buffer), [-1, -0.5, 0, 32766.5]],
    ["float16", new Uint8Array(Uint16Array.of(0x3c00, 0xc000, 0x3800, 0).buffer), [1, -2, 0.5, 0]],
  ])("%s", async (dtype, bytes, wanted) => {
    const json = JSON.stringify(model({ dtype, scale: 0.5, min: -1, original_dtype: "float32" }));
    const folder = await folderWith({ "model.json": json, "w.bin": bytes });
    const net = await loadLayersModel(join(folder, "model.json"));
    expect([...net.weights.get("d")!.filters!]).toEqual(wanted);
  });

  test("by any other scheme they are refused", async () => {
    const folder = await folderWith({
      "model.json": JSON.stringify(model({ dtype: "int4" })),
      "w.bin": new Uint8Array(4),
    });
    await expect(loadLayersModel(join(folder, "model.json"))).rejects.toThrow("no valid quantization");
  });
});

describe("what is not right is refused", () => {
  test.each(["../w.bin", "/etc/hostname", "sub/../../w.bin", ""])("a shard at %j", async (shard) => {
    const folder = await folderWith({ "w.bin": saved.weights });
    await mkdir(join(folder, "model"));
    const json = structuredClone(saved.json);
    manifest(json).paths = [shard];
    await writeFile(join(folder, "model/model.json"), JSON.stringify(json));
    await expect(loadLayersModel(join(folder, "model/model.json"))).rejects.toMatchObject({
      problem: "outside",
    });
  });

  test("a shard that is missing, or too short, or too long", async () => {
    await expect(loadLayersModel(await modelWith(() => {}, {}))).rejects.toMatchObject({
      problem: "missing",
    });
    for (const weights of [saved.weights.subarray(1), new Uint8Array(saved.weights.length + 1)]) {
      await expect(loadLayersModel(await modelWith(() => {}, { "w.bin": weights }))).rejects.toMatchObject({
        problem: "truncated",
      });
    }
  });

  test("a weight that claims more than is there", async () => {
    const path = await modelWith((json) => {
      manifest(json).weights[0].shape = [1 << 20, 1 << 20, 3, 1];
    });
    await expect(loadLayersModel(path)).rejects.toMatchObject({ problem: "truncated" });
  });

  test("a weight that is not there", async () => {
    const path = await modelWith((json) => {
      manifest(json).weights[0].name = "elsewhere/kernel";
    });
    await expect(loadLayersModel(path)).rejects.toBeInstanceOf(FileError);
  });

  test("a graph model, whose layers are gone", async () => {
    const path = await modelWith((json) => {
      json.format = "graph-model";
    });
    await expect(loadLayersModel(path)).rejects.toThrow("graph model");
  });

  test("a layer type, by type and name", async () => {
    const path = await modelWith((json) => {
      const text = JSON.stringify(json.modelTopology).replace('"BatchNormalization"', '"LayerNormalization"');
      json.modelTopology = JSON.parse(text);
    });
    const error = await loadLayersModel(path).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UnsupportedLayerError);
    expect(error).toMatchObject({ type: "LayerNormalization", layer: "b" });
  });

  test.each([
    ["empty", ""],
    ["no JSON", "model"],
    ["a list", "[1, 2]"],
    ["null", "null"],
    ["without a model", '{"weightsManifest": []}'],
    ["with an empty model", '{"modelTopology": null}'],
    ["with no layers", '{"modelTopology": {"class_name": "Sequential", "config": {"layers": []}}}'],
  ])("a file that is %s", async (_, text) => {
    const folder = await folderWith({ "model.json": text });
    await expect(loadLayersModel(join(folder, "model.json"))).rejects.toBeInstanceOf(FileError);
  });

  test("a file that is cut or has a byte flipped", async () => {
    const path = await modelWith();
    const whole = new TextEncoder().encode(JSON.stringify(saved.json));
    const refused = await everyDamage(whole, path, loadLayersModel, { flips: [0x01, 0x10], every: 7 });
    expect(refused.cuts).toBe(Math.ceil(whole.length / 7));
    expect(refused.flips).toBeGreaterThan(whole.length / 30);
  }, 120_000);
});
