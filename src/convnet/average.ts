import { FeatureMaps } from "../maps.js";
import type { AveragePool } from "../network/layer.js";
import { outputShape } from "../network/shapes.js";

/** Each window's mean, divided as the layer says; padding adds nothing to the sum. */
export function average(maps: FeatureMaps, layer: AveragePool): FeatureMaps {
  const out = new FeatureMaps(outputShape(layer, [maps.shape]));
  const [height, width, channels] = maps.shape;
  for (let y = 0; y < out.shape[0]; y++) {
    for (let x = 0; x < out.shape[1]; x++) {
      const { top, bottom, left, right, divisor } = averaged(layer, y, x, height, width);
      const to = (y * out.shape[1] + x) * channels;
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) {
          const from = (row * width + column) * channels;
          for (let c = 0; c < channels; c++) out.data[to + c] += maps.data[from + c];
        }
      }
      for (let c = 0; c < channels; c++) out.data[to + c] /= divisor;
    }
  }
  return out;
}

/** Each channel's mean: `[1, 1, channels]`. */
export function globalAverage(maps: FeatureMaps): FeatureMaps {
  const [height, width, channels] = maps.shape;
  const out = new FeatureMaps([1, 1, channels]);
  // Summed in double precision: float32 loses digits over thousands of cells.
  const sums = new Float64Array(channels);
  for (let i = 0; i < maps.data.length; i += channels) {
    for (let c = 0; c < channels; c++) sums[c] += maps.data[i + c];
  }
  for (let c = 0; c < channels; c++) out.data[c] = sums[c] / (height * width);
  return out;
}

/** The cells inside the maps that one average reads, and what their sum is divided by, up and down. */
export function averaged(
  { size, stride, padding, divisor }: AveragePool,
  y: number,
  x: number,
  height: number,
  width: number,
): { top: number; bottom: number; left: number; right: number; divisor: number } {
  const [startY, startX] = [y * stride[0] - padding.top, x * stride[1] - padding.left];
  const [top, left] = [Math.max(0, startY), Math.max(0, startX)];
  const [bottom, right] = [Math.min(height, startY + size[0]), Math.min(width, startX + size[1])];
  // A window that rounding up pushes past the padding does not count the cells beyond it (PyTorch's rule).
  const rows = Math.min(height + padding.bottom, startY + size[0]) - startY;
  const columns = Math.min(width + padding.right, startX + size[1]) - startX;
  return {
    top,
    bottom,
    left,
    right,
    divisor: divisor === "padded" ? rows * columns : (bottom - top) * (right - left),
  };
}
