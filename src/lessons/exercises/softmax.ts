import { softmax as overChannels } from "../../convnet/normalize.js";
import { FeatureMaps } from "../../maps.js";
import type { Definition } from "./definition.js";

type Args = readonly [scores: readonly number[]];

/** Scores become probabilities. */
export const softmax: Definition<"softmax", Args, number[]> = {
  name: "softmax",
  lesson: 6,
  signature: "function softmax(scores: number[]): number[]",
  cases: [[[0, 0]], [[5, 6]], [[1, -2, 3]], [[2, 2, 2, 2]], [[1000, 1001]]],
  random: (random) => [random.numbers(random.whole(2, 5), -6, 6)],
  expected: probabilities,
  mistakes: {
    notNormalised: (scores) => scores.map(Math.exp),
    noExponential: (scores) => divided(scores),
    oneHot: (scores) => scores.map((_, i) => (i === scores.indexOf(Math.max(...scores)) ? 1 : 0)),
    overflow: (scores) => divided(scores.map(Math.exp)),
    dividedByGreatest: (scores) => scores.map((score) => Math.exp(score - Math.max(...scores))),
    baseTwo: (scores) => divided(scores.map((score) => 2 ** (score - Math.max(...scores)))),
    negated: (scores) => probabilities(scores.map((score) => -score)),
    logarithm: (scores) => logarithms(scores),
  },
  laws: {
    sum: (call, random) => {
      const sum = call(random.numbers(4, -6, 6)).reduce((a, b) => a + b);
      return Math.abs(sum - 1) < 1e-6;
    },
    shift: (call, random) => {
      const scores = random.numbers(4, -6, 6);
      const [here, there] = [call(scores), call(scores.map((score) => score + 5))];
      return here.every((p, i) => Math.abs(p - there[i]) < 1e-6);
    },
  },
  solution: `function softmax(scores: number[]): number[] {
  const greatest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - greatest));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}`,
};

/** As the layer `softmax` gives them. */
export function probabilities(scores: readonly number[]): number[] {
  return [...overChannels(new FeatureMaps([1, 1, scores.length], Float32Array.from(scores))).data];
}

/** ln of each probability. */
export function logarithms(scores: readonly number[]): number[] {
  const greatest = Math.max(...scores);
  const sum = scores.reduce((all, score) => all + Math.exp(score - greatest), 0);
  return scores.map((score) => score - greatest - Math.log(sum));
}

function divided(values: readonly number[]): number[] {
  const sum = values.reduce((a, b) => a + b);
  return values.map((value) => value / sum);
}
