import { ShapeError } from "../errors.js";
import type { FeatureMaps } from "../maps.js";
import type { Filters } from "../network/filters.js";
import { refuseGroups } from "./geometry.js";

/** A matrix of plain float32 numbers, row-major. */
export interface Matrix {
  readonly shape: readonly [rows: number, columns: number];
  /** float32, `rows · columns` values. */
  readonly data: Float32Array;
}

/**
 * The filters of a layer as one matrix: a row for each filter, `[outChannels, kh · kw · inChannels]`.
 *
 * The numbers of a row stand in the order of the rows of `im2col`: down the filter's rows, along its columns, and
 * through its channels, `(ky · kw + kx) · inChannels + c`.
 *
 * @throws {ArgumentError} for filters in groups, which are several matrices
 * @example
 * const filters = new Filters({ size: [1, 2], inChannels: 1, channels: 1, weights: Float32Array.of(-1, 1) });
 * [...weightMatrix(filters).data]; // [-1, 1]
 */
export function weightMatrix(filters: Filters): Matrix {
  refuseGroups("weightMatrix", filters);
  // Weights lie as [kh, kw, inChannels, outChannels]: this very matrix, transposed.
  return transposed({
    shape: [filters.weights.length / filters.channels, filters.channels],
    data: filters.weights,
  });
}

/**
 * Rows times columns.
 *
 * @param left `[m, k]`
 * @param right `[k, n]`
 * @returns `[m, n]`
 * @throws {ShapeError} when `left` has not as many columns as `right` has rows
 * @example
 * const row = { shape: [1, 2], data: Float32Array.of(1, 2) };
 * const column = { shape: [2, 1], data: Float32Array.of(3, 4) };
 * [...matrixProduct(row, column).data]; // [11]
 */
export function matrixProduct(left: Matrix, right: Matrix): Matrix {
  const [m, k] = left.shape;
  const [rows, n] = right.shape;
  if (k !== rows) {
    throw new ShapeError("matrixProduct", "right", right.shape, `[${k},any]`, "left has as many columns");
  }
  const data = new Float32Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum += left.data[i * k + l] * right.data[l * n + j];
      data[i * n + j] = sum;
    }
  }
  return { shape: [m, n], data };
}

/** Rows as columns: `[m, n]` becomes `[n, m]`. */
export function transposed({ shape: [rows, columns], data }: Matrix): Matrix {
  const out = new Float32Array(data.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) out[j * rows + i] = data[i * columns + j];
  }
  return { shape: [columns, rows], data: out };
}

/** Maps as a matrix: a row for each map, its cells in row-major order. `[channels, height · width]` */
export function mapsAsRows({ shape: [height, width, channels], data }: FeatureMaps): Matrix {
  return transposed({ shape: [height * width, channels], data });
}
