import { FeatureMaps } from "../maps.js";
import { positivePart } from "./positive-part.js";

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
  positivePart(maps.data, into.data);
  return into;
}
