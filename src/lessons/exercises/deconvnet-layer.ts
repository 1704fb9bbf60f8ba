import { rectify } from "../../deconvnet/rectify.js";
import { mapsOfRows, type Rows, rowsOfMaps } from "../rows.js";
import type { Definition } from "./definition.js";
import { cellwise, convolved, convolvedDown, flipped, pooled, unpooled } from "./rows-by-hand.js";
import { unpool } from "./unpool.js";

type Args = readonly [
  signal: Rows,
  switches: Rows,
  height: number,
  width: number,
  kernel: Rows,
  bias: number,
];

/** One layer of the deconvnet: unpool, rectify, filter. */
export const deconvnetLayer: Definition<"deconvnetLayer", Args, number[][]> = {
  name: "deconvnetLayer",
  lesson: 5,
  signature:
    "function deconvnetLayer(signal: number[][], switches: number[][], height: number, width: number, kernel: number[][], bias: number): number[][]",
  cases: [
    [
      [[2]],
      [[1]],
      2,
      2,
      [
        [1, 3],
        [2, 4],
      ],
      5,
    ],
    [
      [[3, -2]],
      [[1, 3]],
      2,
      3,
      [
        [1, 2],
        [3, 4],
      ],
      1,
    ],
    [
      [[4, 3]],
      [[2, 2]],
      3,
      5,
      [
        [1, -2],
        [0, 3],
      ],
      7,
    ],
    [
      [[-5, 8, 2]],
      [[4, 4, 5]],
      2,
      4,
      [
        [1, -1, 2],
        [3, 4, 0],
      ],
      2,
    ],
  ],
  random: (random) => {
    const [height, width] = [3 + 2 * random.whole(0, 1), 5];
    const { switches } = pooled(random.rows(height, width, 0, 9), { size: 3, stride: 2 });
    const signal = random.rows(switches.length, switches[0].length, -5, 5);
    return [signal, switches, height, width, random.rows(2, random.whole(2, 3), -3, 3), random.whole(1, 9)];
  },
  expected: (signal, switches, height, width, kernel) =>
    filtered(rectified(unpooled(signal, switches, height, width)), kernel),
  mistakes: {
    biasAdded: (signal, switches, height, width, kernel, bias) =>
      cellwise(
        filtered(rectified(unpooled(signal, switches, height, width)), kernel),
        (value) => value + bias,
      ),
    notRectified: (signal, switches, height, width, kernel) =>
      filtered(unpooled(signal, switches, height, width), kernel),
    rectifiedAfter: (signal, switches, height, width, kernel) =>
      rectified(filtered(unpooled(signal, switches, height, width), kernel)),
    rectifiedBefore: (signal, switches, height, width, kernel) =>
      filtered(unpooled(rectified(signal), switches, height, width), kernel),
    bothRectified: (signal, switches, height, width, kernel) =>
      rectified(filtered(rectified(unpooled(signal, switches, height, width)), kernel)),
    noFlip: (signal, switches, height, width, kernel) =>
      filtered(rectified(unpooled(signal, switches, height, width)), flipped(kernel)),
    overwritten: (signal, switches, height, width, kernel) =>
      filtered(rectified(unpooled(signal, switches, height, width, { duplicates: "overwrite" })), kernel),
    nearest: (signal, switches, height, width, kernel) =>
      filtered(rectified(unpool.mistakes.nearest(signal, switches, height, width) as Rows), kernel),
    ordinary: (signal, switches, height, width, kernel) =>
      convolved(rectified(unpooled(signal, switches, height, width)), kernel, 1, 0),
    sameSize: (signal, switches, height, width, kernel) =>
      filtered(rectified(unpooled(signal, switches, height, width)), kernel)
        .slice(0, height)
        .map((row) => row.slice(0, width)),
  },
  solution: `function deconvnetLayer(signal: number[][], switches: number[][], height: number, width: number, kernel: number[][], bias: number): number[][] {
  const unpooled = Array.from({ length: height }, () => new Array<number>(width).fill(0));
  signal.forEach((row, y) =>
    row.forEach((value, x) => {
      unpooled[Math.floor(switches[y][x] / width)][switches[y][x] % width] += value;
    }),
  );
  const rectified = unpooled.map((row) => row.map((value) => Math.max(value, 0)));
  const below = Array.from({ length: height + kernel.length - 1 }, () =>
    new Array<number>(width + kernel[0].length - 1).fill(0),
  );
  rectified.forEach((row, y) =>
    row.forEach((value, x) =>
      kernel.forEach((weights, ky) =>
        weights.forEach((weight, kx) => {
          below[y + ky][x + kx] += value * weight;
        }),
      ),
    ),
  );
  return below;
}`,
};

function rectified(signal: Rows): number[][] {
  return rowsOfMaps(rectify(mapsOfRows([signal])))[0];
}

function filtered(signal: Rows, kernel: Rows): number[][] {
  const [height, width] = [signal.length + kernel.length - 1, signal[0].length + kernel[0].length - 1];
  return convolvedDown(signal, kernel, height, width, 1);
}
