import { rectify } from "../../convnet/rectify.js";
import { mapsOfRows, type Rows, rowsOfMaps } from "../rows.js";
import type { Definition } from "./definition.js";
import { cellwise } from "./rows-by-hand.js";

type Args = readonly [x: Rows];

/** The ReLU on the way up. */
export const relu: Definition<"relu", Args, number[][]> = {
  name: "relu",
  lesson: 4,
  signature: "function relu(x: number[][]): number[][]",
  cases: [
    [
      [
        [3, -2, 0],
        [-1, 5, 2],
      ],
    ],
    [[[-4]]],
    [[[0.5, -0.5, 2]]],
    [
      [
        [9, -9],
        [1, -1],
      ],
    ],
  ],
  random: (random) => [random.rows(random.whole(1, 4), random.whole(1, 4), -9, 9)],
  expected: (x) => rowsOfMaps(rectify(mapsOfRows([x])))[0],
  mistakes: {
    absolute: (x) => cellwise(x, Math.abs),
    negativesKept: (x) => cellwise(x, (value) => Math.min(value, 0)),
    mask: (x) => cellwise(x, (value) => (value > 0 ? 1 : 0)),
    unchanged: (x) => x,
    leaky: (x) => cellwise(x, (value) => Math.max(value, 0.01 * value)),
    clipped: (x) => cellwise(x, (value) => Math.min(Math.max(value, 0), 1)),
    offset: (x) => cellwise(x, (value) => Math.max(value, 1)),
  },
  laws: {
    twice: (call, random) => {
      const once = call(random.rows(3, 4, -9, 9));
      return JSON.stringify(call(once)) === JSON.stringify(once);
    },
  },
  facts: ([x], row, column) => ({ x: String(x[row][column]) }),
  solution: `function relu(x: number[][]): number[][] {
  return x.map((row) => row.map((value) => Math.max(value, 0)));
}`,
};
