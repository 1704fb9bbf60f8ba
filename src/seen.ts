import { ArgumentError } from "./errors.js";
import type { Fitted } from "./image/fit.js";
import type { Photo } from "./image/photo.js";
import type { FeatureMaps, Switches } from "./maps.js";
import { inputName, layerNamed, outputNames, outputOf } from "./network/graph.js";
import type { Network } from "./network/network.js";
import { Shown } from "./shown.js";

/** Everything a network saw in one picture: every layer's maps and every pool's switches. Made by `forward`. */
export class Seen extends Shown {
  readonly network: Network;
  /** The photo, where one was given and not maps that were preprocessed by hand. */
  readonly photo: Photo | undefined;
  /** The photo as it was cut and resized for the network, and the way back. */
  readonly fitted: Fitted | undefined;
  /** What the network read: `[height, width, channels]` in its own channel order. */
  readonly input: FeatureMaps;
  /** The layers' names, first to last; each means the layer's output. */
  readonly layers: readonly string[];
  readonly #maps: ReadonlyMap<string, FeatureMaps>;
  readonly #switches: ReadonlyMap<string, Switches>;

  constructor(
    network: Network,
    source: {
      readonly photo?: Photo | undefined;
      readonly fitted?: Fitted | undefined;
      readonly input: FeatureMaps;
    },
    maps: ReadonlyMap<string, FeatureMaps>,
    switches: ReadonlyMap<string, Switches>,
  ) {
    super();
    this.network = network;
    this.photo = source.photo;
    this.fitted = source.fitted;
    this.input = source.input;
    this.layers = [...outputNames(network).keys()];
    this.#maps = maps;
    this.#switches = switches;
  }

  /**
   * A layer's feature maps; a convolution's are its rectified ones.
   *
   * @param layer a layer's name, or `"input"`
   * @throws {UnknownNameError} listing the right names, nearest first
   */
  maps(layer: string): FeatureMaps {
    if (layer === inputName) return this.input;
    return this.#maps.get(outputOf(this.network, layer).name)!;
  }

  /**
   * Where each maximum of a max pool was.
   *
   * @throws {UnknownNameError} for a name the network does not have
   * @throws {ArgumentError} for a layer that is no max pool
   */
  switches(pool: string): Switches {
    const found = this.#switches.get(pool);
    if (found) return found;
    throw new ArgumentError(
      "switches",
      "pool",
      pool,
      `a max pool; this is a ${layerNamed(this.network, pool).kind}`,
    );
  }
}
