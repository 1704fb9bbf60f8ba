import { ArgumentError, UnsupportedLayerError } from "../errors.js";
import type { Shape } from "../maps.js";
import { checkNetwork } from "../network/check.js";
import { inputName } from "../network/graph.js";
import type { Layer, LayerWeights } from "../network/layer.js";
import type { Network, NetworkInput } from "../network/network.js";
import { parameterCount } from "../network/parameters.js";
import { outputShape } from "../network/shapes.js";
import type { Work } from "../work.js";

/** Reads one part of a layer's weights, in this package's own layout. */
export type ReadPart = (work: Work) => Promise<Float32Array> | Float32Array;

/** What a layer's weights are read by; parts that it has not got are left out. */
export type ReadParts = { readonly [part in keyof LayerWeights]: ReadPart };

/** A file may name one tensor over and over; no more than so many numbers come of it, 4 GiB. */
const mostParameters = 2 ** 30;

/**
 * A network while its file is being read: layers with their shapes so far, and how to read their weights. The
 * weights themselves are read last, once everything else is known to be right.
 */
export class Draft {
  readonly #layers = new Map<string, Layer>();
  readonly #input: NetworkInput;
  readonly #shapes: Map<string, Shape>;
  readonly #parts = new Map<string, ReadParts>();

  constructor(input: NetworkInput) {
    this.#input = input;
    this.#shapes = new Map([[inputName, [input.height, input.width, input.channels]]]);
  }

  /** The shape of a layer that was added, or of `"input"`. */
  shape(name: string): Shape {
    return this.#shapes.get(name)!;
  }

  /** The layer of that name, if it was added. */
  layer(name: string): Layer | undefined {
    return this.#layers.get(name);
  }

  /** Whether a layer of this name may still be added. */
  free(name: string): boolean {
    return name !== "" && !this.#shapes.has(name);
  }

  /**
   * Adds a layer; those that it reads were added before.
   *
   * @throws {ShapeError} where its inputs do not fit it
   * @throws {ArgumentError} when its name is taken
   */
  add(layer: Layer, parts: ReadParts = {}): void {
    if (!this.free(layer.name))
      throw new ArgumentError("load", "layer name", layer.name, "a name of its own");
    this.#shapes.set(
      layer.name,
      outputShape(
        layer,
        layer.inputs.map((name) => this.shape(name)),
      ),
    );
    this.#layers.set(layer.name, layer);
    if (Object.keys(parts).length > 0) this.#parts.set(layer.name, parts);
  }

  /** How the weights of a layer will be read. */
  parts(name: string): ReadParts {
    return this.#parts.get(name) ?? {};
  }

  /** Changes how the weights of a layer will be read. */
  setParts(name: string, parts: ReadParts): void {
    this.#parts.set(name, parts);
  }

  /** Reads all weights and returns the network, checked. */
  async finish(
    name: string,
    { classes, ...work }: Work & { readonly classes?: readonly string[] | undefined } = {},
  ): Promise<Network> {
    const input = this.#input;
    const layers = [...this.#layers.values()];
    if (layers.length === 0) throw new ArgumentError("load", "network", name, "at least one layer");
    const count = parameterCount(checkNetwork({ name, input, layers, weights: new Map() }));
    if (count > mostParameters) {
      throw new ArgumentError("load", "weights of all layers", count, `at most ${mostParameters} numbers`);
    }
    const weights = new Map<string, LayerWeights>();
    for (const [layer, parts] of this.#parts) {
      const read: { -readonly [part in keyof LayerWeights]: Float32Array } = {};
      for (const [part, readPart] of Object.entries(parts)) {
        work.signal?.throwIfAborted();
        read[part as keyof LayerWeights] = await readPart(work);
      }
      weights.set(layer, read);
      work.progress?.(weights.size, this.#parts.size, `read ${name}`);
    }
    return checkNetwork({
      name,
      input,
      layers,
      weights,
      ...(classes === undefined ? {} : { classes }),
    });
  }
}

/** The sentence that refuses a type nobody here knows. */
export function unknownType(where: string, type: string, layer: string, known: readonly string[]): Error {
  const list = [...known].sort().join(", ");
  return new UnsupportedLayerError(where, type, layer, `this type is not known; known are ${list}`);
}
