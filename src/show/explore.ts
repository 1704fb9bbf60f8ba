import { type ForwardOptions, forward } from "../forward.js";
import type { Photo } from "../image/photo.js";
import type { FeatureMaps } from "../maps.js";
import type { Network } from "../network/network.js";
import { Seen } from "../seen.js";
import { Explorer, type ExplorerChange } from "./explorer.js";

/**
 * Explores what a network sees: click a layer, a map or a unit, and its projection appears beside what the unit sees
 * (sections 2.1 and 4.1). In the notebook's own kernel it is live; elsewhere it is a still picture of the same panels.
 *
 * `view.unit` is what is chosen, `view.on("unit", …)` tells of each choice, and `view.set({ layer, map })` chooses.
 *
 * @param seen what `forward` returned
 * @param options what to begin with: a unit by as much as is known, and how things are shown; as `view.set` takes it.
 *   The strongest unit of the last layer that filters, unless told
 * @throws {UnknownNameError} for a layer the network does not have
 * @throws {ArgumentError} for anything out of range
 * @example
 * const view = explore(seen, { layer: "conv4_3" });
 * view.unit.map; // 309
 */
export function explore(seen: Seen, options?: ExplorerChange): Explorer;
/**
 * The same, from a network and a picture: goes up first, and therefore is to be awaited.
 *
 * @param network with weights
 * @param picture a photo, or maps that were preprocessed by hand
 * @param options as above, and as `forward` takes them
 */
export function explore(
  network: Network,
  picture: Photo | FeatureMaps,
  options?: ExplorerChange & ForwardOptions,
): Promise<Explorer>;
export function explore(
  what: Seen | Network,
  second: ExplorerChange | Photo | FeatureMaps = {},
  options: ExplorerChange & ForwardOptions = {},
): Explorer | Promise<Explorer> {
  if (what instanceof Seen) return new Explorer(what, second as ExplorerChange);
  return forward(what, second as Photo | FeatureMaps, options).then((seen) => new Explorer(seen, options));
}
