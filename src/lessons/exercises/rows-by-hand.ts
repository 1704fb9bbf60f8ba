/** What exercises do to matrices: the method's own words on number[][], and the twists that mistakes put on them. */
import { type Pooling, pool } from "../../convnet/pool.js";
import { type Unpooling, unpool } from "../../deconvnet/unpool.js";
import type { Shape, Switches } from "../../maps.js";
import { col2im, im2col } from "../columns.js";
import { mapsAsRows, matrixProduct, transposed, weightMatrix } from "../matrix.js";
import { filtersOfKernels, mapsOfRows, plain, type Rows, rowsOfMaps, rowsOfMatrix } from "../rows.js";

/** A convolution as lesson 1 does it. */
export function convolved(input: Rows, kernel: Rows, stride: number, padding: number): number[][] {
  const filters = filtersOfKernels([[kernel]], { stride, padding });
  const columns = im2col(mapsOfRows([input]), filters);
  return inRows([...matrixProduct(weightMatrix(filters), columns).data].map(plain), columns.windows[1]);
}

/** A convolution's way down as lesson 2 does it. */
export function convolvedDown(
  signal: Rows,
  kernel: Rows,
  height: number,
  width: number,
  stride: number,
): number[][] {
  const filters = filtersOfKernels([[kernel]], { stride });
  const columns = matrixProduct(transposed(weightMatrix(filters)), mapsAsRows(mapsOfRows([signal])));
  return rowsOfMaps(col2im(columns, filters, [height, width, 1]))[0];
}

export function columnsOf(input: Rows, kh: number, kw: number, stride: number, padding: number): number[][] {
  return rowsOfMatrix(im2col(mapsOfRows([input]), filtersOfKernels([[zeros(kh, kw)]], { stride, padding })));
}

export function addedBack(
  columns: Rows,
  height: number,
  width: number,
  kh: number,
  kw: number,
  stride: number,
): number[][] {
  const data = Float32Array.from(columns.flat());
  const matrix = { shape: [columns.length, columns[0].length] as const, data };
  return rowsOfMaps(col2im(matrix, filtersOfKernels([[zeros(kh, kw)]], { stride }), [height, width, 1]))[0];
}

export function pooled(input: Rows, how: Pooling): { maxima: number[][]; switches: number[][] } {
  const { maps, switches } = pool(mapsOfRows([input]), how);
  return { maxima: rowsOfMaps(maps)[0], switches: inRows([...switches.positions], maps.shape[1]) };
}

export function unpooled(
  signal: Rows,
  switches: Rows,
  height: number,
  width: number,
  options: Unpooling = {},
): number[][] {
  const shape: Shape = [signal.length, signal[0].length, 1];
  const recorded: Switches = {
    shape,
    inputShape: [height, width, 1],
    positions: Int32Array.from(switches.flat()),
  };
  return rowsOfMaps(unpool(mapsOfRows([signal]), recorded, options))[0];
}

export function zeros(height: number, width: number): number[][] {
  return Array.from({ length: height }, () => new Array<number>(width).fill(0));
}

/** A list cut into rows. */
export function inRows(values: readonly number[], width: number): number[][] {
  return Array.from({ length: values.length / width }, (_, y) => values.slice(y * width, (y + 1) * width));
}

export function cellwise(rows: Rows, change: (value: number, y: number, x: number) => number): number[][] {
  return rows.map((row, y) => row.map((value, x) => change(value, y, x) + 0));
}

export function transposedRows(rows: Rows): number[][] {
  return rows[0].map((_, x) => rows.map((row) => row[x]));
}

export function upsideDown(rows: Rows): number[][] {
  return rows.map((row) => [...row]).reverse();
}

export function mirrored(rows: Rows): number[][] {
  return rows.map((row) => [...row].reverse());
}

export function flipped(rows: Rows): number[][] {
  return upsideDown(mirrored(rows));
}

/** Cells around a matrix: of one value, or the edge's own repeated. */
export function padded(rows: Rows, cells: number, value: number | "edge"): number[][] {
  const [height, width] = [rows.length, rows[0].length];
  return Array.from({ length: height + 2 * cells }, (_, y) =>
    Array.from({ length: width + 2 * cells }, (_, x) => {
      const [row, column] = [y - cells, x - cells];
      if (row >= 0 && row < height && column >= 0 && column < width) return rows[row][column];
      if (value !== "edge") return value;
      return rows[clamped(row, height)][clamped(column, width)];
    }),
  );
}

/** Without the last row and column: what a loop gives that ends one too soon. */
export function lessOne(rows: Rows): number[][] {
  return rows.slice(0, -1).map((row) => row.slice(0, -1));
}

export function innerProductOf(a: Rows, b: Rows): number {
  return a.flat().reduce((sum, value, i) => sum + value * b.flat()[i], 0);
}

function clamped(place: number, length: number): number {
  return Math.min(Math.max(place, 0), length - 1);
}
