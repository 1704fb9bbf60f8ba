import { FeatureMaps } from "../../maps.js";
import { crossEntropy } from "../cross-entropy.js";
import type { Definition } from "./definition.js";
import { logarithms, probabilities } from "./softmax.js";

type Args = readonly [scores: readonly number[], label: number];

/** How wrong a network's scores are. */
export const softmaxCrossEntropy: Definition<"softmaxCrossEntropy", Args, number> = {
  name: "softmaxCrossEntropy",
  lesson: 6,
  signature: "function softmaxCrossEntropy(scores: number[], label: number): number",
  cases: [
    [[0, 0], 0],
    [[5, 6], 0],
    [[1, 3, 2], 1],
    [[4, 1, 2], 2],
    [[1000, 1001], 1],
  ],
  random: (random) => {
    const count = random.whole(2, 5);
    return [random.numbers(count, 1, 9), random.whole(0, count - 1)];
  },
  expected: (scores, label) =>
    crossEntropy(new FeatureMaps([1, 1, scores.length], Float32Array.from(scores)), label),
  mistakes: {
    noMinus: (scores, label) => logarithms(scores)[label],
    probability: (scores, label) => probabilities(scores)[label],
    baseTwo: (scores, label) => -logarithms(scores)[label] / Math.LN2,
    noSoftmax: (scores, label) => -Math.log(scores[label]),
    allClasses: (scores) => -logarithms(scores).reduce((a, b) => a + b),
    oneMinus: (scores, label) => 1 - probabilities(scores)[label],
    fromOne: (scores, label) => -(logarithms(scores)[label - 1] ?? Number.NaN),
    squared: (scores, label) =>
      probabilities(scores).reduce((sum, p, i) => sum + (p - (i === label ? 1 : 0)) ** 2, 0),
    overflow: (scores, label) => {
      const powers = scores.map(Math.exp);
      return -Math.log(powers[label] / powers.reduce((a, b) => a + b));
    },
  },
  laws: {
    shift: (call, random) => {
      const scores = random.numbers(3, 1, 9);
      return (
        Math.abs(
          call(scores, 1) -
            call(
              scores.map((score) => score + 5),
              1,
            ),
        ) < 1e-6
      );
    },
  },
  solution: `function softmaxCrossEntropy(scores: number[], label: number): number {
  const greatest = Math.max(...scores);
  const sum = scores.reduce((all, score) => all + Math.exp(score - greatest), 0);
  return -(scores[label] - greatest - Math.log(sum));
}`,
};
