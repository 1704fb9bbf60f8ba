import type { Rows } from "../rows.js";
import type { Definition } from "./definition.js";
import { addedBack, columnsOf, innerProductOf, inRows, transposedRows, zeros } from "./rows-by-hand.js";

type Args = readonly [
  columns: Rows,
  height: number,
  width: number,
  kernelHeight: number,
  kernelWidth: number,
  stride: number,
];

/** Columns are added back to their windows. */
export const col2im: Definition<"col2im", Args, number[][]> = {
  name: "col2im",
  lesson: 2,
  signature:
    "function col2im(columns: number[][], height: number, width: number, kernelHeight: number, kernelWidth: number, stride: number): number[][]",
  cases: [
    [
      [
        [1, 2],
        [10, 20],
      ],
      1,
      3,
      1,
      2,
      1,
    ],
    [
      [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
        [9, 1, 2, 3],
        [4, 5, 6, 7],
      ],
      3,
      3,
      2,
      2,
      1,
    ],
    [
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      1,
      6,
      1,
      3,
      2,
    ],
    [
      [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
        [1, 3, 5],
        [2, 4, 6],
        [9, 7, 5],
      ],
      2,
      5,
      2,
      3,
      1,
    ],
  ],
  random: (random) => {
    const [kh, kw, stride] = [random.whole(1, 3), random.whole(1, 3), random.whole(1, 2)];
    const [down, across] = [random.whole(1, 3), random.whole(2, 3)];
    const height = (down - 1) * stride + kh + random.whole(0, stride - 1);
    const width = (across - 1) * stride + kw + random.whole(0, stride - 1);
    return [random.rows(kh * kw, down * across, -9, 9), height, width, kh, kw, stride];
  },
  expected: addedBack,
  mistakes: {
    overwritten: (...args) => placed(args, (_, value) => value),
    // Row by row of the columns, the last number at a cell is the first window's.
    overwrittenByRows: (...args) => placed(args, (here, value, count) => (count > 0 ? here : value)),
    averaged: (...args) => {
      const sums = addedBack(...args);
      const [columns, ...sizes] = args;
      const counts = addedBack(
        columns.map((row) => row.map(() => 1)),
        ...sizes,
      );
      return sums.map((row, y) => row.map((value, x) => (counts[y][x] === 0 ? 0 : value / counts[y][x])));
    },
    strideIgnored: (columns, height, width, kh, kw) => placed([columns, height, width, kh, kw, 1], add, true),
    windowsDownFirst: (columns, height, width, kh, kw, stride) => {
      const down = Math.floor((height - kh) / stride) + 1;
      const turned = columns.map((row) => transposedRows(inRows(row, down)).flat());
      return addedBack(turned, height, width, kh, kw, stride);
    },
    cellsDownFirst: (columns, height, width, kh, kw, stride) => {
      const turned = columns.map((_, row) => columns[(row % kw) * kh + Math.floor(row / kw)]);
      return addedBack(turned, height, width, kh, kw, stride);
    },
    transposed: (...args) => transposedRows(addedBack(...args)),
    sizeLost: (columns, height, width, kh, kw, stride) => {
      const down = Math.floor((height - kh) / stride);
      const across = Math.floor((width - kw) / stride);
      return addedBack(columns, down * stride + kh, across * stride + kw, kh, kw, stride);
    },
  },
  laws: {
    adjoint: (call, random) => {
      const [input, columns] = [random.rows(4, 5, -5, 5), random.rows(4, 6, -5, 5)];
      return (
        innerProductOf(
          columnsOf(input, 2, 2, 2, 0),
          columns.map((row) => row.slice(0, 4)),
        ) ===
        innerProductOf(
          input,
          call(
            columns.map((row) => row.slice(0, 4)),
            4,
            5,
            2,
            2,
            2,
          ),
        )
      );
    },
  },
  facts: ([columns, height, width, kh, kw, stride], row, column) => {
    const across = Math.floor((width - kw) / stride) + 1;
    const parts: string[] = [];
    for (let window = 0; window < columns[0].length; window++) {
      const ky = row - Math.floor(window / across) * stride;
      const kx = column - (window % across) * stride;
      if (ky >= 0 && ky < kh && kx >= 0 && kx < kw) parts.push(`(${ky * kw + kx}, ${window})`);
    }
    return { count: String(parts.length), parts: parts.join(", "), size: `${height} × ${width}` };
  },
  solution: `function col2im(columns: number[][], height: number, width: number, kernelHeight: number, kernelWidth: number, stride: number): number[][] {
  const across = Math.floor((width - kernelWidth) / stride) + 1;
  const image = Array.from({ length: height }, () => new Array<number>(width).fill(0));
  for (let row = 0; row < columns.length; row++) {
    for (let column = 0; column < columns[0].length; column++) {
      const y = Math.floor(column / across) * stride + Math.floor(row / kernelWidth);
      const x = (column % across) * stride + (row % kernelWidth);
      image[y][x] += columns[row][column];
    }
  }
  return image;
}`,
};

function add(here: number, value: number): number {
  return here + value;
}

/** Each number put at its place, one window after the other; `outside` lets windows of a wrong stride fall off. */
function placed(
  [columns, height, width, , kw, stride]: Args,
  put: (here: number, value: number, count: number) => number,
  outside = false,
): number[][] {
  const kernelHeight = columns.length / kw;
  const across = outside ? width - kw + 1 : Math.floor((width - kw) / stride) + 1;
  const image = zeros(height, width);
  const counts = zeros(height, width);
  for (let window = 0; window < columns[0].length; window++) {
    for (let ky = 0; ky < kernelHeight; ky++) {
      for (let kx = 0; kx < kw; kx++) {
        const y = Math.floor(window / across) * stride + ky;
        const x = (window % across) * stride + kx;
        if (y >= height || x >= width) continue;
        image[y][x] = put(image[y][x], columns[ky * kw + kx][window], counts[y][x]);
        counts[y][x]++;
      }
    }
  }
  return image;
}
