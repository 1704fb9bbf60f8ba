import { ArgumentError } from "../errors.js";
import { FeatureMaps } from "../maps.js";

/**
 * The loss of a softmax's answer: −ln of the probability that the right class was given. It is taken from the scores, as
 * `ln Σ eᶻ − z` of the right class, since a small probability would round to 0.
 *
 * @param scores `[1, 1, classes]`, what goes into the softmax
 * @param label the right class, from 0
 * @throws {ArgumentError} for a class that there is none of
 * @example
 * crossEntropy(new FeatureMaps([1, 1, 2], Float32Array.of(5, 6)), 0); // 1.31326
 */
export function crossEntropy(scores: FeatureMaps, label: number): number {
  checkLabel("crossEntropy", scores, label);
  const greatest = Math.max(...scores.data);
  const sum = scores.data.reduce((all, score) => all + Math.exp(score - greatest), 0);
  return Math.log(sum) + greatest - scores.data[label];
}

/**
 * The gradient of that loss with respect to the scores that went into the softmax: the probabilities, less 1 at the right
 * class. This is the signal that learning sends down.
 *
 * @param probabilities `[1, 1, classes]`
 * @param label the right class, from 0
 * @throws {ArgumentError} for a class that there is none of
 * @example
 * [...scoreGradient(new FeatureMaps([1, 1, 2], Float32Array.of(0.25, 0.75)), 0).data]; // [-0.75, 0.75]
 */
export function scoreGradient(probabilities: FeatureMaps, label: number): FeatureMaps {
  checkLabel("scoreGradient", probabilities, label);
  const data = probabilities.data.map((p, i) => (i === label ? p - 1 : p));
  return new FeatureMaps(probabilities.shape, data);
}

function checkLabel(where: string, { data }: FeatureMaps, label: number): void {
  if (!Number.isInteger(label) || label < 0 || label >= data.length) {
    throw new ArgumentError(where, "label", label, `a whole number from 0 to ${data.length - 1}`);
  }
}
