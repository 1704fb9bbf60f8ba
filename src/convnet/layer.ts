import type { FeatureMaps, Switches } from "../maps.js";
import { filters } from "../network/filters.js";
import type { Layer } from "../network/layer.js";
import type { Network } from "../network/network.js";
import { average, globalAverage } from "./average.js";
import { filterMaps } from "./filter.js";
import { add, concat, flatten, zeroPad } from "./join.js";
import { batchNorm, localResponseNorm, softmax } from "./normalize.js";
import { pool } from "./pool.js";
import { rectify } from "./rectify.js";

/**
 * One layer of a network on the way UP.
 *
 * @param inputs the maps of the layers it reads
 * @param how.spare the inputs belong to nobody else: a rectifier may write over its own
 * @param how.andRectify of filters: a rectifier follows, do it in the same go
 */
export async function up(
  network: Network,
  layer: Layer,
  inputs: readonly FeatureMaps[],
  { spare, andRectify }: { readonly spare: boolean; readonly andRectify: boolean },
): Promise<{ maps: FeatureMaps; switches?: Switches }> {
  const [maps] = inputs;
  switch (layer.kind) {
    case "convolution":
    case "dense":
      return { maps: await filterMaps(maps, filters(network, layer.name), andRectify) };
    case "relu":
      return { maps: spare ? rectify(maps, maps) : rectify(maps) };
    case "maxPool":
      return pool(maps, layer);
    case "averagePool":
      return { maps: average(maps, layer) };
    case "globalAveragePool":
      return { maps: globalAverage(maps) };
    case "batchNorm":
      return { maps: batchNorm(maps, layer, network.weights.get(layer.name) ?? {}) };
    case "localResponseNorm":
      return { maps: localResponseNorm(maps, layer) };
    case "add":
      return { maps: add(inputs) };
    case "concat":
      return { maps: concat(inputs) };
    case "zeroPad":
      return { maps: zeroPad(maps, layer) };
    case "flatten":
      return { maps: flatten(maps, layer) };
    case "dropout":
      return { maps };
    case "softmax":
      return { maps: softmax(maps) };
  }
}
