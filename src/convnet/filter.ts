import { loadEngine } from "../engine/engine.js";
import { ShapeError } from "../errors.js";
import { FeatureMaps } from "../maps.js";
import type { Filters } from "../network/filters.js";
import { positivePart } from "./positive-part.js";

/**
 * UP, step 1: slides the filters over the maps and adds the bias. Section 2: "convolves the previous layer output
 * (or, in the case of the 1st layer, the input image) with a set of learned filters".
 *
 * @param maps `[height, width, inChannels]`
 * @param filters of one layer, with their stride, padding, dilation and groups
 * @returns one map a filter: `[height′, width′, channels]`
 * @throws {ShapeError} when the maps have not as many channels as the filters read
 * @see {@link deconvnet.filter}, its twin on the way down
 * @example
 * const sum = new Filters({ size: [2, 2], inChannels: 1, channels: 1, weights: Float32Array.of(1, 1, 1, 1) });
 * toRows(await convnet.filter(fromRows([[1, 2, 3], [4, 5, 6]]), sum)); // [[12, 16]]
 */
export function filter(maps: FeatureMaps, filters: Filters): Promise<FeatureMaps> {
  return filterMaps(maps, filters, false);
}

/** `filter`, and where nothing but a rectifier reads what comes out, that in the same go, which is faster. */
export async function filterMaps(
  maps: FeatureMaps,
  filters: Filters,
  andRectify: boolean,
): Promise<FeatureMaps> {
  const engine = await loadEngine();
  const [height, width, channels] = maps.shape;
  if (channels !== filters.inChannels) {
    throw new ShapeError(
      "convnet.filter",
      "maps",
      maps.shape,
      `[any,any,${filters.inChannels}]`,
      "the filters read as many channels",
    );
  }
  if (filters.size.every((side) => side === 1) && height === 1 && width === 1 && filters.groups === 1) {
    const data = engine.multiply(maps.data, 1, filters.weights, filters.channels, "plain");
    if (filters.bias) for (let c = 0; c < data.length; c++) data[c] += filters.bias[c];
    if (andRectify) positivePart(data, data);
    return new FeatureMaps([1, 1, filters.channels], data);
  }
  const input = { shape: [1, height, width, channels] as const, data: maps.data };
  const { shape, data } = engine.convolve(input, filters.weights, filters, {
    bias: filters.bias,
    rectify: andRectify,
  });
  return new FeatureMaps([shape[1], shape[2], shape[3]], data);
}
