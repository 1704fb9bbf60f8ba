import type { Rows } from "../rows.js";
import type { Definition } from "./definition.js";
import { cellwise, convolved, lessOne, padded, pooled, transposedRows, zeros } from "./rows-by-hand.js";

type Args = readonly [input: Rows, size: number, stride: number, padding: number];

/** The maximum of each window. */
export const pool: Definition<"pool", Args, number[][]> = {
  name: "pool",
  lesson: 3,
  signature: "function pool(input: number[][], size: number, stride: number, padding: number): number[][]",
  cases: [
    [
      [
        [1, 5, 2, 0],
        [3, 2, 8, 1],
      ],
      2,
      2,
      0,
    ],
    [
      [
        [1, 0, 9, 2, 9],
        [3, 5, 4, 6, 1],
        [2, 7, 0, 8, 3],
      ],
      3,
      2,
      0,
    ],
    [
      [
        [-1, -5, -3],
        [-4, -2, -6],
        [-9, -8, -7],
      ],
      2,
      1,
      0,
    ],
    [
      [
        [-1, -2],
        [-3, -4],
      ],
      2,
      2,
      1,
    ],
    [
      [
        [1, 7, 2, 3],
        [0, -9, 4, 1],
        [5, 2, 6, 0],
        [3, 8, -9, 2],
        [1, 0, 2, 4],
      ],
      2,
      1,
      0,
    ],
  ],
  random: (random) => {
    const size = random.whole(2, 3);
    const input = random.rows(size + random.whole(1, 4), size + random.whole(1, 4), -9, 9);
    return [input, size, random.whole(1, 3), random.whole(0, size - 1)];
  },
  expected,
  mistakes: {
    paddingZero: (input, size, stride, padding) => expected(padded(input, padding, 0), size, stride, 0),
    startsAtZero: (...args) => cellwise(expected(...args), (value) => Math.max(value, 0)),
    strideIgnored: (input, size, _, padding) => expected(input, size, 1, padding),
    strideIsSize: (input, size, _, padding) => expected(input, size, size, padding),
    paddingIgnored: (input, size, stride) => expected(input, size, stride, 0),
    averaged: (input, size, stride, padding) =>
      cellwise(
        convolved(
          input,
          cellwise(zeros(size, size), () => 1),
          stride,
          padding,
        ),
        (sum) => sum / (size * size),
      ),
    minimum: (input, ...how) =>
      cellwise(
        expected(
          cellwise(input, (value) => -value),
          ...how,
        ),
        (value) => -value,
      ),
    magnitude: (input, ...how) => expected(cellwise(input, Math.abs), ...how),
    transposed: (...args) => transposedRows(expected(...args)),
    lastWindowMissing: (...args) => lessOne(expected(...args)),
  },
  facts: ([input, size, stride, padding], row, column) => ({
    window: windowOf(input, size, row * stride - padding, column * stride - padding),
  }),
  solution: `function pool(input: number[][], size: number, stride: number, padding: number): number[][] {
  const height = Math.floor((input.length + 2 * padding - size) / stride) + 1;
  const width = Math.floor((input[0].length + 2 * padding - size) / stride) + 1;
  const pooled: number[][] = [];
  for (let y = 0; y < height; y++) {
    const row: number[] = [];
    for (let x = 0; x < width; x++) {
      let greatest = -Infinity;
      for (let dy = 0; dy < size; dy++) {
        for (let dx = 0; dx < size; dx++) {
          greatest = Math.max(greatest, input[y * stride + dy - padding]?.[x * stride + dx - padding] ?? -Infinity);
        }
      }
      row.push(greatest);
    }
    pooled.push(row);
  }
  return pooled;
}`,
};

function expected(input: Rows, size: number, stride: number, padding: number): number[][] {
  return pooled(input, { size, stride, padding }).maxima;
}

/** What a window sees, without padding. */
export function windowOf(input: Rows, size: number, top: number, left: number): string {
  const seen = input
    .slice(Math.max(0, top), top + size)
    .map((row) => row.slice(Math.max(0, left), left + size));
  return JSON.stringify(seen);
}
