import type { Returned } from "./outcome.js";

/** Whether two results are the same: shape, and numbers up to float32's rounding. */
export function same(a: Returned, b: Returned): boolean {
  if (typeof a === "number" || typeof b === "number") {
    return typeof a === "number" && typeof b === "number" && close(a, b);
  }
  return a.length === b.length && a.every((one, i) => same(one, b[i]));
}

function close(a: number, b: number): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(b));
}

/** Where and how a result first differs from another of its shape. */
export interface Difference {
  readonly row: number;
  readonly column: number;
  readonly got: number;
}

/** The first place, row by row, where two results differ; none where their shapes do. */
export function firstDifference(got: Returned, wanted: Returned): Difference | undefined {
  if (shapeOf(got) !== shapeOf(wanted)) return undefined;
  return first(got, (value, row, column) => !same(value, at(wanted, row, column)));
}

/** The first number, row by row, that is not one. */
export function firstUnreal(got: Returned): Difference | undefined {
  return first(got, (value) => !Number.isFinite(value));
}

/** A shape in words' terms: `3 × 3`, of a list its length. */
export function shapeOf(value: Returned): string {
  if (typeof value === "number") return "";
  const row = value[0];
  return Array.isArray(row) ? `${value.length} × ${row.length}` : String(value.length);
}

/** A place in words' terms: row and column of a matrix, or the place in a list. */
export function placeIn(value: Returned, { row, column }: Pick<Difference, "row" | "column">): string {
  if (typeof value === "number") return "";
  return Array.isArray(value[0]) ? `(${row}, ${column})` : `(${column})`;
}

function first(
  value: Returned,
  is: (value: number, row: number, column: number) => boolean,
): Difference | undefined {
  const rows = asRows(value);
  for (const [row, numbers] of rows.entries()) {
    for (const [column, got] of numbers.entries()) if (is(got, row, column)) return { row, column, got };
  }
  return undefined;
}

function at(value: Returned, row: number, column: number): number {
  return asRows(value)[row][column];
}

function asRows(value: Returned): number[][] {
  if (typeof value === "number") return [[value]];
  return Array.isArray(value[0]) ? (value as number[][]) : [value as number[]];
}
