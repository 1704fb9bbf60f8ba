import type { Rows } from "../rows.js";
import type { Definition } from "./definition.js";
import { innerProductOf, pooled, unpooled, zeros } from "./rows-by-hand.js";

type Args = readonly [signal: Rows, switches: Rows, height: number, width: number];

/** Values go back to their switches, and add where they meet. */
export const unpool: Definition<"unpool", Args, number[][]> = {
  name: "unpool",
  lesson: 3,
  signature:
    "function unpool(signal: number[][], switches: number[][], height: number, width: number): number[][]",
  cases: [
    [[[7]], [[1]], 2, 2],
    [[[4, 3]], [[2, 2]], 3, 5],
    [
      [
        [1, 2],
        [3, 4],
      ],
      [
        [1, 3],
        [6, 6],
      ],
      3,
      4,
    ],
    [[[5, -2, 4]], [[6, 6, 6]], 2, 4],
  ],
  random: (random) => {
    const [size, stride] = random.whole(0, 2) > 0 ? [3, 2] : [2, 2];
    const [height, width] = [size + 2 * random.whole(0, 2), size + 2 * random.whole(1, 2)];
    const { switches } = pooled(random.rows(height, width, 0, 9), { size, stride });
    return [random.rows(switches.length, switches[0].length, -5, 5), switches, height, width];
  },
  expected: (signal, switches, height, width) => unpooled(signal, switches, height, width),
  mistakes: {
    overwritten: (signal, switches, height, width) =>
      unpooled(signal, switches, height, width, { duplicates: "overwrite" }),
    firstKept: (...args) => placed(args, (values) => values[0]),
    greaterKept: (...args) => placed(args, (values) => Math.max(...values)),
    averaged: (...args) => placed(args, (values) => values.reduce((a, b) => a + b) / values.length),
    nearest: (signal, _, height, width) =>
      zeros(height, width).map((row, y) =>
        row.map(
          (_, x) =>
            signal[Math.floor((y * signal.length) / height)][Math.floor((x * signal[0].length) / width)],
        ),
      ),
    topLeft: (signal, _, height, width) => {
      const out = zeros(height, width);
      const [down, across] = [Math.floor(height / signal.length), Math.floor(width / signal[0].length)];
      signal.forEach((row, y) => {
        row.forEach((value, x) => {
          out[y * down][x * across] += value;
        });
      });
      return out;
    },
    columnMajor: (signal, switches, height, width) =>
      at(signal, switches, height, width, (position) => [position % height, Math.floor(position / height)]),
    sidesSwapped: (signal, switches, height, width) =>
      at(signal, switches, height, width, (position) => [Math.floor(position / height), position % height]),
    fromOne: (signal, switches, height, width) =>
      at(signal, switches, height, width, (position) => [
        Math.floor((position - 1) / width),
        (position - 1) % width,
      ]),
    ones: (...args) => placed(args, () => 1),
  },
  laws: {
    adjoint: (call, random) => {
      const { switches } = pooled(random.rows(5, 7, 0, 9), { size: 3, stride: 2 });
      const [signal, other] = [random.rows(2, 3, -5, 5), random.rows(5, 7, -5, 5)];
      const picked = switches.map((row) => row.map((position) => other.flat()[position]));
      return innerProductOf(call(signal, switches, 5, 7), other) === innerProductOf(signal, picked);
    },
  },
  facts: ([signal, switches, , width], row, column) => {
    const here = signal.flatMap((line, y) =>
      line.flatMap((_, x) => (switches[y][x] === row * width + column ? [`(${y}, ${x})`] : [])),
    );
    return { count: String(here.length), windows: here.join(", "), position: String(row * width + column) };
  },
  solution: `function unpool(signal: number[][], switches: number[][], height: number, width: number): number[][] {
  const below = Array.from({ length: height }, () => new Array<number>(width).fill(0));
  for (let y = 0; y < signal.length; y++) {
    for (let x = 0; x < signal[0].length; x++) {
      const position = switches[y][x];
      below[Math.floor(position / width)][position % width] += signal[y][x];
    }
  }
  return below;
}`,
};

/** What lands at each switch, made one number. */
function placed(
  [signal, switches, height, width]: Args,
  together: (values: readonly number[]) => number,
): number[][] {
  const landed = new Map<number, number[]>();
  signal.forEach((row, y) => {
    row.forEach((value, x) => {
      const position = switches[y][x];
      landed.set(position, [...(landed.get(position) ?? []), value]);
    });
  });
  return zeros(height, width).map((row, y) =>
    row.map((_, x) => {
      const values = landed.get(y * width + x);
      return values ? together(values) : 0;
    }),
  );
}

/** Positions read in another way; what falls outside is lost. */
function at(
  signal: Rows,
  switches: Rows,
  height: number,
  width: number,
  where: (position: number) => readonly [row: number, column: number],
): number[][] {
  const out = zeros(height, width);
  signal.forEach((line, y) => {
    line.forEach((value, x) => {
      const [row, column] = where(switches[y][x]);
      if (out[row]?.[column] !== undefined) out[row][column] += value;
    });
  });
  return out;
}
