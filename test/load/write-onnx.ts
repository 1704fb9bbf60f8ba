import { create, toBinary } from "@bufbuild/protobuf";
import {
  type AttributeProto,
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  type GraphProto,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProto_DataType,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from "onnx-buf";

/** One graph as an ONNX file, written by the protobuf library that also reads it. */
export function onnxFile(graph: {
  readonly inputs: readonly ValueInfoProto[];
  readonly nodes: readonly NodeProto[];
  readonly tensors?: readonly TensorProto[];
  readonly outputs?: readonly string[];
  readonly opset?: number;
  readonly name?: string;
}): Uint8Array {
  const { inputs, nodes, tensors = [], opset = 17, name = "small" } = graph;
  const outputs = graph.outputs ?? [nodes.at(-1)!.output[0]];
  const proto: Partial<GraphProto> = {
    name,
    input: [...inputs],
    node: [...nodes],
    initializer: [...tensors],
    output: outputs.map((output) => create(ValueInfoProtoSchema, { name: output })),
  };
  const model = create(ModelProtoSchema, {
    irVersion: 8n,
    opsetImport: [{ domain: "", version: BigInt(opset) }],
    graph: { ...proto, $typeName: undefined } as object,
  });
  return toBinary(ModelProtoSchema, model);
}

/** A graph's input; a negative side is left open. */
export function input(name: string, ...sides: number[]): ValueInfoProto {
  const dim = sides.map((side) => ({
    value:
      side < 0
        ? { case: "dimParam" as const, value: "N" }
        : { case: "dimValue" as const, value: BigInt(side) },
  }));
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: "tensorType", value: { elemType: TensorProto_DataType.FLOAT, shape: { dim } } } },
  });
}

/** A node; whole numbers become INT, others need `float`. */
export function node(
  opType: string,
  inputs: readonly string[],
  outputs: string | readonly string[],
  attributes: Readonly<Record<string, AttributeValue>> = {},
  name = "",
): NodeProto {
  return create(NodeProtoSchema, {
    opType,
    name,
    input: [...inputs],
    output: typeof outputs === "string" ? [outputs] : [...outputs],
    attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
  });
}

export type AttributeValue = number | readonly number[] | string | { readonly float: number } | TensorProto;

function attribute(name: string, value: AttributeValue): AttributeProto {
  const { INT, INTS, FLOAT, STRING, TENSOR } = AttributeProto_AttributeType;
  if (typeof value === "number") return create(AttributeProtoSchema, { name, type: INT, i: BigInt(value) });
  if (typeof value === "string") {
    return create(AttributeProtoSchema, { name, type: STRING, s: new TextEncoder().encode(value) });
  }
  if ("float" in value) return create(AttributeProtoSchema, { name, type: FLOAT, f: value.float });
  if ("dataType" in value) return create(AttributeProtoSchema, { name, type: TENSOR, t: value });
  return create(AttributeProtoSchema, { name, type: INTS, ints: value.map(BigInt) });
}

/** A float32 tensor with its numbers as raw bytes. */
export function floats(name: string, dims: readonly number[], values: readonly number[]): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dims: dims.map(BigInt),
    dataType: TensorProto_DataType.FLOAT,
    rawData: new Uint8Array(Float32Array.from(values).buffer),
  });
}

/** An int64 tensor, as shapes and axes are. */
export function integers(
  name: string,
  values: readonly number[],
  dims: readonly number[] = [values.length],
): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dims: dims.map(BigInt),
    dataType: TensorProto_DataType.INT64,
    int64Data: values.map(BigInt),
  });
}
