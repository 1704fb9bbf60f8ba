import type { LayerWeights } from "./layer.js";
import type { Network } from "./network.js";
import { parameterShapes } from "./parameters.js";

/**
 * The same network with random weights: Gaussian filters, biases 0 and batch norms that change nothing.
 *
 * @param network any, also one that has weights
 * @param options seed and spread
 * @param options.seed a whole number; the same seed gives the same weights; default 1
 * @param options.deviation of the filters: a number (the paper's section 3 uses 0.01), or `"he"` (default) for
 *   √(2 / inputs of a filter), which keeps the maps' size through the layers
 */
export function withRandomWeights(
  network: Network,
  { seed = 1, deviation = "he" }: { readonly seed?: number; readonly deviation?: number | "he" } = {},
): Network {
  const normal = gaussian(seed);
  const weights = new Map<string, LayerWeights>();
  for (const [name, parts] of parameterShapes(network)) {
    const made: { -readonly [part in keyof LayerWeights]: Float32Array } = {};
    for (const [part, shape] of Object.entries(parts)) {
      const count = shape.reduce((a, b) => a * b, 1);
      const values = new Float32Array(count);
      if (part === "filters") {
        const spread = deviation === "he" ? Math.sqrt((2 * shape[shape.length - 1]) / count) : deviation;
        for (let i = 0; i < count; i++) values[i] = spread * normal();
      } else if (part === "scale" || part === "variance") values.fill(1);
      made[part as keyof LayerWeights] = values;
    }
    weights.set(name, made);
  }
  return { ...network, weights };
}

/** Normal numbers by Box and Muller's transform of a seeded generator (mulberry32). */
function gaussian(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
