import type { TensorProto } from "onnx-buf";
import { ShapeError } from "../../errors.js";
import type { ReadPart } from "../draft.js";
import { readFloats, readIntegers, type StoredTensor, storedTensor } from "./tensor.js";

/** What the axes of a tensor in the file mean: batch, channels, height, width. `"nc"` is a row without place. */
export type Axes = "nchw" | "nhwc" | "nc";

/** A tensor that depends on the picture: a layer's output, seen with some order of axes. */
export interface MapsValue {
  readonly kind: "maps";
  readonly layer: string;
  readonly axes: Axes;
  /** Whether only one node reads the layer's output, so that the next may become a part of it. */
  readonly sole: boolean;
}

/** A tensor that does not: weights, or the numbers of a shape. Floats are read late, whole numbers early. */
export interface ConstantValue {
  readonly kind: "constant";
  readonly shape: readonly number[];
  readonly read: ReadPart;
  /** Present where the numbers are whole ones. */
  readonly integers?: readonly number[];
}

export type Value = MapsValue | ConstantValue;

/** The most whole numbers that a shape, a permutation or a list of axes may have here. */
export const longest = 4096;

/** A tensor of the file as a value; checked, and read only if it holds a few whole numbers. */
export async function constantOf(path: string, proto: TensorProto): Promise<ConstantValue> {
  const tensor = await storedTensor(path, proto);
  return {
    kind: "constant",
    shape: tensor.shape,
    read: (work) => readFloats(path, tensor, work),
    ...(await integersOf(path, tensor)),
  };
}

async function integersOf(
  path: string,
  tensor: StoredTensor,
): Promise<{ readonly integers?: readonly number[] }> {
  if (tensor.kind === "floats" || tensor.count > longest) return {};
  return { integers: await readIntegers(path, tensor) };
}

/** Whole numbers that were worked out, as a value. */
export function integersValue(
  integers: readonly number[],
  shape: readonly number[] = [integers.length],
): ConstantValue {
  return { kind: "constant", shape, integers, read: () => Float32Array.from(integers) };
}

export function countOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

/** The same numbers under another shape. */
export function reshaped(value: ConstantValue, shape: readonly number[]): ConstantValue {
  return { ...value, shape };
}

/** The same numbers with their axes in another order. */
export function permuted(value: ConstantValue, permutation: readonly number[]): ConstantValue {
  const shape = permutation.map((axis) => value.shape[axis]);
  const strides = value.shape.map((_, axis) => countOf(value.shape.slice(axis + 1)));
  const steps = permutation.map((axis) => strides[axis]);
  const read: ReadPart = async (work) => {
    const from = await value.read(work);
    const to = new Float32Array(from.length);
    const place = shape.map(() => 0);
    for (let i = 0, at = 0; i < to.length; i++) {
      to[i] = from[at];
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        at += steps[axis];
        if (++place[axis] < shape[axis]) break;
        at -= steps[axis] * shape[axis];
        place[axis] = 0;
      }
    }
    return to;
  };
  return { kind: "constant", shape, read };
}

/**
 * How to read a constant that acts on maps channel by channel, or `undefined` where it does not.
 *
 * @param rank of the maps in the file
 * @param channelAxis which of their axes is the channels
 * @param firstAxis where the constant's own first axis stands; by default its last meets the maps' last
 */
export function byChannel(
  value: ConstantValue,
  channels: number,
  rank: number,
  channelAxis: number,
  firstAxis: number = rank - value.shape.length,
): ReadPart | undefined {
  const fits = value.shape.every(
    (side, axis) => side === 1 || (axis + firstAxis === channelAxis && side === channels),
  );
  if (!fits || firstAxis < 0 || value.shape.length + firstAxis > rank) return undefined;
  if (countOf(value.shape) === channels) return value.read;
  return async (work) => new Float32Array(channels).fill((await value.read(work))[0]);
}

/** A constant's numbers once, after checking that it has exactly so many. */
export function exactly(
  layer: string,
  what: string,
  value: ConstantValue,
  shape: readonly number[],
): ReadPart {
  if (value.shape.join() !== shape.join()) throw new ShapeError(layer, what, value.shape, shape);
  return value.read;
}
