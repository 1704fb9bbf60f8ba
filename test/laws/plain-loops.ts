/** The definitions themselves as slow loops in double precision: what the engines must agree with. */
import { FeatureMaps, type Shape } from "../../src/maps.js";
import type { Filters } from "../../src/network/filters.js";
import { places, slides } from "../../src/network/sliding.js";

/** Every product of a convolution: output cell, input cell, weight. */
function products(
  filters: Filters,
  [height, width, channels]: Shape,
  visit: (output: number, input: number, weight: number) => void,
): Shape {
  const [vertical, horizontal] = slides(filters);
  const shape: Shape = [places(height, vertical), places(width, horizontal), filters.channels];
  const [inGroup, outGroup] = [channels / filters.groups, filters.channels / filters.groups];
  for (let y = 0; y < shape[0]; y++)
    for (let x = 0; x < shape[1]; x++)
      for (let o = 0; o < shape[2]; o++)
        for (let ky = 0; ky < filters.size[0]; ky++)
          for (let kx = 0; kx < filters.size[1]; kx++) {
            const inY = y * filters.stride[0] + ky * filters.dilation[0] - filters.padding.top;
            const inX = x * filters.stride[1] + kx * filters.dilation[1] - filters.padding.left;
            if (inY < 0 || inY >= height || inX < 0 || inX >= width) continue;
            for (let i = 0; i < inGroup; i++) {
              const c = Math.floor(o / outGroup) * inGroup + i;
              const weight =
                filters.weights[((ky * filters.size[1] + kx) * inGroup + i) * filters.channels + o];
              visit((y * shape[1] + x) * shape[2] + o, (inY * width + inX) * channels + c, weight);
            }
          }
  return shape;
}

export function plainFilterUp(maps: FeatureMaps, filters: Filters): FeatureMaps {
  const sums: number[] = [];
  const shape = products(filters, maps.shape, (output, input, weight) => {
    sums[output] = (sums[output] ?? 0) + weight * maps.data[input];
  });
  const count = shape[0] * shape[1] * shape[2];
  return new FeatureMaps(
    shape,
    Float32Array.from({ length: count }, (_, i) => (sums[i] ?? 0) + (filters.bias?.[i % shape[2]] ?? 0)),
  );
}

export function plainFilterDown(signal: FeatureMaps, filters: Filters, inputShape: Shape): FeatureMaps {
  const sums = new Float64Array(inputShape[0] * inputShape[1] * inputShape[2]);
  products(filters, inputShape, (output, input, weight) => {
    sums[input] += weight * signal.data[output];
  });
  return new FeatureMaps(inputShape, Float32Array.from(sums));
}

/** ⟨a, b⟩ */
export function product(a: FeatureMaps, b: FeatureMaps): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += a.data[i] * b.data[i];
  return sum;
}

/** The greatest difference between two maps, as a share of the greatest value (of 1 where all are smaller). */
export function difference(a: FeatureMaps, b: FeatureMaps): number {
  if (a.shape.join() !== b.shape.join()) throw new Error(`shapes [${a.shape}] and [${b.shape}] differ`);
  let [most, peak] = [0, 1];
  for (let i = 0; i < a.data.length; i++) {
    most = Math.max(most, Math.abs(a.data[i] - b.data[i]));
    peak = Math.max(peak, Math.abs(b.data[i]));
  }
  return most / peak;
}
