import { FeatureMaps, type Switches } from "../maps.js";
import type { MaxPool, Padding, Pair } from "../network/layer.js";
import { outputShape } from "../network/shapes.js";
import { evenPadding } from "../network/sliding.js";
import { greatest, greatestOfRectified, type PoolWindow } from "./greatest.js";

/** How a max pool slides. */
export interface Pooling {
  /** The window: one number for a square. */
  readonly size: number | Pair;
  /** Default: the window's size, so that windows do not overlap. The paper's overlap: 3 at stride 2. */
  readonly stride?: number | Pair;
  /** Default 0. Padding counts as −∞ and is never a switch. */
  readonly padding?: number | Padding;
  /** Default `"floor"`. `"ceil"` adds a last window that overhangs. */
  readonly rounding?: "floor" | "ceil";
}

/**
 * UP, step 3: keeps each window's maximum, and its place: the switches that `deconvnet.unpool` needs (section 2.1,
 * "we record the locations of the maxima within each pooling region in a set of switch variables").
 *
 * Of equal maxima the first in row-major order is the switch. NaN counts as greater than every number, the first
 * NaN wins; a window of nothing but −∞ has its first cell.
 *
 * @param maps `[height, width, channels]`
 * @param how the window's size, stride, padding and rounding
 * @returns the pooled maps `[height′, width′, channels]` and their switches
 * @throws {ShapeError} when the window does not fit the maps
 * @see {@link deconvnet.unpool}, its twin on the way down
 * @example
 * const { maps, switches } = convnet.pool(fromRows([[1, 5], [3, 2]]), { size: 2 });
 * [toRows(maps), [...switches.positions]]; // [[[5]], [1]]
 */
export function pool(maps: FeatureMaps, how: Pooling): { maps: FeatureMaps; switches: Switches } {
  const layer = maxPool(how);
  const shape = outputShape(layer, [maps.shape]);
  const [height, width, channels] = maps.shape;
  const { size, stride, padding } = layer;
  const pooled = new FeatureMaps(shape);
  const positions = new Int32Array(pooled.data.length);
  const [bits, pooledBits] = [bitsOf(maps), bitsOf(pooled)];
  const window: PoolWindow = { positions: new Int32Array(size[0] * size[1]), cells: 0, to: 0 };

  for (let y = 0; y < shape[0]; y++) {
    const top = Math.max(0, y * stride[0] - padding.top);
    const bottom = Math.min(height, y * stride[0] - padding.top + size[0]);
    for (let x = 0; x < shape[1]; x++) {
      const left = Math.max(0, x * stride[1] - padding.left);
      const right = Math.min(width, x * stride[1] - padding.left + size[1]);
      window.cells = 0;
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) {
          window.positions[window.cells++] = row * width + column;
        }
      }
      window.to = (y * shape[1] + x) * channels;
      // All channels of a window at a time: that is how they lie in memory.
      if (!greatestOfRectified(window, bits, channels, pooledBits, positions)) {
        greatest(window, maps.data, channels, pooled.data, positions);
      }
    }
  }
  return { maps: pooled, switches: { shape, inputShape: maps.shape, positions } };
}

/** The same memory as integers. */
function bitsOf({ data }: FeatureMaps): Int32Array {
  return new Int32Array(data.buffer, data.byteOffset, data.length);
}

/** The layer that a pooling describes, with everything said. */
export function maxPool({ size, stride = size, padding = 0, rounding = "floor" }: Pooling): MaxPool {
  return {
    kind: "maxPool",
    name: "pool",
    inputs: ["input"],
    size: typeof size === "number" ? [size, size] : size,
    stride: typeof stride === "number" ? [stride, stride] : stride,
    padding: typeof padding === "number" ? evenPadding(padding) : padding,
    rounding,
  };
}
