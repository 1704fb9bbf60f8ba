import { expect, test } from "vitest";
import { vgg16Definition, vgg19Definition } from "../../src/network/definitions/vgg.js";
import { krizhevsky, zfnet } from "../../src/network/definitions/zfnet.js";
import { outputNames } from "../../src/network/graph.js";
import { parameterCount } from "../../src/network/parameters.js";
import { receptiveField } from "../../src/network/receptive-field.js";
import { shapes } from "../../src/network/shapes.js";

test("ZFNet has the paper's sizes", () => {
  const sizes = shapes(zfnet());
  const heights = ["conv1", "pool1", "conv2", "pool2", "conv3", "conv4", "conv5", "pool5"].map(
    (name) => sizes.get(name)![0],
  );
  expect(heights).toEqual([110, 55, 26, 13, 13, 13, 13, 6]);
  expect(sizes.get("flatten")).toEqual([1, 1, 9216]);
});

test("ZFNet has 62,357,608 parameters", () => {
  expect(parameterCount(zfnet())).toBe(62_357_608);
});

test("ZFNet's receptive fields and strides are those of paper.md's table", () => {
  const expected = {
    conv1: [7, 2],
    pool1: [11, 4],
    conv2: [27, 8],
    pool2: [43, 16],
    conv3: [75, 16],
    conv4: [107, 16],
    conv5: [139, 16],
    pool5: [171, 32],
  };
  for (const [layer, [size, stride]] of Object.entries(expected)) {
    expect([layer, receptiveField(zfnet(), layer).size, receptiveField(zfnet(), layer).stride]).toEqual([
      layer,
      [size, size],
      [stride, stride],
    ]);
  }
});

test("Krizhevsky's first layer is 55 × 55 × 96 and his fifth pool 6 × 6 × 256", () => {
  expect(shapes(krizhevsky()).get("conv1")).toEqual([55, 55, 96]);
  expect(shapes(krizhevsky()).get("pool5")).toEqual([6, 6, 256]);
});

test("VGG16 and VGG19 have their published numbers of parameters", () => {
  expect(parameterCount(vgg16Definition())).toBe(14_714_688);
  expect(parameterCount(vgg16Definition({ head: "classifier" }))).toBe(138_357_544);
  expect(parameterCount(vgg19Definition({ head: "classifier" }))).toBe(143_667_240);
});

test("VGG16's receptive fields and strides", () => {
  const expected = {
    conv1_2: [5, 1],
    pool1: [6, 2],
    conv2_2: [14, 2],
    pool2: [16, 4],
    conv3_3: [40, 4],
    pool3: [44, 8],
    conv4_3: [92, 8],
    pool4: [100, 16],
    conv5_3: [196, 16],
    pool5: [212, 32],
  };
  for (const [layer, [size, stride]] of Object.entries(expected)) {
    expect([
      layer,
      receptiveField(vgg16Definition(), layer).size,
      receptiveField(vgg16Definition(), layer).stride,
    ]).toEqual([layer, [size, size], [stride, stride]]);
  }
});

test("a ReLU goes by the name of the convolution it rectifies", () => {
  expect([...outputNames(vgg16Definition()).keys()].slice(0, 4)).toEqual([
    "conv1_1",
    "conv1_2",
    "pool1",
    "conv2_1",
  ]);
  expect(outputNames(vgg16Definition()).get("conv1_1")!.name).toBe("conv1_1_relu");
});
