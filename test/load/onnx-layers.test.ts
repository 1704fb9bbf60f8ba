import { create } from "@bufbuild/protobuf";
import { TensorProto_DataType, TensorProtoSchema } from "onnx-buf";
import { expect, test } from "vitest";
import { loadOnnx } from "../../src/load/onnx/load-onnx.js";
import type { LoadOptions } from "../../src/load/options.js";
import type { Network } from "../../src/network/network.js";
import { shapes } from "../../src/network/shapes.js";
import { fileWith } from "./temporary.js";
import { floats, input, integers, node, onnxFile } from "./write-onnx.js";

async function load(graph: Parameters<typeof onnxFile>[0], options: LoadOptions = {}): Promise<Network> {
  return loadOnnx(await fileWith(onnxFile(graph), "small.onnx"), options);
}
const zeroPadding = { top: 0, bottom: 0, left: 0, right: 0 };
const picture = input("x", 1, 2, 6, 5);

test("a convolution's filters are turned from [out,in,height,width] to [height,width,in,out]", async () => {
  const net = await load({
    inputs: [input("x", 1, 2, 3, 3)],
    tensors: [floats("w", [2, 2, 1, 2], [1, 2, 3, 4, 5, 6, 7, 8]), floats("b", [2], [10, 20])],
    nodes: [node("Conv", ["x", "w", "b"], "y", {}, "first")],
  });
  expect(net.layers).toEqual([
    {
      kind: "convolution",
      name: "first",
      inputs: ["input"],
      channels: 2,
      size: [1, 2],
      stride: [1, 1],
      padding: zeroPadding,
      dilation: [1, 1],
      groups: 1,
    },
  ]);
  // Left column: in 0 → out 0 and 1 are 1 and 5, in 1 → 3 and 7; right column the even ones.
  expect([...net.weights.get("first")!.filters!]).toEqual([1, 5, 3, 7, 2, 6, 4, 8]);
  expect([...net.weights.get("first")!.bias!]).toEqual([10, 20]);
  expect(net).toMatchObject({ name: "small", input: { height: 3, width: 3, channels: 2 } });
});

test("stride, uneven padding, dilation and groups are read in the file's order", async () => {
  const net = await load({
    inputs: [input("x", 1, 2, 9, 9)],
    tensors: [floats("w", [4, 1, 3, 2], new Array(24).fill(1))],
    nodes: [
      node("Conv", ["x", "w"], "y", { strides: [2, 1], pads: [1, 2, 3, 4], dilations: [1, 2], group: 2 }),
    ],
  });
  expect(net.layers[0]).toMatchObject({
    name: "y",
    stride: [2, 1],
    padding: { top: 1, left: 2, bottom: 3, right: 4 },
    dilation: [1, 2],
    groups: 2,
  });
  expect(net.weights.get("y")!.bias).toBeUndefined();
});

test.each([
  ["SAME_UPPER", { top: 0, bottom: 1, left: 1, right: 1 }],
  ["SAME_LOWER", { top: 1, bottom: 0, left: 1, right: 1 }],
  ["VALID", zeroPadding],
])("auto_pad %s is worked out for the input's size", async (auto_pad, padding) => {
  const net = await load({
    inputs: [picture],
    nodes: [node("MaxPool", ["x"], "y", { kernel_shape: [3, 3], strides: [2, 2], auto_pad })],
  });
  expect(net.layers[0]).toMatchObject({ kind: "maxPool", padding });
});

test("pools keep their rounding and their divisor", async () => {
  const window = { kernel_shape: [3, 2], strides: [2, 2] };
  const net = await load({
    inputs: [picture],
    nodes: [
      node("MaxPool", ["x"], "a", { ...window, ceil_mode: 1 }),
      node("AveragePool", ["a"], "b", { kernel_shape: [2, 2], pads: [1, 1, 1, 1], count_include_pad: 1 }),
      node("AveragePool", ["b"], "c", { kernel_shape: [2, 2], pads: [1, 1, 1, 1] }),
      node("GlobalMaxPool", ["c"], "d"),
      node("GlobalAveragePool", ["d"], "e"),
    ],
  });
  expect(net.layers).toMatchObject([
    { kind: "maxPool", size: [3, 2], stride: [2, 2], rounding: "ceil" },
    { kind: "averagePool", stride: [1, 1], divisor: "padded", rounding: "floor" },
    { kind: "averagePool", divisor: "inside" },
    { kind: "maxPool", size: [5, 5] },
    { kind: "globalAveragePool" },
  ]);
  expect(shapes(net).get("a")).toEqual([3, 3, 2]);
});

test("a matrix product and an addition after it are one dense layer with a bias", async () => {
  const net = await load({
    inputs: [input("x", 1, 2)],
    tensors: [floats("w", [2, 3], [1, 2, 3, 4, 5, 6]), floats("b", [3], [7, 8, 9])],
    nodes: [node("MatMul", ["x", "w"], "p", {}, "product"), node("Add", ["b", "p"], "y", {}, "sum")],
  });
  expect(net.layers).toEqual([{ kind: "dense", name: "product", inputs: ["input"], channels: 3 }]);
  expect([...net.weights.get("product")!.filters!]).toEqual([1, 2, 3, 4, 5, 6]);
  expect([...net.weights.get("product")!.bias!]).toEqual([7, 8, 9]);
});

test("an addition stays a layer of its own where something else reads the product too", async () => {
  const net = await load({
    inputs: [input("x", 1, 2)],
    tensors: [floats("w", [2, 2], [1, 0, 0, 1]), floats("b", [2], [7, 8])],
    nodes: [node("MatMul", ["x", "w"], "p"), node("Add", ["p", "b"], "q"), node("Add", ["p", "q"], "y")],
  });
  expect(net.layers.map(({ kind, name }) => [kind, name])).toEqual([
    ["dense", "p"],
    ["batchNorm", "q"],
    ["add", "y"],
  ]);
  expect([...net.weights.get("q")!.offset!]).toEqual([7, 8]);
  expect([...net.weights.get("q")!.scale!]).toEqual([1, 1]);
});

test("Gemm's factors and its turned matrix are worked into the weights", async () => {
  const net = await load({
    inputs: [input("x", 1, 2)],
    tensors: [floats("w", [3, 2], [1, 2, 3, 4, 5, 6]), floats("c", [], [7])],
    nodes: [node("Gemm", ["x", "w", "c"], "y", { transB: 1, alpha: { float: 2 }, beta: { float: 3 } })],
  });
  expect([...net.weights.get("y")!.filters!]).toEqual([2, 6, 10, 4, 8, 12]);
  expect([...net.weights.get("y")!.bias!]).toEqual([21, 21, 21]);
});

test("batch norm keeps its four parts and its epsilon", async () => {
  const part = (name: string, value: number) => floats(name, [2], [value, -value]);
  const net = await load({
    inputs: [picture],
    tensors: [part("s", 1), part("o", 2), part("m", 3), floats("v", [2], [4, 5])],
    nodes: [node("BatchNormalization", ["x", "s", "o", "m", "v"], "y", { epsilon: { float: 0.25 } })],
  });
  expect(net.layers[0]).toMatchObject({ kind: "batchNorm", epsilon: 0.25 });
  const { scale, offset, mean, variance } = net.weights.get("y")!;
  expect([scale, offset, mean, variance].map((values) => [...values!])).toEqual([
    [1, -1],
    [2, -2],
    [3, -3],
    [4, 5],
  ]);
});

test("a product and a sum by channel are one batch norm that changes nothing else", async () => {
  const net = await load({
    inputs: [picture],
    tensors: [floats("s", [2, 1, 1], [2, 3]), floats("o", [1, 2, 1, 1], [5, 7])],
    nodes: [node("Mul", ["x", "s"], "a"), node("Sub", ["a", "o"], "y")],
  });
  expect(net.layers).toEqual([{ kind: "batchNorm", name: "a", inputs: ["input"], epsilon: 0 }]);
  const { scale, offset, mean, variance } = net.weights.get("a")!;
  expect([scale, offset, mean, variance].map((values) => [...values!])).toEqual([
    [2, 3],
    [-5, -7],
    [0, 0],
    [1, 1],
  ]);
});

test("before opset 7 an attribute says along which axis a constant lies", async () => {
  const net = await load({
    inputs: [picture],
    opset: 6,
    tensors: [floats("o", [2], [5, 7])],
    nodes: [node("Add", ["x", "o"], "y", { broadcast: 1, axis: 1 })],
  });
  expect([...net.weights.get("y")!.offset!]).toEqual([5, 7]);
});

test("alpha of a local response norm is divided by the window as ONNX does", async () => {
  const net = await load({
    inputs: [picture],
    nodes: [
      node("LRN", ["x"], "y", {
        size: 5,
        alpha: { float: 0.5 },
        beta: { float: 0.75 },
        bias: { float: 2 },
      }),
    ],
  });
  expect(net.layers[0]).toEqual({
    kind: "localResponseNorm",
    name: "y",
    inputs: ["input"],
    size: 5,
    alpha: 0.1,
    beta: 0.75,
    k: 2,
  });
});

test("branches are added and joined in the file's order", async () => {
  const net = await load({
    inputs: [picture],
    nodes: [
      node("Relu", ["x"], "a"),
      node("Sum", ["x", "a", "x"], "b"),
      node("Concat", ["b", "a"], "y", { axis: -3 }),
    ],
  });
  expect(net.layers).toMatchObject([
    { kind: "relu" },
    { kind: "add", inputs: ["input", "a", "input"] },
    { kind: "concat", inputs: ["b", "a"] },
  ]);
});

test("zero padding may also give channels", async () => {
  const net = await load({
    inputs: [picture],
    tensors: [integers("pads", [0, 1, 2, 3, 0, 4, 5, 6])],
    nodes: [node("Pad", ["x", "pads"], "y")],
  });
  expect(net.layers[0]).toMatchObject({
    kind: "zeroPad",
    channels: [1, 4],
    padding: { top: 2, bottom: 5, left: 3, right: 6 },
  });
});

test("a clip at 0 alone is a ReLU, by attribute and by input", async () => {
  const net = await load({
    inputs: [picture],
    tensors: [floats("zero", [], [0])],
    nodes: [node("Clip", ["x", "zero"], "y")],
  });
  expect(net.layers).toEqual([{ kind: "relu", name: "y", inputs: ["input"] }]);
  const old = await load({
    inputs: [picture],
    opset: 6,
    nodes: [node("Clip", ["x"], "y", { min: { float: 0 } })],
  });
  expect(old.layers).toEqual(net.layers);
});

test("Flatten, Reshape and Squeeze to a row read channel by channel", async () => {
  const flat = { kind: "flatten", order: "chw", inputs: ["input"] };
  const flatten = await load({ inputs: [picture], nodes: [node("Flatten", ["x"], "y")] });
  expect(flatten.layers).toMatchObject([flat]);
  const reshape = await load({
    inputs: [picture],
    tensors: [integers("shape", [0, -1])],
    nodes: [node("Reshape", ["x", "shape"], "y")],
  });
  expect(reshape.layers).toMatchObject([flat]);
  const squeeze = await load({
    inputs: [input("x", 1, 7, 1, 1)],
    tensors: [integers("axes", [2, 3])],
    nodes: [node("Squeeze", ["x", "axes"], "y")],
  });
  expect(squeeze.layers).toMatchObject([flat]);
});

test("a shape that is worked out node by node is followed, with an open batch", async () => {
  const net = await load({
    inputs: [input("x", -1, 2, 6, 5)],
    tensors: [integers("zero", [0], []), integers("axes", [0]), integers("rest", [-1])],
    nodes: [
      node("Shape", ["x"], "shape"),
      node("Gather", ["shape", "zero"], "batch"),
      node("Unsqueeze", ["batch", "axes"], "first"),
      node("Concat", ["first", "rest"], "target", { axis: 0 }),
      node("Reshape", ["x", "target"], "y"),
    ],
  });
  expect(net.layers).toMatchObject([{ kind: "flatten", order: "chw" }]);
});

test("pictures with channels last, as Keras exports them, go through transposes that leave no layer", async () => {
  const net = await load({
    inputs: [input("x", -1, 6, 5, 2)],
    nodes: [
      node("Transpose", ["x"], "in", { perm: [0, 3, 1, 2] }),
      node("MaxPool", ["in"], "pooled", { kernel_shape: [2, 2], strides: [2, 2] }),
      node("Transpose", ["pooled"], "out", { perm: [0, 2, 3, 1] }),
      node("Relu", ["out"], "rectified"),
      node("Flatten", ["rectified"], "y"),
    ],
  });
  expect(net.input).toEqual({ height: 6, width: 5, channels: 2 });
  expect(net.layers).toMatchObject([
    { kind: "maxPool", inputs: ["input"] },
    { kind: "relu", inputs: ["pooled"] },
    { kind: "flatten", order: "hwc" },
  ]);
});

test("Identity, Cast and a Dropout that only trains change no numbers", async () => {
  const net = await load({
    inputs: [picture],
    tensors: [floats("ratio", [], [0.25])],
    nodes: [
      node("Identity", ["x"], "a"),
      node("Cast", ["a"], "b", { to: 1 }),
      node("Dropout", ["b", "ratio"], ["c", "mask"]),
      node("Identity", ["c"], "y"),
    ],
  });
  expect(net.layers).toEqual([{ kind: "dropout", name: "c", inputs: ["input"], rate: 0.25 }]);
});

test("weights may stand in Constant nodes and be filled by ConstantOfShape", async () => {
  const net = await load({
    inputs: [input("x", 1, 1, 3, 3)],
    tensors: [integers("shape", [2])],
    nodes: [
      node("Constant", [], "w", { value: floats("", [2, 1, 1, 1], [3, 4]) }),
      node("ConstantOfShape", ["shape"], "b", { value: floats("", [1], [0.5]) }),
      node("Conv", ["x", "w", "b"], "y"),
    ],
  });
  expect([...net.weights.get("y")!.filters!]).toEqual([3, 4]);
  expect([...net.weights.get("y")!.bias!]).toEqual([0.5, 0.5]);
});

test("weights may be turned and reshaped by nodes on their way", async () => {
  const net = await load({
    inputs: [input("x", 1, 2)],
    tensors: [floats("t", [3, 1, 2], [1, 2, 3, 4, 5, 6]), integers("shape", [3, 2])],
    nodes: [
      node("Reshape", ["t", "shape"], "m"),
      node("Transpose", ["m"], "w", { perm: [1, 0] }),
      node("MatMul", ["x", "w"], "y"),
    ],
  });
  expect([...net.weights.get("y")!.filters!]).toEqual([1, 3, 5, 2, 4, 6]);
});

test.each([
  ["DOUBLE", new Uint8Array(Float64Array.of(1.5, -2).buffer)],
  ["FLOAT16", new Uint8Array(Uint16Array.of(0x3e00, 0xc000).buffer)],
  ["BFLOAT16", new Uint8Array(Uint16Array.of(0x3fc0, 0xc000).buffer)],
])("weights of type %s are read exactly", async (type, rawData) => {
  const dataType = TensorProto_DataType[type as "DOUBLE"];
  const net = await load({
    inputs: [input("x", 1, 1, 3, 3)],
    tensors: [
      create(TensorProtoSchema, { name: "w", dims: [2n, 1n, 1n, 1n], dataType, rawData: rawData }),
      create(TensorProtoSchema, {
        name: "b",
        dims: [2n],
        dataType: TensorProto_DataType.FLOAT16,
        int32Data: [0x0001, 0x7bff],
      }),
    ],
    nodes: [node("Conv", ["x", "w", "b"], "y")],
  });
  expect([...net.weights.get("y")!.filters!]).toEqual([1.5, -2]);
  expect([...net.weights.get("y")!.bias!]).toEqual([2 ** -24, 65504]);
});

test("nothing that the output does not depend on is read, known or not", async () => {
  const net = await load({
    inputs: [picture],
    nodes: [node("Relu", ["x"], "y"), node("NonMaxSuppression", ["x"], "unused")],
    outputs: ["y"],
  });
  expect(net.layers).toHaveLength(1);
});

test("two nodes of one name: the second goes by its output's", async () => {
  const net = await load({
    inputs: [picture],
    nodes: [node("Relu", ["x"], "a", {}, "same"), node("Relu", ["a"], "b", {}, "same")],
  });
  expect(net.layers.map(({ name }) => name)).toEqual(["same", "b"]);
});

test("what the caller knows goes into the network", async () => {
  const preprocessing = { channelOrder: "grey" as const, scale: 1, mean: [0], deviation: [1] };
  const net = await load(
    { inputs: [input("x", -1, 1, -1, -1)], nodes: [node("Relu", ["x"], "y")], name: "" },
    { name: "mine", inputSize: [8, 9], preprocessing, classes: ["cat"] },
  );
  expect(net).toMatchObject({ name: "mine", classes: ["cat"] });
  expect(net.input).toEqual({ height: 8, width: 9, channels: 1, preprocessing });
});

test("preprocessing for another number of channels than the network reads is refused", async () => {
  const preprocessing = { channelOrder: "grey" as const, scale: 1, mean: [0], deviation: [1] };
  await expect(
    load({ inputs: [picture], nodes: [node("Relu", ["x"], "y")], name: "" }, { name: "mine", preprocessing }),
  ).rejects.toThrow('mine: preprocessing.channelOrder is "grey", wanted one for the network\'s');
});

test("a picture with channels last may be padded and scaled before they come first", async () => {
  const net = await load({
    inputs: [input("x", 1, 6, 5, 2)],
    tensors: [integers("pads", [0, 0, 1, 0, 0, 2, 0, 0]), floats("s", [2], [3, 4])],
    nodes: [
      node("Mul", ["x", "s"], "scaled"),
      node("Pad", ["scaled", "pads"], "padded"),
      node("Transpose", ["padded"], "in", { perm: [0, 3, 1, 2] }),
      node("GlobalAveragePool", ["in"], "y"),
    ],
  });
  expect(net.input).toEqual({ height: 6, width: 5, channels: 2 });
  expect(net.layers[1]).toMatchObject({
    kind: "zeroPad",
    padding: { top: 0, bottom: 2, left: 1, right: 0 },
    channels: [0, 0],
  });
});
