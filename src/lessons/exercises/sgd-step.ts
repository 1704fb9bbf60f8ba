import { steppedWeights } from "../learning-step.js";
import { plain, type Rows } from "../rows.js";
import type { Definition } from "./definition.js";
import { cellwise, inRows } from "./rows-by-hand.js";

type Args = readonly [weights: Rows, gradient: Rows, rate: number];

/** One step against the gradient. */
export const sgdStep: Definition<"sgdStep", Args, number[][]> = {
  name: "sgdStep",
  lesson: 6,
  signature: "function sgdStep(weights: number[][], gradient: number[][], rate: number): number[][]",
  cases: [
    [[[1]], [[2]], 0.25],
    [
      [
        [3, -1],
        [0, 2],
      ],
      [
        [2, 4],
        [-6, 0],
      ],
      0.5,
    ],
    [[[5, 1, 2]], [[1, -1, 4]], 2],
  ],
  random: (random) => {
    const [height, width] = [random.whole(1, 3), random.whole(1, 4)];
    return [random.rows(height, width, -9, 9), random.rows(height, width, -9, 9), 2 ** random.whole(-3, 2)];
  },
  expected: (weights, gradient, rate) => {
    const [before, by] = [Float32Array.from(weights.flat()), Float32Array.from(gradient.flat())];
    return inRows([...steppedWeights(before, by, rate)].map(plain), weights[0].length);
  },
  mistakes: {
    uphill: (w, g, rate) => cellwise(w, (value, y, x) => value + rate * g[y][x]),
    rateForgotten: (w, g) => cellwise(w, (value, y, x) => value - g[y][x]),
    rateDivided: (w, g, rate) => cellwise(w, (value, y, x) => value - g[y][x] / rate),
    stepOnly: (_, g, rate) => cellwise(g, (slope) => -rate * slope),
    signOnly: (w, g, rate) => cellwise(w, (value, y, x) => value - rate * Math.sign(g[y][x])),
    rateOnWeights: (w, g, rate) => cellwise(w, (value, y, x) => rate * value - g[y][x]),
    multiplied: (w, g, rate) => cellwise(w, (value, y, x) => value * (1 - rate * g[y][x])),
    gradientOnly: (_, g, rate) => cellwise(g, (slope) => rate * slope),
    firstRowOnly: (w, g, rate) => cellwise(w, (value, y, x) => (y === 0 ? value - rate * g[y][x] : value)),
  },
  laws: {
    downhill: (call, random) => {
      // f(w) = Σ w² has the gradient 2w: a small step takes f down.
      const weights = random.rows(2, 3, 1, 9);
      const after = call(
        weights,
        cellwise(weights, (value) => 2 * value),
        0.125,
      );
      const energy = (rows: Rows): number => rows.flat().reduce((sum, value) => sum + value * value, 0);
      return energy(after) < energy(weights);
    },
  },
  facts: ([weights, gradient, rate], row, column) => ({
    weight: String(weights[row][column]),
    gradient: String(gradient[row][column]),
    rate: String(rate),
  }),
  solution: `function sgdStep(weights: number[][], gradient: number[][], rate: number): number[][] {
  return weights.map((row, y) => row.map((weight, x) => weight - rate * gradient[y][x]));
}`,
};
