import type { Rows } from "../rows.js";
import type { Definition } from "./definition.js";
import { cellwise, flipped, mirrored, transposedRows, upsideDown } from "./rows-by-hand.js";

type Args = readonly [kernel: Rows];

/** A kernel, flipped both ways. */
export const flip: Definition<"flip", Args, number[][]> = {
  name: "flip",
  lesson: 2,
  signature: "function flip(kernel: number[][]): number[][]",
  cases: [
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ],
    ],
    [[[1, 2, 3]]],
    [
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ],
  ],
  random: (random) => [random.rows(random.whole(1, 4), random.whole(1, 4), -9, 9)],
  expected: flipped,
  mistakes: {
    unchanged: (kernel) => kernel,
    upsideDownOnly: upsideDown,
    mirroredOnly: mirrored,
    transposed: transposedRows,
    antiTransposed: (kernel) => flipped(transposedRows(kernel)),
    quarterTurn: (kernel) => mirrored(transposedRows(kernel)),
    negated: (kernel) => cellwise(flipped(kernel), (value) => -value),
  },
  laws: {
    twice: (call, random) => {
      const kernel = random.rows(3, 4, -9, 9);
      return JSON.stringify(call(call(kernel))) === JSON.stringify(kernel);
    },
  },
  solution: `function flip(kernel: number[][]): number[][] {
  return [...kernel].reverse().map((row) => [...row].reverse());
}`,
};
