import { batchFactors, energy } from "../convnet/normalize.js";
import type { FeatureMaps } from "../maps.js";
import type { BatchNorm, LayerWeights, LocalResponseNorm } from "../network/layer.js";
import { type Signals, valuesOf } from "./signals.js";

/** A batch norm is a product by channel: the same product down, its sign included, without its offset. */
export function batchNormWindows(signals: Signals, layer: BatchNorm, weights: LayerWeights): Signals {
  const factors = batchFactors(layer, weights);
  return { ...signals, data: signals.data.map((value, i) => value * factors[i % signals.channels]) };
}

/**
 * The true derivative of local response normalisation, which the rules `"gradient"` and `"guided"` use. With
 * s = k + α Σ x²: the signal times s^−β, less 2αβ·x times the sum of signal · x · s^(−β−1) over the channels it is a
 * neighbour of. The deconvnet passes the signal through instead.
 */
export function responseNormWindows(signals: Signals, layer: LocalResponseNorm, input: FeatureMaps): Signals {
  const { channels } = signals;
  const out: Signals = { ...signals, data: new Float32Array(signals.data.length) };
  const [before, after] = [Math.floor((layer.size - 1) / 2), Math.ceil((layer.size - 1) / 2)];
  const energies = new Float64Array(channels);
  const shares = new Float64Array(channels);
  overCells(signals, out, input, (from, to, cell) => {
    for (let c = 0; c < channels; c++) {
      energies[c] = energy(input.data, cell, c, channels, layer);
      shares[c] = from[c] * input.data[cell + c] * energies[c] ** (-layer.beta - 1);
    }
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      // Channel j counts c as a neighbour when c lies at most `before` below or `after` above it.
      for (let j = Math.max(0, c - after); j <= Math.min(channels - 1, c + before); j++) sum += shares[j];
      to[c] =
        from[c] * energies[c] ** -layer.beta - 2 * layer.alpha * layer.beta * input.data[cell + c] * sum;
    }
  });
  return out;
}

/** Softmax's true derivative: each probability times its signal less the mean signal. `output` are the probabilities. */
export function softmaxWindows(signals: Signals, output: FeatureMaps): Signals {
  const out: Signals = { ...signals, data: new Float32Array(signals.data.length) };
  overCells(signals, out, output, (from, to, cell) => {
    let mean = 0;
    for (let c = 0; c < signals.channels; c++) mean += from[c] * output.data[cell + c];
    for (let c = 0; c < signals.channels; c++) to[c] = output.data[cell + c] * (from[c] - mean);
  });
  return out;
}

/** Calls `work` with every cell's channels, coming and going, and where that cell lies in the maps of the way up. */
function overCells(
  signals: Signals,
  out: Signals,
  maps: FeatureMaps,
  work: (from: Float32Array, to: Float32Array, cell: number) => void,
): void {
  const { channels, width, height } = signals;
  signals.places.forEach((place, unit) => {
    const from = valuesOf(signals, unit);
    const to = valuesOf(out, unit);
    for (let i = 0; i < height * width; i++) {
      const cell = ((place.y + Math.floor(i / width)) * maps.shape[1] + place.x + (i % width)) * channels;
      work(
        from.subarray(i * channels, (i + 1) * channels),
        to.subarray(i * channels, (i + 1) * channels),
        cell,
      );
    }
  });
}
