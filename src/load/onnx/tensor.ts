import { type TensorProto, TensorProto_DataLocation, TensorProto_DataType } from "onnx-buf";
import { FileError, UnsupportedLayerError } from "../../errors.js";
import type { Work } from "../../work.js";
import { floatsFromBrainHalves, floatsFromHalves } from "../half.js";
import { insideFolderOf } from "../inside.js";
import { checkRange, type Range, readRange } from "../range.js";

const { FLOAT, DOUBLE, FLOAT16, BFLOAT16, INT32, INT64, BOOL } = TensorProto_DataType;

/** Bytes a number takes in `raw_data`, for the types whose meaning as a weight or a shape is clear. */
const width: ReadonlyMap<number, number> = new Map<number, number>([
  [FLOAT, 4],
  [DOUBLE, 8],
  [FLOAT16, 2],
  [BFLOAT16, 2],
  [INT32, 4],
  [INT64, 8],
  [BOOL, 1],
]);

/** The most axes that a tensor may have. */
export const longestShape = 8;

/** A tensor of a file whose size was checked against what the file holds; its numbers are not yet read. */
export interface StoredTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** How many numbers. */
  readonly count: number;
  readonly kind: "floats" | "integers";
  readonly proto: TensorProto;
  /** Where its bytes lie; `undefined` when the numbers stand in the message's own lists. */
  readonly bytes: Uint8Array | Range | undefined;
}

/**
 * Checks a tensor's type and size; allocates nothing.
 *
 * @throws {UnsupportedLayerError} for a type that is no plain number, such as a quantized one
 * @throws {FileError} when the size that it claims is not the size that is there
 */
export async function storedTensor(path: string, proto: TensorProto): Promise<StoredTensor> {
  const name = proto.name;
  const bytesEach = width.get(proto.dataType);
  if (bytesEach === undefined) {
    const type = TensorProto_DataType[proto.dataType] ?? `type ${proto.dataType}`;
    const reason =
      "weights of this type are not read; known are float32, float64, float16 and bfloat16, so export an unquantized model";
    throw new UnsupportedLayerError("loadOnnx", `tensor of ${type}`, name, reason);
  }
  if (proto.segment !== undefined) {
    throw new UnsupportedLayerError("loadOnnx", "segmented tensor", name, "is not read; save the model anew");
  }
  const shape = proto.dims.map(Number);
  const count = shape.reduce((a, b) => a * b, 1);
  if (
    shape.length > longestShape ||
    !shape.every((side) => Number.isSafeInteger(side) && side >= 0) ||
    !Number.isSafeInteger(count * 8)
  ) {
    throw new FileError(
      "loadOnnx",
      path,
      "malformed",
      `tensor ${JSON.stringify(name)} claims a shape of [${shape.slice(0, longestShape)}]`,
    );
  }
  const bytes = await bytesAt(path, proto, count * bytesEach);
  const found = bytes === undefined ? listOf(proto).length : bytes.length / bytesEach;
  if (found !== count) {
    const sentence = `tensor ${JSON.stringify(name)} claims [${shape}], ${count} numbers, but ${found} are there; fetch or export it again`;
    throw new FileError("loadOnnx", path, "truncated", sentence);
  }
  const kind = [FLOAT, DOUBLE, FLOAT16, BFLOAT16].includes(proto.dataType) ? "floats" : "integers";
  return { name, shape, count, kind, proto, bytes };
}

/** A tensor's numbers in single precision. */
export async function readFloats(path: string, tensor: StoredTensor, work: Work = {}): Promise<Float32Array> {
  const bytes = await ownBytes(path, tensor, work);
  const type = tensor.proto.dataType;
  if (bytes === undefined) {
    const list = listOf(tensor.proto);
    if (type === FLOAT16) return floatsFromHalves(Uint16Array.from(list as number[]));
    if (type === BFLOAT16) return floatsFromBrainHalves(Uint16Array.from(list as number[]));
    return Float32Array.from(list, Number);
  }
  if (type === FLOAT) return new Float32Array(bytes);
  if (type === DOUBLE) return Float32Array.from(new Float64Array(bytes));
  if (type === FLOAT16) return floatsFromHalves(new Uint16Array(bytes));
  if (type === BFLOAT16) return floatsFromBrainHalves(new Uint16Array(bytes));
  return Float32Array.from(await readIntegers(path, tensor, work));
}

/** A tensor's whole numbers, as shapes and axes have them. */
export async function readIntegers(path: string, tensor: StoredTensor, work: Work = {}): Promise<number[]> {
  const bytes = await ownBytes(path, tensor, work);
  const type = tensor.proto.dataType;
  if (bytes === undefined) return Array.from(listOf(tensor.proto), Number);
  if (type === INT64) return Array.from(new BigInt64Array(bytes), Number);
  if (type === BOOL) return Array.from(new Uint8Array(bytes));
  return Array.from(new Int32Array(bytes));
}

/** The list of the message that a type's numbers stand in when they are not raw bytes. */
function listOf(proto: TensorProto): readonly (number | bigint)[] {
  if (proto.dataType === FLOAT) return proto.floatData;
  if (proto.dataType === DOUBLE) return proto.doubleData;
  if (proto.dataType === INT64) return proto.int64Data;
  return proto.int32Data;
}

async function bytesAt(path: string, proto: TensorProto, length: number): Promise<StoredTensor["bytes"]> {
  if (proto.dataLocation !== TensorProto_DataLocation.EXTERNAL) {
    return proto.rawData.length > 0 ? proto.rawData : undefined;
  }
  const said = new Map(proto.externalData.map(({ key, value }) => [key, value]));
  const file = await insideFolderOf("loadOnnx", path, said.get("location") ?? "");
  const range: Range = {
    path: file,
    offset: Number(said.get("offset") ?? 0),
    length: Number(said.get("length") ?? length),
  };
  if (![range.offset, range.length].every((n) => Number.isSafeInteger(n) && n >= 0)) {
    const sentence = `tensor ${JSON.stringify(proto.name)} has no valid place in its weights file`;
    throw new FileError("loadOnnx", path, "malformed", sentence);
  }
  await checkRange("loadOnnx", range, `tensor ${JSON.stringify(proto.name)}`);
  return range;
}

/** A tensor's bytes in a buffer of their own, where typed arrays may begin; little-endian as in the file. */
async function ownBytes(path: string, tensor: StoredTensor, work: Work): Promise<ArrayBuffer | undefined> {
  work.signal?.throwIfAborted();
  const { bytes } = tensor;
  if (bytes === undefined) return undefined;
  if (bytes instanceof Uint8Array) return Uint8Array.from(bytes).buffer;
  return (await readRange(path, bytes, work)).buffer as ArrayBuffer;
}
