import {
  type AttributeProto,
  AttributeProto_AttributeType,
  type NodeProto,
  type TensorProto,
} from "onnx-buf";
import { UnsupportedLayerError } from "../../errors.js";

const { INT, INTS, FLOAT, FLOATS, STRING, TENSOR } = AttributeProto_AttributeType;

/** A node's attributes; each is read by the name and type that its operator gives it, and none may be left over. */
export class Attributes {
  readonly #node: NodeProto;
  readonly #layer: string;
  readonly #unread: Map<string, AttributeProto>;

  constructor(node: NodeProto, layer: string) {
    this.#node = node;
    this.#layer = layer;
    this.#unread = new Map(node.attribute.map((attribute) => [attribute.name, attribute]));
  }

  integer(name: string): number | undefined;
  integer(name: string, otherwise: number): number;
  integer(name: string, otherwise?: number): number | undefined {
    const found = this.#take(name, INT);
    return found === undefined ? otherwise : Number(found.i);
  }

  integers(name: string): readonly number[] | undefined {
    return this.#take(name, INTS)?.ints.map(Number);
  }

  float(name: string): number | undefined;
  float(name: string, otherwise: number): number;
  float(name: string, otherwise?: number): number | undefined {
    return this.#take(name, FLOAT)?.f ?? otherwise;
  }

  floats(name: string): readonly number[] | undefined {
    return this.#take(name, FLOATS)?.floats;
  }

  text(name: string, otherwise: string): string {
    const found = this.#take(name, STRING);
    return found === undefined ? otherwise : new TextDecoder().decode(found.s);
  }

  tensor(name: string): TensorProto | undefined {
    return this.#take(name, TENSOR)?.t;
  }

  /** Two numbers along height and width. @throws {UnsupportedLayerError} for any other count */
  pair(name: string): readonly [number, number] | undefined {
    const found = this.integers(name);
    if (found === undefined) return undefined;
    if (found.length !== 2) this.refuse(`${name} is [${found}], only two dimensions are known`);
    return [found[0], found[1]];
  }

  /** Refuses the node unless everything that it says was read. */
  finish(): void {
    for (const name of this.#unread.keys()) this.refuse(`its attribute ${JSON.stringify(name)} is not known`);
  }

  /** @throws {UnsupportedLayerError} always, by the node's type and name */
  refuse(reason: string): never {
    throw new UnsupportedLayerError("loadOnnx", this.#node.opType, this.#layer, reason);
  }

  #take(name: string, type: AttributeProto_AttributeType): AttributeProto | undefined {
    const found = this.#unread.get(name);
    if (found === undefined) return undefined;
    this.#unread.delete(name);
    if (found.type !== type) {
      const got = AttributeProto_AttributeType[found.type] ?? found.type;
      this.refuse(
        `its attribute ${JSON.stringify(name)} is of type ${got}, wanted ${AttributeProto_AttributeType[type]}`,
      );
    }
    return found;
  }
}
