import type { NodeReader } from "./node-reader.js";
import { integersValue, type Value } from "./value.js";

/*
 * Exporters write how to work out a shape instead of the shape itself. Every shape is known here once the size of
 * the input is, so that these give plain numbers.
 */

export function shape(node: NodeReader): Value {
  const value = node.input(0);
  const whole = value?.kind === "constant" ? value.shape : node.dimensions(node.maps(0));
  const start = node.attributes.integer("start", 0);
  return integersValue(whole.slice(start, node.attributes.integer("end", whole.length)));
}

export function gather(node: NodeReader): Value {
  const from = node.integers(0, "numbers") ?? [];
  const places = node.integers(1, "places") ?? [];
  if (node.attributes.integer("axis", 0) !== 0) node.refuse("it gathers along another axis than the first");
  const taken = places.map(
    (place) => from.at(place) ?? node.refuse(`place ${place} of ${from.length} numbers`),
  );
  return integersValue(taken, node.constant(1, "places").shape);
}

export function slice(node: NodeReader): Value {
  const from = node.integers(0, "numbers") ?? [];
  const part = (name: string, index: number): readonly number[] | undefined =>
    node.attributes.integers(name) ?? node.integers(index, name);
  const [starts, ends, axes, steps] = [part("starts", 1), part("ends", 2), part("axes", 3), part("steps", 4)];
  if (starts?.length !== 1 || ends?.length !== 1 || (axes?.[0] ?? 0) !== 0 || (steps?.[0] ?? 1) !== 1) {
    node.refuse("only a slice of a list, in steps of 1, is known");
  }
  return integersValue(from.slice(starts[0], ends[0]));
}
