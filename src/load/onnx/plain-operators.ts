import { channelAxis, type NodeReader } from "./node-reader.js";
import { type ConstantValue, constantOf, integersValue, longest, type Value } from "./value.js";

export function relu(node: NodeReader): Value {
  node.attributes.integers("consumed_inputs");
  return node.add({ kind: "relu" }, [node.maps(0)]);
}

/** A clip that cuts only below 0 is a ReLU; every other one is something else. */
export async function clip(node: NodeReader): Promise<Value> {
  const least = node.attributes.float("min") ?? (await node.number(1, "min"));
  const most = node.attributes.float("max") ?? (await node.number(2, "max"));
  node.attributes.integers("consumed_inputs");
  // The largest float32 is the old operator's own default: nothing lies above it.
  const largest = 3.4028234663852886e38;
  if (least !== 0 || (most !== undefined && most < largest)) {
    node.refuse(`it clips to ${least ?? "−∞"} … ${most ?? "∞"}; only 0 … ∞, a ReLU, is known`);
  }
  return node.add({ kind: "relu" }, [node.maps(0)]);
}

/** Does nothing outside training; its second output is the mask of training. */
export async function dropout(node: NodeReader): Promise<Value> {
  const rate = node.attributes.float("ratio") ?? (await node.number(1, "ratio")) ?? 0.5;
  node.attributes.integer("seed");
  node.attributes.integer("is_test");
  node.attributes.integers("consumed_inputs");
  return node.add({ kind: "dropout", rate }, [node.maps(0)]);
}

/** Before opset 13 it went over everything from its axis on, since then over that axis alone. */
export function softmax(node: NodeReader): Value {
  const maps = node.maps(0);
  const dimensions = node.dimensions(maps);
  const old = node.graph.opset < 13;
  const stated = node.attributes.integer("axis", old ? 1 : -1);
  const axis = stated < 0 ? stated + dimensions.length : stated;
  const over = dimensions.map((_, i) => (old ? i >= axis : i === axis));
  const channels = channelAxis(maps.axes);
  if (!over[channels] || dimensions.some((side, i) => over[i] && i !== channels && side !== 1)) {
    node.refuse(`it goes over axis ${stated} of [${dimensions}], only a softmax over channels is known`);
  }
  return node.add({ kind: "softmax" }, [maps]);
}

/** The file divides `alpha` by the window's size before it multiplies; the layer does not. */
export function lrn(node: NodeReader): Value {
  const maps = node.maps(0);
  node.needs(maps, "nchw");
  const size = node.attributes.integer("size") ?? node.refuse("it has no size");
  if (size < 1 || size % 2 === 0) node.refuse(`a window of ${size} channels is not known, only odd ones`);
  const alpha = node.attributes.float("alpha", 1e-4) / size;
  const beta = node.attributes.float("beta", 0.75);
  return node.add({ kind: "localResponseNorm", size, alpha, beta, k: node.attributes.float("bias", 1) }, [
    maps,
  ]);
}

/** Joins channels; joins the whole numbers of shapes too. */
export function concat(node: NodeReader): Value {
  const axis = node.attributes.integer("axis", 1);
  const first = node.input(0);
  if (first?.kind === "constant") {
    const all: number[] = [];
    for (let i = 0; i < node.inputs && all.length <= longest; i++) {
      all.push(...(node.integers(i, `operand ${i}`) ?? []));
    }
    return integersValue(all);
  }
  const inputs = Array.from({ length: node.inputs }, (_, i) => node.maps(i));
  for (const maps of inputs) node.needs(maps, inputs[0].axes);
  const rank = node.dimensions(inputs[0]).length;
  if ((axis < 0 ? axis + rank : axis) !== channelAxis(inputs[0].axes)) {
    node.refuse(`it joins along axis ${axis} of ${inputs[0].axes}, only joining channels is known`);
  }
  if (inputs.length === 1) return inputs[0];
  return node.add({ kind: "concat" }, inputs);
}

export function identity(node: NodeReader): Value {
  const value = node.input(0);
  return value ?? node.refuse("it has no input");
}

/** Between kinds of floating-point numbers, or of whole ones: all are computed in one precision here. */
export function cast(node: NodeReader): Value {
  const to = node.attributes.integer("to") ?? node.refuse("it does not say to which type");
  node.attributes.integer("saturate");
  const value = node.input(0) ?? node.refuse("it has no input");
  const floats = [1, 10, 11, 16].includes(to);
  const integers = [6, 7].includes(to);
  const isInteger = value.kind === "constant" && value.integers !== undefined;
  if (!(isInteger ? floats || integers : floats)) node.refuse(`a cast to type ${to} is not known here`);
  return value;
}

export async function constant(node: NodeReader): Promise<Value> {
  const tensor = node.attributes.tensor("value");
  if (tensor !== undefined)
    return await constantOf(node.graph.path, { ...tensor, name: tensor.name || node.name });
  const integer = node.attributes.integer("value_int");
  const integers = integer === undefined ? node.attributes.integers("value_ints") : [integer];
  if (integers !== undefined) {
    return integersValue(integers, integer === undefined ? [integers.length] : []);
  }
  const float = node.attributes.float("value_float");
  const floats = float === undefined ? node.attributes.floats("value_floats") : [float];
  if (floats === undefined) {
    node.attributes.finish();
    node.refuse("it has no value");
  }
  const shape = float === undefined ? [floats.length] : [];
  return { kind: "constant", shape, read: () => Float32Array.from(floats) };
}

/** The most numbers that shapes alone may conjure up in one file: VGG19 has 144 million. */
const mostFilled = 2 ** 28;

/** A tensor of one number over and over, its shape given as whole numbers. */
export async function constantOfShape(node: NodeReader): Promise<Value> {
  const shape = node.integers(0, "shape") ?? node.refuse("it has no shape");
  const tensor = node.attributes.tensor("value");
  const stored = tensor && (await constantOf(node.graph.path, tensor));
  const value = stored?.integers?.[0] ?? (await stored?.read({}))?.[0] ?? 0;
  const count = shape.reduce((a, b) => a * b, 1);
  node.graph.filled.numbers += count;
  if (shape.some((side) => side < 0) || !(node.graph.filled.numbers <= mostFilled)) {
    node.refuse(`it makes [${shape.slice(0, 8)}], at most ${mostFilled} numbers a file are allowed`);
  }
  const filled: ConstantValue =
    stored?.integers && count <= longest
      ? integersValue(new Array<number>(count).fill(value), shape)
      : {
          kind: "constant",
          shape,
          read: () => (value === 0 ? new Float32Array(count) : new Float32Array(count).fill(value)),
        };
  return filled;
}
