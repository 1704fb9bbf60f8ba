import type { Rows } from "../rows.js";
import type { Definition } from "./definition.js";
import { addedBack, columnsOf, innerProductOf, inRows, transposedRows } from "./rows-by-hand.js";

type Args = readonly [
  input: Rows,
  kernelHeight: number,
  kernelWidth: number,
  stride: number,
  padding: number,
];

/** Windows become columns. */
export const im2col: Definition<"im2col", Args, number[][]> = {
  name: "im2col",
  lesson: 1,
  signature:
    "function im2col(input: number[][], kernelHeight: number, kernelWidth: number, stride: number, padding: number): number[][]",
  cases: [
    [
      [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ],
      2,
      2,
      1,
      0,
    ],
    [
      [
        [1, 2, 3, 4, 5],
        [6, 7, 8, 9, 10],
        [11, 12, 13, 14, 15],
      ],
      1,
      2,
      2,
      0,
    ],
    [
      [
        [1, 2],
        [3, 4],
      ],
      2,
      2,
      1,
      1,
    ],
    [
      [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
        [9, 10, 11, 12],
      ],
      2,
      3,
      1,
      0,
    ],
  ],
  random: (random) => {
    const [kh, kw] = [random.whole(1, 3), random.whole(1, 3)];
    const input = random.rows(kh + random.whole(1, 3), kw + random.whole(1, 3), -9, 9);
    return [input, kh, kw, random.whole(1, 2), random.whole(0, Math.min(kh, kw) - 1)];
  },
  expected: columnsOf,
  mistakes: {
    transposed: (...args) => transposedRows(columnsOf(...args)),
    strideIgnored: (input, kh, kw, _, padding) => columnsOf(input, kh, kw, 1, padding),
    stepIsKernel: (input, kh, kw, _, padding) => columnsOf(input, kh, kw, Math.max(kh, kw), padding),
    paddingIgnored: (input, kh, kw, stride) => columnsOf(input, kh, kw, stride, 0),
    windowsDownFirst: (input, kh, kw, stride, padding) =>
      columnsOf(input, kh, kw, stride, padding).map((row) =>
        transposedRows(inRows(row, windowsAcross(input, kw, stride, padding))).flat(),
      ),
    cellsDownFirst: (input, kh, kw, stride, padding) => {
      const columns = columnsOf(input, kh, kw, stride, padding);
      return columns.map((_, row) => columns[(row % kh) * kw + Math.floor(row / kh)]);
    },
    sizesSwapped: (input, kh, kw, stride, padding) => columnsOf(input, kw, kh, stride, padding),
    lastWindowMissing: (input, kh, kw, stride, padding) => {
      const across = windowsAcross(input, kw, stride, padding);
      return columnsOf(input, kh, kw, stride, padding).map((row) =>
        inRows(row, across)
          .slice(0, -1)
          .flatMap((windows) => windows.slice(0, -1)),
      );
    },
  },
  laws: {
    adjoint: (call, random) => {
      const input = random.rows(4, 5, -5, 5);
      const columns = call(input, 2, 3, 1, 0);
      const other = random.rows(6, 9, -5, 5);
      return innerProductOf(columns, other) === innerProductOf(input, addedBack(other, 4, 5, 2, 3, 1));
    },
  },
  facts: ([input, , kw, stride, padding], row, column) => {
    const across = windowsAcross(input, kw, stride, padding);
    const top = Math.floor(column / across) * stride - padding;
    const left = (column % across) * stride - padding;
    return {
      row: String(row),
      column: String(column),
      window: `(${top}, ${left})`,
      inside: `(${Math.floor(row / kw)}, ${row % kw})`,
    };
  },
  solution: `function im2col(input: number[][], kernelHeight: number, kernelWidth: number, stride: number, padding: number): number[][] {
  const height = Math.floor((input.length + 2 * padding - kernelHeight) / stride) + 1;
  const width = Math.floor((input[0].length + 2 * padding - kernelWidth) / stride) + 1;
  const columns: number[][] = [];
  for (let ky = 0; ky < kernelHeight; ky++) {
    for (let kx = 0; kx < kernelWidth; kx++) {
      const row: number[] = [];
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          row.push(input[y * stride + ky - padding]?.[x * stride + kx - padding] ?? 0);
        }
      }
      columns.push(row);
    }
  }
  return columns;
}`,
};

function windowsAcross(input: Rows, kw: number, stride: number, padding: number): number {
  return Math.floor((input[0].length + 2 * padding - kw) / stride) + 1;
}
