import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { create } from "@bufbuild/protobuf";
import { TensorProto_DataLocation, TensorProto_DataType, TensorProtoSchema } from "onnx-buf";
import { describe, expect, test } from "vitest";
import { ArgumentError, FileError, ShapeError, UnsupportedLayerError } from "../../src/errors.js";
import { loadOnnx } from "../../src/load/onnx/load-onnx.js";
import { everyDamage } from "./damage.js";
import { fileWith, folderWith } from "./temporary.js";
import { floats, input, integers, node, onnxFile } from "./write-onnx.js";

type Graph = Parameters<typeof onnxFile>[0];
async function refusal(graph: Graph): Promise<Error> {
  const path = await fileWith(onnxFile(graph), "small.onnx");
  return loadOnnx(path).then(
    () => expect.fail("it was loaded"),
    (error: Error) => error,
  );
}
const picture = input("x", 1, 2, 6, 5);
const window = { kernel_shape: [2, 2] };

describe("what is not known is refused by type and name", () => {
  const cases: readonly [what: string, type: string, graph: Graph][] = [
    ["an operator", "Sigmoid", { inputs: [picture], nodes: [node("Sigmoid", ["x"], "y", {}, "odd")] }],
    ["an attribute", "Relu", { inputs: [picture], nodes: [node("Relu", ["x"], "y", { slope: 1 }, "odd")] }],
    [
      "a dilated pool",
      "MaxPool",
      { inputs: [picture], nodes: [node("MaxPool", ["x"], "y", { ...window, dilations: [2, 2] }, "odd")] },
    ],
    [
      "a pool whose places are read",
      "MaxPool",
      {
        inputs: [picture],
        nodes: [node("MaxPool", ["x"], ["y", "places"], window, "odd"), node("Relu", ["places"], "z")],
        outputs: ["y", "z"],
      },
    ],
    [
      "a one-dimensional convolution",
      "Conv",
      {
        inputs: [picture],
        tensors: [floats("w", [1, 2, 1], [1, 2])],
        nodes: [node("Conv", ["x", "w"], "y", {}, "odd")],
      },
    ],
    [
      "filters that are computed",
      "Conv",
      { inputs: [picture], nodes: [node("Conv", ["x", "x"], "y", {}, "odd")] },
    ],
    [
      "a reflecting pad",
      "Pad",
      {
        inputs: [picture],
        nodes: [node("Pad", ["x"], "y", { mode: "reflect", pads: [0, 0, 1, 1, 0, 0, 1, 1] }, "odd")],
      },
    ],
    [
      "a pad with ones",
      "Pad",
      {
        inputs: [picture],
        tensors: [integers("pads", [0, 0, 1, 1, 0, 0, 1, 1]), floats("one", [], [1])],
        nodes: [node("Pad", ["x", "pads", "one"], "y", {}, "odd")],
      },
    ],
    [
      "a clip at six",
      "Clip",
      {
        inputs: [picture],
        tensors: [floats("zero", [], [0]), floats("six", [], [6])],
        nodes: [node("Clip", ["x", "zero", "six"], "y", {}, "odd")],
      },
    ],
    [
      "a softmax over rows",
      "Softmax",
      { inputs: [picture], nodes: [node("Softmax", ["x"], "y", { axis: -1 }, "odd")] },
    ],
    [
      "a join of rows",
      "Concat",
      { inputs: [picture], nodes: [node("Concat", ["x", "x"], "y", { axis: 2 }, "odd")] },
    ],
    [
      "a reshape that mixes",
      "Reshape",
      {
        inputs: [picture],
        tensors: [integers("shape", [1, 6, 2, 5])],
        nodes: [node("Reshape", ["x", "shape"], "y", {}, "odd")],
      },
    ],
    [
      "an order of axes",
      "Transpose",
      { inputs: [picture], nodes: [node("Transpose", ["x"], "y", { perm: [0, 1, 3, 2] }, "odd")] },
    ],
    [
      "a local response norm over an even window",
      "LRN",
      { inputs: [picture], nodes: [node("LRN", ["x"], "y", { size: 4 }, "odd")] },
    ],
    [
      "a constant for each place",
      "Mul",
      {
        inputs: [picture],
        tensors: [floats("s", [6, 5], new Array(30).fill(1))],
        nodes: [node("Mul", ["x", "s"], "y", {}, "odd")],
      },
    ],
    [
      "a tensor out of all proportion",
      "ConstantOfShape",
      {
        inputs: [picture],
        tensors: [integers("shape", [1 << 20, 2, 1 << 10, 1])],
        nodes: [node("ConstantOfShape", ["shape"], "w", {}, "odd"), node("Conv", ["x", "w"], "y")],
      },
    ],
  ];
  test.each(cases)("%s", async (_, type, graph) => {
    const error = await refusal(graph);
    expect(error).toBeInstanceOf(UnsupportedLayerError);
    expect(error).toMatchObject({ type, layer: "odd" });
  });

  test("an operator of another domain, and the error lists what is known", async () => {
    const strange = { ...node("Conv", ["x"], "y"), domain: "com.example" };
    const error = await refusal({ inputs: [picture], nodes: [strange] });
    expect(error).toMatchObject({ type: "com.example.Conv", layer: "y" });
    expect(error.message).toContain("AveragePool, BatchNormalization");
  });

  test("quantized weights, by the tensor's name", async () => {
    const error = await refusal({
      inputs: [picture],
      tensors: [
        create(TensorProtoSchema, {
          name: "w",
          dims: [1n, 2n, 1n, 1n],
          dataType: TensorProto_DataType.INT8,
          rawData: new Uint8Array(2),
        }),
      ],
      nodes: [node("Conv", ["x", "w"], "y")],
    });
    expect(error).toBeInstanceOf(UnsupportedLayerError);
    expect(error).toMatchObject({ type: "tensor of INT8", layer: "w" });
  });
});

describe("what does not fit is refused", () => {
  test("filters for other channels", async () => {
    const error = await refusal({
      inputs: [picture],
      tensors: [floats("w", [1, 3, 1, 1], [1, 2, 3])],
      nodes: [node("Conv", ["x", "w"], "y")],
    });
    expect(error).toBeInstanceOf(ShapeError);
  });

  test("a batch norm for other channels", async () => {
    const part = floats("p", [3], [1, 1, 1]);
    const error = await refusal({
      inputs: [picture],
      tensors: [part],
      nodes: [node("BatchNormalization", ["x", "p", "p", "p", "p"], "y")],
    });
    expect(error).toBeInstanceOf(ShapeError);
  });

  test("an input of open size, until the caller says it", async () => {
    const error = await refusal({ inputs: [input("x", 1, 3, -1, -1)], nodes: [node("Relu", ["x"], "y")] });
    expect(error).toBeInstanceOf(ArgumentError);
    expect(error.message).toContain("inputSize");
  });

  test("two inputs", async () => {
    const error = await refusal({
      inputs: [picture, input("z", 1, 2, 6, 5)],
      nodes: [node("Add", ["x", "z"], "y")],
    });
    expect(error).toBeInstanceOf(FileError);
    expect(error.message).toContain('"x", "z"');
  });

  test("a node that reads what nothing gives", async () => {
    const error = await refusal({ inputs: [picture], nodes: [node("Relu", ["nothing"], "y")] });
    expect(error).toMatchObject({ name: "FileError", problem: "malformed" });
  });

  test("a tensor that claims more than is there", async () => {
    const tensor = { ...floats("w", [1, 2, 1, 1], [1, 2]), dims: [1n, 2n, 1n << 20n, 1n << 20n] };
    const error = await refusal({
      inputs: [picture],
      tensors: [tensor],
      nodes: [node("Conv", ["x", "w"], "y")],
    });
    expect(error).toMatchObject({ name: "FileError", problem: "truncated" });
  });
});

describe("weights in a file of their own", () => {
  const weights = new Uint8Array(Float32Array.of(9, 9, 3, 4).buffer);
  const external = (location: string, offset = "8", length = "8"): Uint8Array =>
    onnxFile({
      inputs: [input("x", 1, 1, 3, 3)],
      tensors: [
        create(TensorProtoSchema, {
          name: "w",
          dims: [2n, 1n, 1n, 1n],
          dataType: TensorProto_DataType.FLOAT,
          dataLocation: TensorProto_DataLocation.EXTERNAL,
          externalData: [
            { key: "location", value: location },
            { key: "offset", value: offset },
            { key: "length", value: length },
          ],
        }),
      ],
      nodes: [node("Conv", ["x", "w"], "y")],
    });

  test("are read from their place in it", async () => {
    const folder = await folderWith({ "m.onnx": external("sub/weights.bin"), "sub/weights.bin": weights });
    const net = await loadOnnx(join(folder, "m.onnx"));
    expect([...net.weights.get("y")!.filters!]).toEqual([3, 4]);
  });

  test.each(["../weights.bin", "sub/../../weights.bin", "/etc/hostname", "C:\\weights.bin", "", "a\0b"])(
    "must lie in the model's folder: %j is refused",
    async (location) => {
      const folder = await folderWith({ "weights.bin": weights, "model/m.onnx": external(location) });
      await expect(loadOnnx(join(folder, "model/m.onnx"))).rejects.toMatchObject({ problem: "outside" });
    },
  );

  test.each(["file", "folder"])("must lie there through links too: a %s", async (what) => {
    const folder = await folderWith({ "weights.bin": weights });
    await mkdir(join(folder, "model"));
    const location = what === "file" ? "link.bin" : "link/weights.bin";
    await writeFile(join(folder, "model/m.onnx"), external(location));
    if (what === "file") await symlink(join(folder, "weights.bin"), join(folder, "model/link.bin"));
    else await symlink(folder, join(folder, "model/link"));
    await expect(loadOnnx(join(folder, "model/m.onnx"))).rejects.toMatchObject({ problem: "outside" });
  });

  test("may lie behind a link that stays inside", async () => {
    const folder = await folderWith({ "m.onnx": external("link.bin"), "weights.bin": weights });
    await symlink("weights.bin", join(folder, "link.bin"));
    expect((await loadOnnx(join(folder, "m.onnx"))).weights.get("y")!.filters).toHaveLength(2);
  });

  test.each([
    ["missing", "other.bin", "8", "8"],
    ["truncated", "weights.bin", "12", "8"],
    ["truncated", "weights.bin", "8", "4"],
    ["truncated", "weights.bin", "0", "1000000000000"],
    ["malformed", "weights.bin", "-8", "8"],
    ["malformed", "weights.bin", "zero", "8"],
  ])("that are %s are refused (%s, %s, %s)", async (problem, ...place) => {
    const folder = await folderWith({ "m.onnx": external(...place), "weights.bin": weights });
    await expect(loadOnnx(join(folder, "m.onnx"))).rejects.toMatchObject({ name: "FileError", problem });
  });
});

describe("a file that is not what it should be", () => {
  test("is missing", async () => {
    await expect(loadOnnx(join(await folderWith(), "none.onnx"))).rejects.toMatchObject({
      problem: "missing",
    });
  });

  test("is a folder", async () => {
    await expect(loadOnnx(await folderWith())).rejects.toMatchObject({ problem: "unreadable" });
  });

  test.each([
    ["empty", ""],
    ["text", "once upon a time there was a network"],
    ["a picture", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])],
    ["zeros", new Uint8Array(1000)],
  ])("is %s", async (_, content) => {
    await expect(loadOnnx(await fileWith(content))).rejects.toMatchObject({ problem: "malformed" });
  });

  test("is cut or has any byte flipped", async () => {
    const whole = onnxFile({
      inputs: [input("x", 1, 2, 6, 5)],
      tensors: [floats("w", [1, 2, 2, 1], [1, 2, 3, 4]), integers("s", [0, -1]), integers("n", [3])],
      nodes: [
        node("Conv", ["x", "w"], "a", { pads: [1, 0, 1, 0], strides: [1, 2] }, "c"),
        node("MaxPool", ["a"], "b", { ...window, auto_pad: "SAME_UPPER" }, "p"),
        node("Reshape", ["b", "s"], "d"),
        node("ConstantOfShape", ["n"], "e"),
        node("Transpose", ["e"], "f", { perm: [0] }),
        node("Softmax", ["d"], "y"),
      ],
      outputs: ["y", "f"],
    });
    const refused = await everyDamage(whole, await fileWith(""), (path) => loadOnnx(path));
    expect(refused.cuts).toBeGreaterThan(whole.length * 0.9);
    expect(refused.flips).toBeGreaterThan(whole.length);
  }, 120_000);
});

test("an abort throws the signal's reason", async () => {
  const path = await fileWith(onnxFile({ inputs: [picture], nodes: [node("Relu", ["x"], "y")] }));
  const reason = new Error("enough");
  await expect(loadOnnx(path, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
