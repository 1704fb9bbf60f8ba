import { ShapeError } from "../../errors.js";
import type { ReadPart } from "../draft.js";
import { columnsFirst } from "../layout.js";
import { channelAxis, type NodeReader } from "./node-reader.js";
import {
  byChannel,
  type ConstantValue,
  exactly,
  integersValue,
  type MapsValue,
  type Value,
} from "./value.js";

/** `alpha · A B + beta · C`, with a constant B: a dense layer. */
export function gemm(node: NodeReader): Value {
  const maps = node.maps(0);
  node.needs(maps, "nc");
  const alpha = node.attributes.float("alpha", 1);
  const beta = node.attributes.float("beta", 1);
  if (node.attributes.integer("transA", 0) !== 0) node.refuse("transA is not known");
  node.attributes.integer("broadcast");
  const turned = node.attributes.integer("transB", 0) === 1;
  const filters = node.constant(1, "second factor");
  const [rows, columns] = filters.shape;
  const [inputs, channels] = turned ? [columns, rows] : [rows, columns];
  checkInputs(node, filters, maps, inputs);
  const times = (factor: number, read: ReadPart): ReadPart =>
    factor === 1 ? read : async (work) => (await read(work)).map((value) => value * factor);
  const summand = node.input(2) && node.constant(2, "summand");
  const bias =
    summand && (byChannel(summand, channels, 2, 1) ?? node.refuse(`its summand is [${summand.shape}]`));
  return node.add({ kind: "dense", channels }, [maps], {
    filters: times(alpha, async (work) => {
      const values = await filters.read(work);
      return turned ? columnsFirst(values, channels, inputs) : values;
    }),
    ...(bias ? { bias: times(beta, bias) } : {}),
  });
}

/** A product with a constant matrix: a dense layer; an addition that follows becomes its bias. */
export function matMul(node: NodeReader): Value {
  const maps = node.maps(0);
  node.needs(maps, "nc");
  const filters = node.constant(1, "second factor");
  checkInputs(node, filters, maps, filters.shape[0]);
  return node.add({ kind: "dense", channels: filters.shape[1] }, [maps], { filters: filters.read });
}

function checkInputs(node: NodeReader, filters: ConstantValue, maps: MapsValue, inputs: number): void {
  const [, , channels] = node.shape(maps);
  if (filters.shape.length !== 2 || inputs !== channels) {
    throw new ShapeError(node.name, "second factor", filters.shape, `a matrix for ${channels} inputs`);
  }
}

export function add(node: NodeReader): Value {
  const [first, second] = [node.input(0), node.input(1)];
  if (first?.kind === "constant" && second?.kind === "constant") return whole(node, (a, b) => a + b);
  const firstAxis = oldBroadcast(node);
  if (first?.kind === "maps" && second?.kind === "maps") return sum(node);
  const [maps, constant] = first?.kind === "maps" ? [first, 1] : [node.maps(1), 0];
  const offset = perChannel(node, maps, node.constant(constant, "summand"), firstAxis);
  return shift(node, maps, offset);
}

/** Adds by channel: as a part of the layer before where that adds nothing yet and nothing else reads it. */
function shift(node: NodeReader, maps: MapsValue, offset: ReadPart): Value {
  const { draft, unshifted } = node.graph;
  const before = draft.layer(maps.layer);
  const parts = draft.parts(maps.layer);
  const takesBias = (before?.kind === "convolution" || before?.kind === "dense") && !parts.bias;
  if (maps.sole && (takesBias || unshifted.has(maps.layer))) {
    draft.setParts(maps.layer, { ...parts, [takesBias ? "bias" : "offset"]: offset });
    unshifted.delete(maps.layer);
    return maps;
  }
  return affine(node, maps, { offset });
}

/** A product by channel: batch norm with a mean of 0 and a variance of 1, which is exactly that. */
export function mul(node: NodeReader): Value {
  const [first, second] = [node.input(0), node.input(1)];
  if (first?.kind === "constant" && second?.kind === "constant") return whole(node, (a, b) => a * b);
  const firstAxis = oldBroadcast(node);
  const [maps, constant] = first?.kind === "maps" ? [first, 1] : [node.maps(1), 0];
  return affine(node, maps, { scale: perChannel(node, maps, node.constant(constant, "factor"), firstAxis) });
}

export function sub(node: NodeReader): Value {
  if (node.input(0)?.kind === "constant") return whole(node, (a, b) => a - b);
  const firstAxis = oldBroadcast(node);
  const taken = perChannel(node, node.maps(0), node.constant(1, "subtrahend"), firstAxis);
  return shift(node, node.maps(0), async (work) => (await taken(work)).map((value) => -value));
}

export function div(node: NodeReader): Value {
  if (node.input(0)?.kind === "constant") return whole(node, (a, b) => Math.trunc(a / b));
  const firstAxis = oldBroadcast(node);
  const divisor = perChannel(node, node.maps(0), node.constant(1, "divisor"), firstAxis);
  return affine(node, node.maps(0), {
    scale: async (work) => (await divisor(work)).map((value) => 1 / value),
  });
}

export function batchNormalization(node: NodeReader): Value {
  const maps = node.maps(0);
  node.needs(maps, "nchw", "nc");
  const epsilon = node.attributes.float("epsilon", 1e-5);
  node.attributes.float("momentum");
  node.attributes.integers("consumed_inputs");
  node.attributes.integer("is_test");
  if (node.attributes.integer("training_mode", 0) !== 0) node.refuse("it was saved in training mode");
  if (node.attributes.integer("spatial", 1) !== 1) node.refuse("spatial 0 is not known");
  const [, , channels] = node.shape(maps);
  const part = (index: number, what: string): ReadPart =>
    exactly(node.name, what, node.constant(index, what), [channels]);
  return node.add({ kind: "batchNorm", epsilon }, [maps], {
    scale: part(1, "scale"),
    offset: part(2, "offset"),
    mean: part(3, "mean"),
    variance: part(4, "variance"),
  });
}

/** Joins by adding; all must have the same shape. */
export function sum(node: NodeReader): Value {
  const inputs = Array.from({ length: node.inputs }, (_, i) => node.maps(i));
  for (const maps of inputs) node.needs(maps, inputs[0].axes);
  if (inputs.length === 1) return inputs[0];
  return node.add({ kind: "add" }, inputs);
}

/** `scale · x + offset` by channel. */
function affine(
  node: NodeReader,
  maps: MapsValue,
  { scale, offset }: { readonly scale?: ReadPart; readonly offset?: ReadPart },
): Value {
  const [, , channels] = node.shape(maps);
  const filled = (value: number) => (): Float32Array => new Float32Array(channels).fill(value);
  if (!offset) node.graph.unshifted.add(node.name);
  return node.add({ kind: "batchNorm", epsilon: 0 }, [maps], {
    scale: scale ?? filled(1),
    offset: offset ?? filled(0),
    mean: filled(0),
    variance: filled(1),
  });
}

/** A constant as one number a channel of the maps. */
function perChannel(
  node: NodeReader,
  maps: MapsValue,
  constant: ConstantValue,
  firstAxis?: number,
): ReadPart {
  const dimensions = node.dimensions(maps);
  const axis = channelAxis(maps.axes);
  return (
    byChannel(constant, dimensions[axis], dimensions.length, axis, firstAxis) ??
    node.refuse(
      `a constant of [${constant.shape}] with maps of [${dimensions}] does not act channel by channel, which alone is known`,
    )
  );
}

/** Before opset 7 an attribute said along which axis a smaller operand lies. */
function oldBroadcast(node: NodeReader): number | undefined {
  const axis = node.attributes.integer("axis");
  node.attributes.integer("broadcast");
  node.attributes.integers("consumed_inputs");
  return axis;
}

/** The same on the whole numbers of shapes, one by one or one with all. */
function whole(node: NodeReader, calculate: (a: number, b: number) => number): Value {
  const a = node.integers(0, "first operand") ?? [];
  const b = node.integers(1, "second operand") ?? [];
  if (a.length !== b.length && a.length !== 1 && b.length !== 1) node.refuse("its operands differ in length");
  const result = Array.from({ length: Math.max(a.length, b.length) }, (_, i) =>
    calculate(a[a.length === 1 ? 0 : i], b[b.length === 1 ? 0 : i]),
  );
  const scalar = node.constant(0, "").shape.length === 0 && node.constant(1, "").shape.length === 0;
  return integersValue(result, scalar ? [] : [result.length]);
}
