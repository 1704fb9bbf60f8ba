import { ArgumentError } from "../errors.js";
import type { FeatureMaps, Switches } from "../maps.js";
import { inputName, outputNames } from "../network/graph.js";
import type { Network } from "../network/network.js";
import { withRandomWeights } from "../network/random-weights.js";
import { Seen } from "../seen.js";

/**
 * What one network saw, to be projected through the filters of another: the maps (which the rules `"gradient"` and
 * `"guided"` look at) and the switches stay the first network's own. Not what the other network would have seen.
 *
 * @param seen what `forward` returned
 * @param network of the same layers, with other weights
 * @returns to be given to `project`; its network's name says that two went into it
 * @throws {ArgumentError} for a network of other layers
 */
export function withFiltersOf(seen: Seen, network: Network): Seen {
  if (geometryOf(seen.network) !== geometryOf(network)) {
    throw new ArgumentError(
      "withFiltersOf",
      "network",
      network.name,
      `a network of the same layers as ${seen.network.name}, since switches belong to a pool's own place`,
    );
  }
  const maps = new Map<string, FeatureMaps>();
  for (const [name, output] of outputNames(seen.network)) maps.set(output.name, seen.maps(name));
  const switches = new Map<string, Switches>();
  for (const { kind, name } of seen.network.layers) {
    if (kind === "maxPool") switches.set(name, seen.switches(name));
  }
  const name = `filters of ${network.name}, switches of ${seen.network.name}`;
  const source = { photo: seen.photo, fitted: seen.fitted, input: seen.input };
  return new Seen({ ...network, name }, source, maps, switches);
}

/**
 * What a network saw, its maps and switches kept, to be projected through random filters: how much of a projection is
 * there without anything learned (Mahendran & Vedaldi 2016; Nie, Zhang & Patel 2018).
 *
 * @param seen what `forward` returned
 * @param options.seed of the random filters, default 1
 * @example
 * const { pixels } = await project(withRandomFilters(seen), strongest(seen, "conv5_1"));
 * pixels.shape; // [224, 224, 3]
 */
export function withRandomFilters(seen: Seen, options: { readonly seed?: number } = {}): Seen {
  const random = withRandomWeights(seen.network, options);
  return withFiltersOf(seen, { ...random, name: `random ${seen.network.name}` });
}

function geometryOf({ input, layers }: Network): string {
  const { height, width, channels } = input;
  return JSON.stringify([inputName, height, width, channels, layers]);
}
