import type { Rows } from "../rows.js";
import type { Definition } from "./definition.js";
import { cellwise, convolved, flipped, lessOne, padded, transposedRows } from "./rows-by-hand.js";

type Args = readonly [input: Rows, kernel: Rows, stride: number, padding: number];

/** A convolution, window by window. */
export const convolve: Definition<"convolve", Args, number[][]> = {
  name: "convolve",
  lesson: 1,
  signature:
    "function convolve(input: number[][], kernel: number[][], stride: number, padding: number): number[][]",
  cases: [
    [
      [
        [1, 2, 0, 1],
        [0, 1, 3, 2],
        [2, 0, 1, 1],
        [1, 3, 0, 2],
      ],
      [
        [1, 0, 2],
        [0, 1, 0],
        [-1, 0, 1],
      ],
      1,
      0,
    ],
    [
      [
        [1, 2, 3, 4, 5],
        [2, 0, 1, 3, 1],
        [1, 1, 4, 0, 2],
      ],
      [
        [1, 2],
        [3, -1],
      ],
      2,
      0,
    ],
    [
      [
        [1, 2],
        [3, 4],
      ],
      [
        [1, 2],
        [0, -1],
      ],
      1,
      1,
    ],
    [
      [
        [1, 5, 2],
        [3, 0, 4],
      ],
      [[1, 2, 4]],
      1,
      0,
    ],
  ],
  random: (random) => {
    const [kh, kw] = [random.whole(1, 3), random.whole(1, 3)];
    return [
      random.rows(kh + random.whole(1, 3), kw + random.whole(1, 3), -5, 5),
      random.rows(kh, kw, -3, 3),
      random.whole(1, 2),
      random.whole(0, Math.min(kh, kw) - 1),
    ];
  },
  expected: convolved,
  mistakes: {
    flipped: (input, kernel, stride, padding) => convolved(input, flipped(kernel), stride, padding),
    strideIgnored: (input, kernel, _, padding) => convolved(input, kernel, 1, padding),
    paddingIgnored: (input, kernel, stride) => convolved(input, kernel, stride, 0),
    edgeRepeated: (input, kernel, stride, padding) =>
      convolved(padded(input, padding, "edge"), kernel, stride, 0),
    kernelTransposed: (input, kernel, stride, padding) =>
      convolved(input, transposedRows(kernel), stride, padding),
    transposed: (...args) => transposedRows(convolved(...args)),
    kernelIgnored: (input, kernel, stride, padding) =>
      convolved(
        input,
        cellwise(kernel, () => 1),
        stride,
        padding,
      ),
    lastWindowMissing: (...args) => lessOne(convolved(...args)),
  },
  laws: {
    linear: (call, random) => {
      const [a, b, kernel] = [random.rows(4, 4, -5, 5), random.rows(4, 4, -5, 5), random.rows(2, 3, -2, 2)];
      const sum = call(
        cellwise(a, (value, y, x) => value + 3 * b[y][x]),
        kernel,
        1,
        0,
      );
      const [left, right] = [call(a, kernel, 1, 0), call(b, kernel, 1, 0)];
      return sum.every((row, y) => row.every((value, x) => value === left[y][x] + 3 * right[y][x]));
    },
  },
  facts: ([input, kernel, stride, padding], row, column) => ({
    window: JSON.stringify(
      kernel.map((line, ky) =>
        line.map((_, kx) => input[row * stride + ky - padding]?.[column * stride + kx - padding] ?? 0),
      ),
    ),
    kernel: JSON.stringify(kernel),
  }),
  solution: `function convolve(input: number[][], kernel: number[][], stride: number, padding: number): number[][] {
  const height = Math.floor((input.length + 2 * padding - kernel.length) / stride) + 1;
  const width = Math.floor((input[0].length + 2 * padding - kernel[0].length) / stride) + 1;
  const output: number[][] = [];
  for (let y = 0; y < height; y++) {
    const row: number[] = [];
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let ky = 0; ky < kernel.length; ky++) {
        for (let kx = 0; kx < kernel[0].length; kx++) {
          sum += kernel[ky][kx] * (input[y * stride + ky - padding]?.[x * stride + kx - padding] ?? 0);
        }
      }
      row.push(sum);
    }
    output.push(row);
  }
  return output;
}`,
};
