import type { Rows } from "../rows.js";
import type { Definition } from "./definition.js";
import { windowOf } from "./pool.js";
import { cellwise, flipped, pooled, transposedRows } from "./rows-by-hand.js";

type Args = readonly [input: Rows, size: number, stride: number];

/** Where each window's maximum was. */
export const switches: Definition<"switches", Args, number[][]> = {
  name: "switches",
  lesson: 3,
  signature: "function switches(input: number[][], size: number, stride: number): number[][]",
  cases: [
    [
      [
        [1, 5, 2, 0],
        [3, 2, 8, 1],
      ],
      2,
      2,
    ],
    [
      [
        [1, 0, 9, 2, 9],
        [3, 5, 4, 6, 1],
        [2, 7, 0, 8, 3],
      ],
      3,
      2,
    ],
    [
      [
        [0, 0, 0, 0, 1],
        [0, 0, 0, 4, 0],
        [2, 0, 0, 0, 0],
        [0, 0, 6, 0, 0],
      ],
      2,
      2,
    ],
    [
      [
        [-5, 2, 1],
        [0, 3, -4],
        [1, 3, 2],
      ],
      2,
      1,
    ],
  ],
  random: (random) => {
    const size = random.whole(2, 3);
    // Few different numbers: ties are common.
    return [
      random.rows(size + random.whole(1, 4), size + random.whole(1, 4), -3, 3),
      size,
      random.whole(1, 3),
    ];
  },
  expected,
  mistakes: {
    lastTie: (input, size, stride) => {
      // Read backwards, the last maximum is the first. A stride may leave cells out: only what windows read is turned.
      const [height, width] = [input.length, input[0].length];
      const rows = height - ((height - size) % stride);
      const columns = width - ((width - size) % stride);
      const read = input.slice(0, rows).map((row) => row.slice(0, columns));
      return flipped(expected(flipped(read), size, stride)).map((row) =>
        row.map((position) => {
          const back = rows * columns - 1 - position;
          return Math.floor(back / columns) * width + (back % columns);
        }),
      );
    },
    insideWindow: (input, size, stride) =>
      places(input, size, stride, (row, column, y, x) => (row - y * stride) * size + column - x * stride),
    pooledWidth: (input, size, stride) => {
      const width = Math.floor((input[0].length - size) / stride) + 1;
      return places(input, size, stride, (row, column) => row * width + column);
    },
    columnMajor: (input, size, stride) =>
      places(input, size, stride, (row, column) => column * input.length + row),
    values: (input, size, stride) => pooled(input, { size, stride }).maxima,
    strideIgnored: (input, size) => expected(input, size, 1),
    fromOne: (...args) => cellwise(expected(...args), (position) => position + 1),
    magnitude: (input, ...how) => expected(cellwise(input, Math.abs), ...how),
    transposed: (...args) => transposedRows(expected(...args)),
  },
  facts: ([input, size, stride], row, column) => ({
    window: windowOf(input, size, row * stride, column * stride),
    from: `(${row * stride}, ${column * stride})`,
    width: String(input[0].length),
  }),
  solution: `function switches(input: number[][], size: number, stride: number): number[][] {
  const [height, width] = [input.length, input[0].length];
  const out: number[][] = [];
  for (let y = 0; y + size <= height; y += stride) {
    const row: number[] = [];
    for (let x = 0; x + size <= width; x += stride) {
      let [bestY, bestX] = [y, x];
      for (let dy = 0; dy < size; dy++) {
        for (let dx = 0; dx < size; dx++) {
          if (input[y + dy][x + dx] > input[bestY][bestX]) [bestY, bestX] = [y + dy, x + dx];
        }
      }
      row.push(bestY * width + bestX);
    }
    out.push(row);
  }
  return out;
}`,
};

function expected(input: Rows, size: number, stride: number): number[][] {
  return pooled(input, { size, stride }).switches;
}

/** The maxima's places, numbered in another way. */
function places(
  input: Rows,
  size: number,
  stride: number,
  number: (row: number, column: number, y: number, x: number) => number,
): number[][] {
  const width = input[0].length;
  return cellwise(expected(input, size, stride), (position, y, x) =>
    number(Math.floor(position / width), position % width, y, x),
  );
}
