import { ShapeError } from "../errors.js";
import { FeatureMaps, type Shape } from "../maps.js";
import { places, slides } from "../network/sliding.js";
import { type Geometry, refuseGroups } from "./geometry.js";
import type { Matrix } from "./matrix.js";

/**
 * The windows of maps as the columns of a matrix, `[kh · kw · inChannels, height′ · width′]`, and where each number was
 * taken from. Row `(ky · kw + kx) · inChannels + c` is what the filters' row `ky`, column `kx`, channel `c` meets;
 * column `y · width′ + x` is the window of output cell `y, x`.
 */
export interface Columns extends Matrix {
  /** For each number the index in `maps.data` that it was copied from, or −1 where it is padding. */
  readonly sources: Int32Array;
  /** How many windows there are: `[height′, width′]`. */
  readonly windows: readonly [height: number, width: number];
}

/**
 * Lays every window that the filters meet into a column of its own: a convolution is then one matrix product,
 * `Output = Weight · im2col(Input)`.
 *
 * @param maps `[height, width, inChannels]`
 * @param geometry filters, or their size, stride, padding, dilation and groups (1)
 * @returns `[kh · kw · inChannels, height′ · width′]`, with each number's source
 * @throws {ArgumentError} for filters in groups
 * @throws {ShapeError} when the window does not fit the maps
 * @see {@link col2im}, its transpose
 * @example
 * const pairs = new Filters({ size: [1, 2], inChannels: 1, channels: 1, weights: Float32Array.of(-1, 1) });
 * const { shape, data } = im2col(fromRows([[1, 4, 9]]), pairs);
 * [shape, [...data]]; // [[2, 2], [1, 4, 4, 9]]
 */
export function im2col(maps: FeatureMaps, geometry: Geometry): Columns {
  const { windows, sources, shape } = sourcesOf("im2col", maps.shape, geometry);
  const data = Float32Array.from(sources, (source) => (source < 0 ? 0 : maps.data[source]));
  return { shape, data, sources, windows };
}

/**
 * Adds every column back to the window that it was taken from: what overlaps adds up, what lies in the padding is
 * dropped. The transpose of `im2col`, so `col2im(Weightᵀ · Signal)` is a convolution's way down.
 *
 * @param columns `[kh · kw · inChannels, height′ · width′]`
 * @param geometry as `im2col`'s
 * @param inputShape `[height, width, inChannels]` of the maps the windows lie in
 * @returns maps of `inputShape`
 * @throws {ShapeError} when the columns are not as many or as long as the geometry makes of `inputShape`
 * @see {@link im2col}
 * @example
 * const pairs = new Filters({ size: [1, 2], inChannels: 1, channels: 1, weights: Float32Array.of(-1, 1) });
 * const columns = { shape: [2, 2], data: Float32Array.of(1, 2, 10, 20) };
 * toRows(col2im(columns, pairs, [1, 3, 1])); // [[1, 12, 20]]
 */
export function col2im(columns: Matrix, geometry: Geometry, inputShape: Shape): FeatureMaps {
  const { sources, shape } = sourcesOf("col2im", inputShape, geometry);
  if (columns.shape[0] !== shape[0] || columns.shape[1] !== shape[1]) {
    throw new ShapeError(
      "col2im",
      "columns",
      columns.shape,
      shape,
      `as windows of [${inputShape.join(",")}] are`,
    );
  }
  const out = new FeatureMaps(inputShape);
  sources.forEach((source, i) => {
    if (source >= 0) out.data[source] += columns.data[i];
  });
  return out;
}

function sourcesOf(
  where: string,
  [height, width, channels]: Shape,
  geometry: Geometry,
): { sources: Int32Array; windows: Columns["windows"]; shape: Matrix["shape"] } {
  refuseGroups(where, geometry);
  const { size, stride, padding, dilation } = geometry;
  const [vertical, horizontal] = slides(geometry);
  const windows = [places(height, vertical), places(width, horizontal)] as const;
  if (windows[0] < 1 || windows[1] < 1) {
    throw new ShapeError(
      where,
      "maps",
      [height, width, channels],
      `at least as large as the window [${size.join(",")}]`,
    );
  }
  const shape = [size[0] * size[1] * channels, windows[0] * windows[1]] as const;
  const sources = new Int32Array(shape[0] * shape[1]).fill(-1);
  for (let column = 0; column < shape[1]; column++) {
    const top = Math.floor(column / windows[1]) * stride[0] - padding.top;
    const left = (column % windows[1]) * stride[1] - padding.left;
    for (let row = 0; row < shape[0]; row++) {
      const place = Math.floor(row / channels);
      const y = top + Math.floor(place / size[1]) * dilation[0];
      const x = left + (place % size[1]) * dilation[1];
      if (y < 0 || y >= height || x < 0 || x >= width) continue;
      sources[row * shape[1] + column] = (y * width + x) * channels + (row % channels);
    }
  }
  return { sources, windows, shape };
}
