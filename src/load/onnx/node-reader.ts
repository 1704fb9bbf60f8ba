import type { NodeProto } from "onnx-buf";
import { FileError } from "../../errors.js";
import type { Shape } from "../../maps.js";
import type { Layer } from "../../network/layer.js";
import type { Draft, ReadParts } from "../draft.js";
import { Attributes } from "./attributes.js";
import { longestShape } from "./tensor.js";
import { type Axes, type ConstantValue, longest, type MapsValue, type Value } from "./value.js";

/** What all nodes of a graph share while it is read. */
export interface GraphReading {
  readonly path: string;
  readonly draft: Draft;
  /** By the name that the file gives to each tensor. */
  readonly values: Map<string, Value>;
  /** How many nodes and graph outputs read a tensor. */
  readonly readers: ReadonlyMap<string, number>;
  /** Layers made of a product by channel, which may still take in an addition that follows. */
  readonly unshifted: Set<string>;
  /** How many numbers were conjured up by a shape alone. */
  readonly filled: { numbers: number };
  /** The version of the operators: some changed their meaning. */
  readonly opset: number;
  /** The batch that the graph was written for; 1 where it is left open. */
  readonly batch: number;
}

/** A layer without what the node itself says: its name and its inputs. */
export type Unnamed = Layer extends infer One
  ? One extends Layer
    ? Omit<One, "name" | "inputs">
    : never
  : never;

/** One node of a graph, as its operator reads it. */
export class NodeReader {
  readonly graph: GraphReading;
  readonly attributes: Attributes;
  /** The layer's name: the node's, or its output's where it has none of its own. */
  readonly name: string;
  readonly #node: NodeProto;

  constructor(graph: GraphReading, node: NodeProto) {
    this.graph = graph;
    this.#node = node;
    this.name = [node.name, node.output[0] ?? ""].find((name) => graph.draft.free(name)) ?? node.name;
    this.attributes = new Attributes(node, this.name);
  }

  get inputs(): number {
    return this.#node.input.length;
  }

  /** @throws {UnsupportedLayerError} always, by the node's type and name */
  refuse(reason: string): never {
    return this.attributes.refuse(reason);
  }

  /** An input; `undefined` where it is left out. */
  input(index: number): Value | undefined {
    const name = this.#node.input[index];
    if (name === undefined || name === "") return undefined;
    const value = this.graph.values.get(name);
    if (value === undefined) {
      const sentence = `node ${JSON.stringify(this.name)} reads ${JSON.stringify(name)}, which nothing before it gives`;
      throw new FileError("loadOnnx", this.graph.path, "malformed", sentence);
    }
    return value;
  }

  maps(index: number): MapsValue {
    const value = this.input(index);
    if (value?.kind !== "maps") this.refuse(`its input ${index} must be feature maps`);
    return value;
  }

  constant(index: number, what: string): ConstantValue {
    const value = this.input(index);
    if (value?.kind !== "constant") this.refuse(`its ${what} must be numbers that stand in the file`);
    return value;
  }

  /** Whole numbers that an input gives, or `undefined` where it is left out. */
  integers(index: number, what: string): readonly number[] | undefined {
    if (this.input(index) === undefined) return undefined;
    return this.constant(index, what).integers ?? this.refuse(`its ${what} must be a few whole numbers`);
  }

  /** The one number that an input gives, or `undefined` where it is left out. */
  async number(index: number, what: string): Promise<number | undefined> {
    if (this.input(index) === undefined) return undefined;
    const { shape, read } = this.constant(index, what);
    if (shape.some((side) => side !== 1)) this.refuse(`its ${what} must be one number, not [${shape}]`);
    return (await read({}))[0];
  }

  /** Height, width and channels of maps. */
  shape(maps: MapsValue): Shape {
    return this.graph.draft.shape(maps.layer);
  }

  /** The shape of maps as the file has it. */
  dimensions(maps: MapsValue): readonly number[] {
    const [height, width, channels] = this.shape(maps);
    if (maps.axes === "nc") return [this.graph.batch, channels];
    return maps.axes === "nchw"
      ? [this.graph.batch, channels, height, width]
      : [this.graph.batch, height, width, channels];
  }

  /** Refuses maps whose axes are not in the order that an operator needs. */
  needs(maps: MapsValue, ...axes: Axes[]): void {
    if (!axes.includes(maps.axes))
      this.refuse(`its input has the axes ${maps.axes}, wanted ${axes.join(" or ")}`);
  }

  /** Adds this node's layer and returns its output. */
  add(
    layer: Unnamed,
    inputs: readonly MapsValue[],
    parts: ReadParts = {},
    axes: Axes = inputs[0].axes,
  ): MapsValue {
    this.attributes.finish();
    this.graph.draft.add(
      { ...layer, name: this.name, inputs: inputs.map((maps) => maps.layer) } as Layer,
      parts,
    );
    return { kind: "maps", layer: this.name, axes, sole: true };
  }

  /** Makes a value the node's first output; the others may only be there as long as nothing reads them. */
  give(value: Value): void {
    this.attributes.finish();
    const [first, ...others] = this.#node.output;
    const read = others.find((name) => name !== "" && (this.graph.readers.get(name) ?? 0) > 0);
    if (read !== undefined)
      this.refuse(`its further output ${JSON.stringify(read)} is read, which is not known`);
    if (this.graph.values.has(first)) {
      const sentence = `two nodes give ${JSON.stringify(first)}`;
      throw new FileError("loadOnnx", this.graph.path, "malformed", sentence);
    }
    if (
      value.kind === "constant" &&
      (value.shape.length > longestShape || (value.integers?.length ?? 0) > longest)
    ) {
      this.refuse(`it gives [${value.shape.slice(0, longestShape)}…], more than is needed for any shape`);
    }
    const once = (this.graph.readers.get(first) ?? 0) === 1;
    this.graph.values.set(first, value.kind === "maps" ? { ...value, sole: value.sole && once } : value);
  }
}

/** Which axis of a tensor holds the channels. */
export function channelAxis(axes: Axes): number {
  return axes === "nhwc" ? 3 : 1;
}
