import type { Rows } from "../rows.js";
import type { Definition } from "./definition.js";
import {
  cellwise,
  convolved,
  convolvedDown,
  flipped,
  innerProductOf,
  transposedRows,
} from "./rows-by-hand.js";

type Args = readonly [input: Rows, signal: Rows];

/** The gradient of the loss by a kernel. */
export const filterGradient: Definition<"filterGradient", Args, number[][]> = {
  name: "filterGradient",
  lesson: 6,
  signature: "function filterGradient(input: number[][], signal: number[][]): number[][]",
  cases: [
    [
      [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ],
      [
        [1, 0],
        [0, 0],
      ],
    ],
    [
      [
        [1, 2, 0, 1],
        [0, 1, 3, 2],
        [2, 0, 1, 1],
        [1, 3, 0, 2],
      ],
      [
        [2, 3],
        [0, 1],
      ],
    ],
    [[[1, 4, 9, 2]], [[10, 1, -1]]],
    [
      [
        [1, -2, 3],
        [0, 4, 1],
        [2, 5, -3],
      ],
      [
        [1, -2],
        [3, 1],
      ],
    ],
  ],
  random: (random) => {
    const [height, width] = [random.whole(2, 3), random.whole(2, 3)];
    return [
      random.rows(height + random.whole(1, 2), width + random.whole(1, 2), -5, 5),
      random.rows(height, width, -3, 3),
    ];
  },
  expected: (input, signal) => convolved(input, signal, 1, 0),
  mistakes: {
    flipped: (input, signal) => flipped(convolved(input, signal, 1, 0)),
    inputIgnored: (input, signal) =>
      cellwise(convolved(input, signal, 1, 0), () => signal.flat().reduce((a, b) => a + b)),
    averaged: (input, signal) =>
      cellwise(convolved(input, signal, 1, 0), (sum) => sum / (signal.length * signal[0].length)),
    firstOnly: (input, signal) =>
      cellwise(convolved(input, signal, 1, 0), (_, y, x) => input[y][x] * signal[0][0]),
    spread: (input, signal) =>
      convolvedDown(
        input,
        signal,
        input.length + signal.length - 1,
        input[0].length + signal[0].length - 1,
        1,
      ),
    transposed: (input, signal) => transposedRows(convolved(input, signal, 1, 0)),
    signalTransposed: (input, signal) => convolved(input, transposedRows(signal), 1, 0),
    magnitude: (input, signal) => convolved(input, cellwise(signal, Math.abs), 1, 0),
  },
  laws: {
    quotient: (call, random) => {
      const [input, kernel, signal] = [
        random.rows(4, 5, -4, 4),
        random.rows(2, 3, -3, 3),
        random.rows(3, 3, -3, 3),
      ];
      const gradient = call(input, signal);
      const loss = (y: number, x: number, by: number): number => {
        const moved = cellwise(kernel, (value, row, column) => value + (row === y && column === x ? by : 0));
        return innerProductOf(convolved(input, moved, 1, 0), signal);
      };
      return kernel.every((row, y) => row.every((_, x) => loss(y, x, 1) - loss(y, x, 0) === gradient[y][x]));
    },
  },
  facts: ([, signal], row, column) => ({
    place: `(${row}, ${column})`,
    count: String(signal.length * signal[0].length),
  }),
  solution: `function filterGradient(input: number[][], signal: number[][]): number[][] {
  const gradient: number[][] = [];
  for (let ky = 0; ky <= input.length - signal.length; ky++) {
    const row: number[] = [];
    for (let kx = 0; kx <= input[0].length - signal[0].length; kx++) {
      let sum = 0;
      for (let y = 0; y < signal.length; y++) {
        for (let x = 0; x < signal[0].length; x++) sum += signal[y][x] * input[y + ky][x + kx];
      }
      row.push(sum);
    }
    gradient.push(row);
  }
  return gradient;
}`,
};
