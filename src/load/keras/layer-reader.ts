import { ShapeError } from "../../errors.js";
import type { Shape } from "../../maps.js";
import type { Layer } from "../../network/layer.js";
import type { Draft, ReadPart, ReadParts } from "../draft.js";
import type { KerasLayer } from "./architecture.js";
import { Settings } from "./settings.js";

/** An array of a weights file: its shape and how to read it. */
export interface StoredArray {
  readonly shape: readonly number[];
  readonly read: ReadPart;
}

/**
 * Finds a layer's arrays.
 *
 * @param parts Keras's names for them, in the order in which it creates them: kernel before bias, gamma before beta
 * @returns as many arrays, in this order
 */
export type FindArrays = (layer: KerasLayer, parts: readonly string[]) => readonly StoredArray[];

/** What a layer's readers read: a layer of the draft. */
export interface LayerOutput {
  readonly output: string;
  readonly flat: boolean;
}

/** A layer without what its file says anyway. */
type Unnamed = Layer extends infer One ? (One extends Layer ? Omit<One, "name" | "inputs"> : never) : never;

/** One layer of a Keras model, as its type reads it. */
export class LayerReader {
  readonly settings: Settings;
  readonly #draft: Draft;
  readonly #layer: KerasLayer;
  #inputs: readonly string[];
  readonly #find: FindArrays;
  /** Whether its input, and later its output, is a row without place: `[batch, n]` in Keras. */
  flat: boolean;
  /** The layer of the draft whose output this one's readers read. */
  output: string;

  /** @param inputs the layers of the draft that it reads */
  constructor(
    where: string,
    draft: Draft,
    layer: KerasLayer,
    inputs: readonly LayerOutput[],
    find: FindArrays,
  ) {
    this.settings = new Settings(where, layer.type, layer.name, layer.config);
    this.#draft = draft;
    this.#layer = layer;
    this.#inputs = inputs.map(({ output }) => output);
    this.flat = inputs[0]?.flat ?? false;
    this.#find = find;
    this.output = this.#inputs[0] ?? "";
  }

  get name(): string {
    return this.#layer.name;
  }

  /** Height, width and channels of the only input. */
  get shape(): Shape {
    this.one();
    return this.#draft.shape(this.#inputs[0]);
  }

  /** Refuses the layer unless it reads exactly one other. */
  one(): void {
    if (this.#inputs.length !== 1) this.settings.refuse(`it reads ${this.#inputs.length} layers, wanted one`);
  }

  /**
   * The layer's arrays by Keras's names; all of its settings must have been read.
   *
   * @param wanted the shape that each must have
   * @throws {ShapeError} where one has another
   */
  arrays<Part extends string>(
    wanted: Readonly<Record<Part, readonly number[]>>,
  ): Readonly<Record<Part, ReadPart>> {
    this.settings.finish();
    const names = Object.keys(wanted) as Part[];
    const found = this.#find(this.#layer, names);
    const parts = names.map((part, i): [Part, ReadPart] => {
      const { shape, read } = found[i];
      if (shape.join() !== wanted[part].join()) throw new ShapeError(this.name, part, shape, wanted[part]);
      return [part, read];
    });
    return Object.fromEntries(parts) as Record<Part, ReadPart>;
  }

  /** Adds the layer, with all its inputs. @param flat whether its output is a row; by default as its input */
  add(layer: Unnamed, parts: ReadParts = {}, flat: boolean = this.flat): void {
    this.settings.finish();
    this.#draft.add({ ...layer, name: this.name, inputs: this.#inputs } as Layer, parts);
    this.output = this.name;
    this.flat = flat;
  }

  /** Adds a layer that this one begins with, named after it; the layer itself then reads that. */
  precede(what: string, layer: Unnamed, parts: ReadParts): void {
    const name = this.#free(what);
    this.#draft.add({ ...layer, name, inputs: this.#inputs } as Layer, parts);
    this.#inputs = [name];
  }

  /** Adds the activation that is part of the layer, as a layer of its own named after it. */
  activate(activation: string): void {
    if (activation === "linear") return;
    if (activation !== "relu" && activation !== "softmax") {
      this.settings.refuse(
        `activation ${JSON.stringify(activation)} is not known, only linear, relu and softmax`,
      );
    }
    const name = this.#free(activation);
    this.#draft.add({ kind: activation, name, inputs: [this.output] });
    this.output = name;
  }

  /** A name for a part of this layer that no other layer has. */
  #free(part: string): string {
    let name = `${this.name}_${part}`;
    while (!this.#draft.free(name)) name += "_";
    return name;
  }
}
