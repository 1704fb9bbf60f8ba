import { forward } from "../forward.js";
import type { FeatureMaps } from "../maps.js";
import { filters } from "../network/filters.js";
import type { LayerWeights } from "../network/layer.js";
import type { Network } from "../network/network.js";
import { shapes } from "../network/shapes.js";
import { project } from "../project.js";
import type { Projection } from "../projection.js";
import type { Seen } from "../seen.js";
import { crossEntropy, scoreGradient } from "./cross-entropy.js";
import { type FilterGradient, filterGradient } from "./filter-gradient.js";
import { wholeSignalMaps } from "./stage.js";

/** One step of learning: what the network said, how wrong that was, and every gradient. */
export interface LearningStep {
  readonly seen: Seen;
  /** `[1, 1, classes]` */
  readonly probabilities: FeatureMaps;
  readonly loss: number;
  /** The way down of the loss's gradient, from the scores to the pixels, by the rule `"gradient"`. */
  readonly down: Projection;
  /** By layer, of each layer that has filters. */
  readonly gradients: ReadonlyMap<string, FilterGradient>;
  /** The same network after the step. */
  readonly network: Network;
}

/**
 * One step of stochastic gradient descent by backpropagation, on one picture. The signal at the scores goes down as a
 * projection does, by the rule `"gradient"`; at each layer the filters' gradient is what came in, convolved by the signal.
 *
 * @param network a chain of layers that ends in a softmax over `[1, 1, classes]`; trained without weight decay or momentum
 * @param picture maps of the network's input shape
 * @param label the right class, from 0
 * @param rate how far to go against the gradient
 */
export async function learningStep(
  network: Network,
  picture: FeatureMaps,
  label: number,
  rate: number,
): Promise<LearningStep> {
  const seen = await forward(network, picture);
  const softmax = network.layers[network.layers.length - 1];
  const scores = softmax.inputs[0];
  const probabilities = seen.maps(softmax.name);
  const down = await project(
    seen,
    { layer: scores, maps: scoreGradient(probabilities, label) },
    { rule: "gradient" },
  );
  const sizes = shapes(network);
  const gradients = new Map<string, FilterGradient>();
  for (const step of down.steps) {
    if (step.kind !== "filter") continue;
    const input = seen.maps(network.layers.find(({ name }) => name === step.layer)!.inputs[0]);
    const signal = wholeSignalMaps(step.input, sizes.get(step.layer)!);
    gradients.set(step.layer, await filterGradient(input, signal, filters(network, step.layer)));
  }
  const weights = new Map<string, LayerWeights>();
  for (const [name, before] of network.weights) {
    const gradient = gradients.get(name);
    weights.set(name, gradient ? stepped(before, gradient, rate) : before);
  }
  return {
    seen,
    probabilities,
    loss: crossEntropy(seen.maps(scores), label),
    down,
    gradients,
    network: { ...network, weights },
  };
}

function stepped(weights: LayerWeights, gradient: FilterGradient, rate: number): LayerWeights {
  return {
    ...weights,
    filters: steppedWeights(weights.filters!, gradient.weights, rate),
    ...(weights.bias && { bias: steppedWeights(weights.bias, gradient.bias, rate) }),
  };
}

/** One step against the gradient: `w − rate · gradient`. */
export function steppedWeights(weights: Float32Array, gradient: Float32Array, rate: number): Float32Array {
  return weights.map((weight, i) => weight - rate * gradient[i]);
}
