import { FileError, UnsupportedLayerError } from "../../errors.js";
import { shown } from "./settings.js";

/** One layer of a Keras model, as its file describes it. */
export interface KerasLayer {
  readonly type: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Its type in small letters, with a number from the second of that type on: Keras 3's name for its weights. */
  readonly counted: string;
  /** The layers it reads, by name. */
  readonly inputs: readonly string[];
}

/** A Keras model as its file describes it: every layer after those it reads. */
export interface Architecture {
  readonly name: string;
  readonly layers: readonly KerasLayer[];
  /** `[batch, height, width, channels]` or `[batch, n]`; null where it is left open. */
  readonly inputShape: readonly (number | null)[];
}

type Json = Readonly<Record<string, unknown>>;

/** Where an architecture stands, for what goes wrong with it. */
interface Source {
  readonly where: string;
  readonly path: string;
}

/**
 * A model's description, as Keras 2, Keras 3 and tfjs write it, as one list of layers.
 *
 * @param where the loader
 * @param path the file
 * @param description the parsed JSON: `{ class_name, config }`
 * @throws {UnsupportedLayerError} for what is no plain graph of layers
 * @throws {FileError} where it is not such a description
 */
export function architecture(where: string, path: string, description: unknown): Architecture {
  const source = { where, path };
  const type = text(source, record(source, description, "the model").class_name, "class_name");
  const { config } = record(source, description, "the model");
  if (type === "Sequential") return sequential(source, config);
  if (type === "Functional" || type === "Model") return functional(source, record(source, config, "config"));
  throw new UnsupportedLayerError(
    where,
    type,
    "the model",
    "only Sequential and Functional models are known",
  );
}

function sequential(source: Source, config: unknown): Architecture {
  const named = Array.isArray(config)
    ? { name: "sequential", layers: config }
    : record(source, config, "config");
  const described = list(source, named.layers, "layers").map((layer) => plain(source, layer));
  const first = described.find(({ type }) => type === "InputLayer") ?? described[0];
  const inputShape =
    first?.config.batch_shape ??
    first?.config.batch_input_shape ??
    (named as Json).build_input_shape ??
    built(first?.buildConfig);
  let last: string | undefined;
  const count = counter();
  const layers = described.map(({ type, name, config: settings }): KerasLayer => {
    const inputs = last === undefined ? [] : [last];
    last = name;
    return { type, name, counted: count(type), config: settings, inputs };
  });
  if (layers[0] !== undefined && layers[0].type !== "InputLayer") {
    const input = { type: "InputLayer", name: "", counted: "", config: {}, inputs: [] };
    layers[0] = { ...layers[0], inputs: [input.name] };
    layers.unshift(input);
  }
  return {
    name: named.name === undefined ? "" : String(named.name),
    layers,
    inputShape: shape(source, inputShape),
  };
}

/** Numbers the layers of each type as Keras 3 does: `conv2d`, `conv2d_1`, … */
function counter(): (type: string) => string {
  const counts = new Map<string, number>();
  return (type) => {
    const small = snakeCase(type);
    const count = counts.get(small) ?? 0;
    counts.set(small, count + 1);
    return count === 0 ? small : `${small}_${count}`;
  };
}

/** `BatchNormalization` → `batch_normalization`, `Conv2D` → `conv2d`, `ReLU` → `re_lu`. */
export function snakeCase(type: string): string {
  return type
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

function built(buildConfig: unknown): unknown {
  return typeof buildConfig === "object" ? (buildConfig as Json | null)?.input_shape : undefined;
}

function functional(source: Source, config: Json): Architecture {
  const count = counter();
  const layers = list(source, config.layers, "layers").map((layer): KerasLayer => {
    const { type, name, config: settings } = plain(source, layer);
    const nodes = list(source, (layer as Json).inbound_nodes ?? [], `inbound_nodes of ${shown(name)}`);
    if (nodes.length > 1) {
      throw new UnsupportedLayerError(
        source.where,
        type,
        name,
        "it is used in several places, which is not known",
      );
    }
    const inputs: string[] = [];
    if (nodes.length === 1) collect(source, { type, name }, nodes[0], inputs, 0);
    return { type, name, counted: count(type), config: settings, inputs };
  });
  const entrances = layers.filter(({ type }) => type === "InputLayer");
  if (entrances.length !== 1) {
    const names = entrances.map(({ name }) => shown(name)).slice(0, 8);
    throw malformed(source, `reads ${entrances.length} inputs (${names.join(", ")}), wanted one`);
  }
  const settings = entrances[0].config;
  return {
    name: config.name === undefined ? "" : String(config.name),
    layers: ordered(source, layers),
    inputShape: shape(source, settings.batch_shape ?? settings.batch_input_shape),
  };
}

/**
 * The names of the layers that a node reads: `["name", 0, 0, {}]` in Keras 2, a `__keras_tensor__` with its
 * history in Keras 3, each anywhere inside of lists.
 */
function collect(
  source: Source,
  layer: { readonly type: string; readonly name: string },
  node: unknown,
  found: string[],
  depth: number,
): void {
  const refuse = (reason: string): never => {
    throw new UnsupportedLayerError(source.where, layer.type, layer.name, reason);
  };
  if (depth > 8) refuse("its inputs are listed too deep");
  const read = (history: readonly unknown[]): void => {
    const [name, place, tensor, extras] = history;
    if (place !== 0 || tensor !== 0) refuse("it reads a further output of a layer, which is not known");
    if (extras !== undefined) idleArguments(extras, refuse);
    found.push(text(source, name, "an input's name"));
  };
  if (Array.isArray(node)) {
    if (typeof node[0] === "string" && typeof node[1] === "number") return read(node);
    for (const one of node) collect(source, layer, one, found, depth + 1);
    return;
  }
  const described =
    typeof node === "object" && node !== null ? (node as Json) : refuse(`it is called with ${shown(node)}`);
  if (described.class_name === "__keras_tensor__") {
    const { keras_history } = record(source, described.config, "a tensor");
    return read(list(source, keras_history, "keras_history"));
  }
  if (!("args" in described)) refuse(`it is called with ${shown(node)}`);
  idleArguments(described.kwargs ?? {}, refuse);
  collect(source, layer, described.args, found, depth + 1);
}

/** Arguments of a call that may stand there without changing what is computed. */
function idleArguments(extras: unknown, refuse: (reason: string) => never): void {
  for (const [name, value] of Object.entries(extras as object)) {
    const idle = value === null || (name === "training" && value === false);
    if (!idle) refuse(`it is called with ${name} = ${shown(value)}, which is not known`);
  }
}

/** The layers, each after those it reads; one that reads nothing known, or itself, is refused. */
function ordered(source: Source, layers: readonly KerasLayer[]): readonly KerasLayer[] {
  const waiting = new Map(layers.map((layer) => [layer.name, layer]));
  if (waiting.size < layers.length) throw malformed(source, "has two layers of one name");
  const found = new Map<string, KerasLayer>();
  while (waiting.size > 0) {
    const before = found.size;
    for (const [name, layer] of waiting) {
      if (!layer.inputs.every((input) => found.has(input))) continue;
      found.set(name, layer);
      waiting.delete(name);
    }
    if (found.size === before) {
      const [stuck] = waiting.values();
      throw malformed(
        source,
        `layer ${shown(stuck.name)} reads ${shown(stuck.inputs)}, which nothing before it gives`,
      );
    }
  }
  return [...found.values()];
}

function plain(
  source: Source,
  layer: unknown,
): { readonly type: string; readonly name: string; readonly config: Json; readonly buildConfig: unknown } {
  const described = record(source, layer, "a layer");
  const config = record(source, described.config, "a layer's config");
  const type = text(source, described.class_name, "class_name");
  const name = text(source, config.name ?? described.name, "a layer's name");
  if ("layers" in config) {
    throw new UnsupportedLayerError(
      source.where,
      type,
      name,
      "a model inside a model is not known; save it as one",
    );
  }
  return { type, name, config, buildConfig: described.build_config };
}

function shape(source: Source, value: unknown): readonly (number | null)[] {
  const sides = Array.isArray(value) ? value : [];
  const good = (side: unknown): boolean =>
    side === null || (Number.isSafeInteger(side) && (side as number) > 0);
  if ((sides.length !== 4 && sides.length !== 2) || !sides.every(good)) {
    throw malformed(
      source,
      `says ${shown(value)} of its input's shape, wanted [batch, height, width, channels]`,
    );
  }
  return sides;
}

function record(source: Source, value: unknown, what: string): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  throw malformed(source, `has no valid description of ${what}`);
}

function list(source: Source, value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw malformed(source, `has no valid ${what}`);
}

function text(source: Source, value: unknown, what: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw malformed(source, `has no valid ${what}`);
}

function malformed({ where, path }: Source, sentence: string): FileError {
  return new FileError(where, path, "malformed", sentence);
}
