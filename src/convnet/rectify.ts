import { FeatureMaps } from "../maps.js";

/**
 * UP, step 2: negative values become 0. Section 2: "passes the responses through a rectified linear function
 * (relu(x) = max(x, 0))". NaN stays NaN, so that a mistake is seen.
 *
 * @param maps `[height, width, channels]`
 * @param into where to write; new maps by default, `maps` itself to save memory
 * @see {@link deconvnet.rectify}, its twin on the way down
 * @example
 * toRows(convnet.rectify(fromRows([[-1, 2]]))); // [[0, 2]]
 */
export function rectify(maps: FeatureMaps, into: FeatureMaps = new FeatureMaps(maps.shape)): FeatureMaps {
  const { data } = maps;
  const out = into.data;
  for (let i = 0; i < data.length; i++) out[i] = Math.max(0, data[i]);
  return into;
}
