import type { Rows } from "../rows.js";
import type { Definition } from "./definition.js";
import {
  cellwise,
  convolved,
  convolvedDown,
  flipped,
  innerProductOf,
  transposedRows,
  zeros,
} from "./rows-by-hand.js";

type Args = readonly [signal: Rows, kernel: Rows, height: number, width: number, stride: number];

/** A convolution's way down. */
export const transposeFilter: Definition<"transposeFilter", Args, number[][]> = {
  name: "transposeFilter",
  lesson: 2,
  signature:
    "function transposeFilter(signal: number[][], kernel: number[][], height: number, width: number, stride: number): number[][]",
  cases: [
    [
      [[2]],
      [
        [1, 2],
        [3, 4],
      ],
      2,
      2,
      1,
    ],
    [
      [
        [2, 3],
        [0, 1],
      ],
      [
        [1, 0, 2],
        [0, 1, 0],
        [-1, 0, 1],
      ],
      4,
      4,
      1,
    ],
    [
      [[1, -2]],
      [
        [1, 2],
        [3, -4],
      ],
      2,
      5,
      2,
    ],
    [
      [[1, 3, 2]],
      [
        [1, 2],
        [4, -8],
      ],
      2,
      4,
      1,
    ],
  ],
  random: (random) => {
    const [kh, kw, stride] = [random.whole(1, 3), random.whole(2, 3), random.whole(1, 2)];
    const [down, across] = [random.whole(1, 3), random.whole(2, 3)];
    return [
      random.rows(down, across, -4, 4),
      random.rows(kh, kw, -3, 3),
      (down - 1) * stride + kh + random.whole(0, stride - 1),
      (across - 1) * stride + kw + random.whole(0, stride - 1),
      stride,
    ];
  },
  expected: convolvedDown,
  mistakes: {
    noFlip: (signal, kernel, height, width, stride) =>
      convolvedDown(signal, flipped(kernel), height, width, stride),
    overwritten: (signal, kernel, height, width, stride) =>
      painted(signal, kernel, height, width, stride, 0, (_, value) => value),
    strideIgnored: (signal, kernel, height, width) => painted(signal, kernel, height, width, 1, 0, add),
    sizeLost: (signal, kernel, _, __, stride) =>
      convolvedDown(
        signal,
        kernel,
        (signal.length - 1) * stride + kernel.length,
        (signal[0].length - 1) * stride + kernel[0].length,
        stride,
      ),
    kernelTransposed: (signal, kernel, height, width, stride) =>
      painted(signal, transposedRows(kernel), height, width, stride, 0, add),
    centred: (signal, kernel, height, width, stride) =>
      painted(signal, kernel, height, width, stride, -1, add),
    rectifiedAfter: (...args) => cellwise(convolvedDown(...args), (value) => Math.max(value, 0)),
    transposed: (...args) => transposedRows(convolvedDown(...args)),
  },
  laws: {
    adjoint: (call, random) => {
      const [input, kernel, signal] = [
        random.rows(5, 6, -4, 4),
        random.rows(2, 3, -3, 3),
        random.rows(2, 2, -4, 4),
      ];
      return (
        innerProductOf(convolved(input, kernel, 2, 0), signal) ===
        innerProductOf(input, call(signal, kernel, 5, 6, 2))
      );
    },
  },
  facts: ([signal, kernel, , , stride], row, column) => {
    const parts = signal.flatMap((line, y) =>
      line.flatMap((_, x) => {
        const [ky, kx] = [row - y * stride, column - x * stride];
        return ky >= 0 && ky < kernel.length && kx >= 0 && kx < kernel[0].length ? [`(${y}, ${x})`] : [];
      }),
    );
    return { count: String(parts.length), parts: parts.join(", ") };
  },
  solution: `function transposeFilter(signal: number[][], kernel: number[][], height: number, width: number, stride: number): number[][] {
  const below = Array.from({ length: height }, () => new Array<number>(width).fill(0));
  for (let y = 0; y < signal.length; y++) {
    for (let x = 0; x < signal[0].length; x++) {
      for (let ky = 0; ky < kernel.length; ky++) {
        for (let kx = 0; kx < kernel[0].length; kx++) {
          below[y * stride + ky][x * stride + kx] += signal[y][x] * kernel[ky][kx];
        }
      }
    }
  }
  return below;
}`,
};

function add(here: number, value: number): number {
  return here + value;
}

/** Each value paints its kernel; −1: the kernel's centre, and not its corner, lies on the value's place. */
function painted(
  signal: Rows,
  kernel: Rows,
  height: number,
  width: number,
  stride: number,
  from: 0 | -1,
  put: (here: number, value: number) => number,
): number[][] {
  const below = zeros(height, width);
  const up = from * Math.floor(kernel.length / 2);
  const left = from * Math.floor(kernel[0].length / 2);
  signal.forEach((line, y) => {
    line.forEach((value, x) => {
      kernel.forEach((weights, ky) => {
        weights.forEach((weight, kx) => {
          const [row, column] = [y * stride + ky + up, x * stride + kx + left];
          if (row < 0 || row >= height || column < 0 || column >= width) return;
          below[row][column] = put(below[row][column], value * weight);
        });
      });
    });
  });
  return below;
}
