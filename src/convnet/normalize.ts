import { FeatureMaps } from "../maps.js";
import type { BatchNorm, LayerWeights, LocalResponseNorm } from "../network/layer.js";

/** `(x − mean) / √(variance + ε) · scale + offset`, by channel. */
export function batchNorm(maps: FeatureMaps, layer: BatchNorm, weights: LayerWeights): FeatureMaps {
  const out = new FeatureMaps(maps.shape);
  const factor = batchFactors(layer, weights);
  const { offset, mean } = weights;
  const channels = maps.shape[2];
  const shift = Float32Array.from(factor, (f, c) => offset![c] - mean![c] * f);
  for (let i = 0; i < maps.data.length; i += channels) {
    for (let c = 0; c < channels; c++) out.data[i + c] = maps.data[i + c] * factor[c] + shift[c];
  }
  return out;
}

/** What a batch norm multiplies each channel by, up and down: scale / √(variance + ε). */
export function batchFactors({ epsilon }: BatchNorm, { scale, variance }: LayerWeights): Float64Array {
  return Float64Array.from(scale!, (s, c) => s / Math.sqrt(variance![c] + epsilon));
}

/** `x / (k + α · Σ x²)^β` over neighbouring channels (Krizhevsky 2012, section 3.3). */
export function localResponseNorm(maps: FeatureMaps, layer: LocalResponseNorm): FeatureMaps {
  const out = new FeatureMaps(maps.shape);
  const channels = maps.shape[2];
  for (let i = 0; i < maps.data.length; i += channels) {
    for (let c = 0; c < channels; c++) {
      out.data[i + c] = maps.data[i + c] * energy(maps.data, i, c, channels, layer) ** -layer.beta;
    }
  }
  return out;
}

/** `k + α · Σ x²` over channel `c`'s neighbours; of an even size, the greater half lies after it (ONNX's rule). */
export function energy(
  data: Float32Array,
  cell: number,
  c: number,
  channels: number,
  { size, alpha, k }: LocalResponseNorm,
): number {
  const first = Math.max(0, c - Math.floor((size - 1) / 2));
  const last = Math.min(channels - 1, c + Math.ceil((size - 1) / 2));
  let sum = 0;
  for (let j = first; j <= last; j++) sum += data[cell + j] * data[cell + j];
  return k + alpha * sum;
}

/** Over the channels of each cell: e^x, divided so that they add up to 1. */
export function softmax(maps: FeatureMaps): FeatureMaps {
  const out = new FeatureMaps(maps.shape);
  const channels = maps.shape[2];
  for (let i = 0; i < maps.data.length; i += channels) {
    const cell = maps.data.subarray(i, i + channels);
    const greatest = cell.reduce((a, b) => Math.max(a, b));
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += Math.exp(cell[c] - greatest);
    for (let c = 0; c < channels; c++) out.data[i + c] = Math.exp(cell[c] - greatest) / sum;
  }
  return out;
}
