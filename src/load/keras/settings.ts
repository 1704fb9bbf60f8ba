import { UnsupportedLayerError } from "../../errors.js";

/** What a Keras layer's configuration may say that does not change what the layer computes. */
const idle: ReadonlySet<string> = new Set([
  "name",
  "trainable",
  "dtype",
  "batch_input_shape",
  "batch_shape",
  "build_config",
  "input_shape",
  "sparse",
  "ragged",
  "seed",
  "noise_shape",
  "momentum",
  "renorm_momentum",
  "synchronized",
]);

/** How a layer was begun and held in training. */
const training = /_(initializer|regularizer|constraint)$/;

/** One layer's configuration; each setting is read by name and type, and none that matters may be left over. */
export class Settings {
  readonly #where: string;
  readonly #type: string;
  readonly #layer: string;
  readonly #unread: Map<string, unknown>;

  constructor(where: string, type: string, layer: string, config: Readonly<Record<string, unknown>>) {
    this.#where = where;
    this.#type = type;
    this.#layer = layer;
    this.#unread = new Map(Object.entries(config));
  }

  /** @throws {UnsupportedLayerError} always, by the layer's type and name */
  refuse(reason: string): never {
    throw new UnsupportedLayerError(this.#where, this.#type, this.#layer, reason);
  }

  /** A setting as it stands; `undefined` where it is left out or null. */
  take(name: string): unknown {
    const value = this.#unread.get(name);
    this.#unread.delete(name);
    return value ?? undefined;
  }

  number(name: string, otherwise?: number): number {
    const value = this.take(name) ?? otherwise;
    return typeof value === "number" ? value : this.refuse(`its ${name} is ${shown(value)}, wanted a number`);
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.take(name) ?? otherwise;
    return typeof value === "boolean"
      ? value
      : this.refuse(`its ${name} is ${shown(value)}, wanted true or false`);
  }

  text(name: string, otherwise: string): string {
    const value = this.take(name) ?? otherwise;
    return typeof value === "string" ? value : this.refuse(`its ${name} is ${shown(value)}, wanted a word`);
  }

  /** Height and width; one number stands for both. */
  pair(name: string, otherwise?: readonly [number, number]): readonly [number, number] {
    const value = this.take(name) ?? otherwise;
    if (typeof value === "number") return [value, value];
    if (Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === "number")) {
      return [value[0], value[1]];
    }
    return this.refuse(`its ${name} is ${shown(value)}, wanted two numbers`);
  }

  /** Channels must come last, as Keras has them unless told otherwise. */
  channelsLast(): void {
    const format = this.text("data_format", "channels_last");
    if (format !== "channels_last")
      this.refuse(`data_format ${shown(format)} is not known, only "channels_last"`);
  }

  /** Refuses the layer unless everything that it says was read or does not matter. */
  finish(): void {
    for (const [name, value] of this.#unread) {
      if (value === null || value === false || idle.has(name) || training.test(name)) continue;
      this.refuse(`its setting ${JSON.stringify(name)} is ${shown(value)}, which is not known`);
    }
  }
}

/** What stands in a file, as short text. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "left out";
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
