import { ArgumentError } from "../../errors.js";
import type { NodeReader } from "./node-reader.js";
import { type Axes, countOf, type MapsValue, permuted, reshaped, type Value } from "./value.js";

/** The maps in a row, from an axis on. */
export function flatten(node: NodeReader): Value {
  const maps = node.maps(0);
  const axis = node.attributes.integer("axis", 1);
  const dimensions = node.dimensions(maps);
  if (axis !== 1 && axis !== 1 - dimensions.length) node.refuse(`axis ${axis} is not known, only 1`);
  return asShape(node, maps, [dimensions[0], countOf(dimensions.slice(1))]);
}

/** Reshape to a row, or one that changes nothing; anything else would mix places and channels. */
export function reshape(node: NodeReader): Value {
  const value = node.input(0);
  const target = node.attributes.integers("shape") ?? node.integers(1, "shape");
  if (target === undefined) node.refuse("it has no shape");
  const literal = node.attributes.integer("allowzero", 0) === 1;
  const from = value?.kind === "constant" ? value.shape : node.dimensions(node.maps(0));
  const shape = resolved(node, from, target, literal);
  if (value?.kind === "constant") return reshaped(value, shape);
  return asShape(node, node.maps(0), shape);
}

/** Axes of length 1 are taken away. */
export function squeeze(node: NodeReader): Value {
  const value = node.input(0);
  const from = value?.kind === "constant" ? value.shape : node.dimensions(node.maps(0));
  const stated = node.attributes.integers("axes") ?? node.integers(1, "axes");
  const axes = stated?.map((axis) => (axis < 0 ? axis + from.length : axis));
  const goes = (side: number, axis: number): boolean => (axes ? axes.includes(axis) : side === 1);
  if (axes?.some((axis) => from[axis] !== 1)) node.refuse(`it takes the axes [${axes}] from [${from}]`);
  const shape = from.filter((side, axis) => !goes(side, axis));
  if (value?.kind === "constant") return reshaped(value, shape);
  return asShape(node, node.maps(0), shape);
}

/** Axes of length 1 are put in. */
export function unsqueeze(node: NodeReader): Value {
  const value = node.input(0);
  const from = value?.kind === "constant" ? value.shape : node.dimensions(node.maps(0));
  const axes = node.attributes.integers("axes") ?? node.integers(1, "axes") ?? [];
  const rank = from.length + axes.length;
  const places = axes.map((axis) => (axis < 0 ? axis + rank : axis));
  if (
    rank > 8 ||
    places.some((place) => place < 0 || place >= rank) ||
    new Set(places).size < places.length
  ) {
    node.refuse(`it puts axes [${axes}] into [${from}]`);
  }
  const rest = [...from];
  const shape = Array.from({ length: rank }, (_, axis) => (places.includes(axis) ? 1 : rest.shift()!));
  if (value?.kind === "constant") return reshaped(value, shape);
  return asShape(node, node.maps(0), shape);
}

/** Another order of axes: no layer, only another view of the maps. */
export function transpose(node: NodeReader): Value {
  const value = node.input(0);
  const rank = value?.kind === "constant" ? value.shape.length : node.dimensions(node.maps(0)).length;
  const permutation =
    node.attributes.integers("perm") ?? Array.from({ length: rank }, (_, i) => rank - 1 - i);
  if ([...permutation].sort().join() !== Array.from({ length: rank }, (_, i) => i).join()) {
    throw new ArgumentError(node.name, "perm", permutation, `each axis from 0 to ${rank - 1} once`);
  }
  if (value?.kind === "constant") return permuted(value, permutation);
  const maps = node.maps(0);
  const turned: Readonly<Record<string, Axes>> = { "nchw 0,2,3,1": "nhwc", "nhwc 0,3,1,2": "nchw" };
  const same = permutation.every((axis, i) => axis === i);
  const axes = same ? maps.axes : turned[`${maps.axes} ${permutation.join()}`];
  if (axes === undefined) node.refuse(`the order [${permutation}] of the axes ${maps.axes} is not known`);
  return { ...maps, axes };
}

/** Gives maps another shape where that is a row of all of them or moves nothing. */
function asShape(node: NodeReader, maps: MapsValue, shape: readonly number[]): Value {
  const from = node.dimensions(maps);
  if (shape.join() === from.join()) return maps;
  const [, , channels] = node.shape(maps);
  const [batch, ...rest] = from;
  if (maps.axes === "nc") {
    if (shape.join() === `${batch},${channels},1,1`) return { ...maps, axes: "nchw" };
    if (shape.join() === `${batch},1,1,${channels}`) return { ...maps, axes: "nhwc" };
  } else if (shape.join() === `${batch},${countOf(rest)}`) {
    return node.add({ kind: "flatten", order: maps.axes === "nchw" ? "chw" : "hwc" }, [maps], {}, "nc");
  }
  node.refuse(
    `it makes [${shape}] of [${from}]; known are only a row [${batch},${countOf(rest)}] or the same shape`,
  );
}

/** A shape with 0 (as it was) and −1 (whatever is left) worked out. */
function resolved(
  node: NodeReader,
  from: readonly number[],
  target: readonly number[],
  literalZeros: boolean,
): readonly number[] {
  const shape = target.map((side, axis) => (side === 0 && !literalZeros ? (from[axis] ?? 0) : side));
  const open = shape.indexOf(-1);
  if (open >= 0) shape[open] = countOf(from) / countOf(shape.filter((_, axis) => axis !== open));
  if (shape.some((side) => !Number.isSafeInteger(side) || side < 0) || countOf(shape) !== countOf(from)) {
    node.refuse(`it makes [${target}] of [${from}], which does not fit`);
  }
  return shape;
}
