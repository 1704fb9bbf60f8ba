import type { Preprocessing } from "../image/preprocessing.js";
import type { Layer, LayerWeights } from "./layer.js";

/** What a network reads. */
export interface NetworkInput {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Left out where a file does not say it: such a network reads only maps that were preprocessed by hand. */
  readonly preprocessing?: Preprocessing;
}

/**
 * A network as data: a directed graph of typed layers, and their weights apart.
 * Nothing here computes; `forward` does.
 */
export interface Network {
  readonly name: string;
  readonly input: NetworkInput;
  /** Every layer after those it reads. */
  readonly layers: readonly Layer[];
  /** Numbers by layer name; a layer without any has no entry. A definition alone has an empty map. */
  readonly weights: ReadonlyMap<string, LayerWeights>;
  /** What each output of the last layer means, in order, where the file or its author says it. */
  readonly classes?: readonly string[];
}
