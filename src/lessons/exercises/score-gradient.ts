import { FeatureMaps } from "../../maps.js";
import { scoreGradient as byScores } from "../cross-entropy.js";
import type { Definition } from "./definition.js";
import { logarithms, probabilities } from "./softmax.js";

type Args = readonly [scores: readonly number[], label: number];

/** The gradient of the loss by the scores: what goes down first. */
export const scoreGradient: Definition<"scoreGradient", Args, number[]> = {
  name: "scoreGradient",
  lesson: 6,
  signature: "function scoreGradient(scores: number[], label: number): number[]",
  cases: [
    [[0, 0], 0],
    [[5, 6], 0],
    [[1, 3, 2], 1],
    [[4, 1, 2], 2],
  ],
  random: (random) => {
    const count = random.whole(2, 5);
    return [random.numbers(count, -4, 4), random.whole(0, count - 1)];
  },
  expected: (scores, label) => {
    const given = new FeatureMaps([1, 1, scores.length], Float32Array.from(probabilities(scores)));
    return [...byScores(given, label).data];
  },
  mistakes: {
    probabilities,
    negated: (scores, label) => probabilities(scores).map((p, i) => (i === label ? 1 : 0) - p),
    everywhere: (scores) => probabilities(scores).map((p) => p - 1),
    labelOnly: (scores, label) => probabilities(scores).map((p, i) => (i === label ? p - 1 : 0)),
    scores: (scores, label) => scores.map((score, i) => score - (i === label ? 1 : 0)),
    byProbability: (scores, label) => probabilities(scores).map((p, i) => (i === label ? -1 / p : 0)),
    fromOne: (scores, label) => probabilities(scores).map((p, i) => (i === label - 1 ? p - 1 : p)),
    squared: (scores, label) => probabilities(scores).map((p, i) => 2 * (p - (i === label ? 1 : 0))),
  },
  laws: {
    sum: (call, random) => Math.abs(call(random.numbers(4, -4, 4), 2).reduce((a, b) => a + b)) < 1e-6,
    quotient: (call, random) => {
      const scores = random.numbers(3, -3, 3);
      const gradient = call(scores, 1);
      return scores.every((_, i) => {
        const moved = (by: number): number =>
          -logarithms(scores.map((score, j) => (i === j ? score + by : score)))[1];
        return Math.abs((moved(1e-4) - moved(-1e-4)) / 2e-4 - gradient[i]) < 1e-4;
      });
    },
  },
  solution: `function scoreGradient(scores: number[], label: number): number[] {
  const greatest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - greatest));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power, i) => power / sum - (i === label ? 1 : 0));
}`,
};
