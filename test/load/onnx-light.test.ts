import { beforeAll, expect, test } from "vitest";
import { UnsupportedLayerError } from "../../src/errors.js";
import { loadOnnx } from "../../src/load/onnx/load-onnx.js";
import type { Network } from "../../src/network/network.js";
import { parameterCount } from "../../src/network/parameters.js";
import { shapes } from "../../src/network/shapes.js";
import { type LightModel, lightModels } from "./light-models.js";

let paths: Record<LightModel, string>;
beforeAll(async () => {
  paths = await lightModels();
}, 600_000);

function counts(net: Network): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { kind } of net.layers) found[kind] = (found[kind] ?? 0) + 1;
  return found;
}

/** The nodes of each graph by type, as `onnx` itself counts them. */
test.each<[LightModel, number, Record<string, number>]>([
  [
    "zfnet512",
    22,
    { convolution: 5, relu: 7, localResponseNorm: 2, maxPool: 3, flatten: 1, dense: 3, softmax: 1 },
  ],
  ["vgg19", 46, { convolution: 16, relu: 18, maxPool: 5, flatten: 1, dense: 3, dropout: 2, softmax: 1 }],
  [
    "squeezenet",
    66,
    { convolution: 26, relu: 26, maxPool: 3, concat: 8, dropout: 1, globalAveragePool: 1, softmax: 1 },
  ],
  [
    "inception_v1",
    143,
    {
      convolution: 57,
      relu: 57,
      maxPool: 13,
      localResponseNorm: 2,
      concat: 9,
      averagePool: 1,
      dropout: 1,
      flatten: 1,
      dense: 1,
      softmax: 1,
    },
  ],
  [
    "resnet50",
    176,
    {
      convolution: 53,
      batchNorm: 53,
      relu: 49,
      maxPool: 1,
      add: 16,
      averagePool: 1,
      flatten: 1,
      dense: 1,
      softmax: 1,
    },
  ],
])("light_%s is read whole: %i layers", async (name, layers, kinds) => {
  const net = await loadOnnx(paths[name]);
  expect(counts(net)).toEqual(kinds);
  expect(net.layers).toHaveLength(layers);
  expect(net.input).toEqual({ height: 224, width: 224, channels: 3 });
  expect(shapes(net).get(net.layers.at(-1)!.name)).toEqual([1, 1, 1000]);
  expect(net.weights.size).toBe((kinds.convolution ?? 0) + (kinds.dense ?? 0) + (kinds.batchNorm ?? 0));
});

test("light_vgg19 has VGG19's 143,667,240 parameters", async () => {
  expect(parameterCount(await loadOnnx(paths.vgg19))).toBe(143_667_240);
});

test("light_densenet121 scales after each batch norm, which stays a layer of its own", async () => {
  const kinds = counts(await loadOnnx(paths.densenet121));
  expect(kinds).toMatchObject({ convolution: 121, batchNorm: 242, concat: 58, averagePool: 3 });
});

test("light_bvlc_alexnet's grouped convolutions are read as such", async () => {
  const groups = (await loadOnnx(paths.bvlc_alexnet)).layers.map(
    (layer) => "groups" in layer && layer.groups,
  );
  expect(groups.filter(Boolean)).toEqual([1, 2, 1, 2, 2]);
});

test("light_shufflenet shuffles channels, which is refused by type and name", async () => {
  const error = await loadOnnx(paths.shufflenet).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(UnsupportedLayerError);
  expect(error).toMatchObject({ type: "Reshape", layer: "n7" });
});
