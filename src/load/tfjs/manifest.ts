import { stat } from "node:fs/promises";
import { FileError, UnsupportedLayerError } from "../../errors.js";
import type { Work } from "../../work.js";
import { floatsFromHalves } from "../half.js";
import { insideFolderOf } from "../inside.js";
import type { StoredArray } from "../keras/layer-reader.js";
import { type Range, readRange } from "../range.js";

const where = "loadLayersModel";

/** Bytes that one number takes in a shard. */
const width: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  bool: 1,
  uint8: 1,
  uint16: 2,
  float16: 2,
};

/** An array of the manifest. */
export interface ManifestArray extends StoredArray {
  readonly name: string;
}

interface Quantization {
  readonly dtype: string;
  readonly min: number;
  readonly scale: number;
}

/** A shard: one of the files that a group's bytes are cut into. */
interface Shard {
  readonly path: string;
  readonly size: number;
}

/**
 * The arrays of a `weightsManifest`, each checked against the sizes of the shards that it lies in.
 *
 * @param model the path of model.json; shards must lie in its folder
 * @throws {FileError} for a shard that is missing, lies elsewhere or has another size than the arrays in it
 */
export async function manifestArrays(model: string, manifest: unknown): Promise<readonly ManifestArray[]> {
  const found: ManifestArray[] = [];
  for (const group of list(model, manifest, "weightsManifest")) {
    const { paths, weights } = group as { readonly paths?: unknown; readonly weights?: unknown };
    const shards: Shard[] = [];
    for (const named of list(model, paths, "paths")) {
      const path = await insideFolderOf(where, model, text(model, named, "a shard's path"));
      shards.push({ path, size: (await stat(path)).size });
    }
    let offset = 0;
    for (const described of list(model, weights, "weights")) {
      const { array, bytes } = manifestArray(model, described, shards, offset);
      found.push(array);
      offset += bytes;
    }
    const there = shards.reduce((sum, { size }) => sum + size, 0);
    if (there !== offset) {
      const sentence = `its weights take ${offset} bytes, but its shards have ${there}; fetch or save it again`;
      throw new FileError(where, model, "truncated", sentence);
    }
  }
  return found;
}

function manifestArray(
  model: string,
  described: unknown,
  shards: readonly Shard[],
  offset: number,
): { readonly array: ManifestArray; readonly bytes: number } {
  const entry = (typeof described === "object" ? described : null) as Record<string, unknown> | null;
  const name = text(model, entry?.name, "a weight's name");
  const shape = list(model, entry?.shape, `shape of ${JSON.stringify(name)}`) as readonly number[];
  const count = shape.reduce((a, b) => a * b, 1);
  if (!shape.every((side) => Number.isSafeInteger(side) && side >= 0) || !Number.isSafeInteger(4 * count)) {
    throw malformed(model, `weight ${JSON.stringify(name)} has no valid shape`);
  }
  const quantization = quantizationOf(model, name, entry?.quantization);
  const type = quantization?.dtype ?? text(model, entry?.dtype, `type of ${JSON.stringify(name)}`);
  const each = Object.hasOwn(width, type) ? width[type] : undefined;
  if (each === undefined) {
    throw new UnsupportedLayerError(where, `weight of ${type}`, name, "numbers of this type are not read");
  }
  const read = async (work: Work): Promise<Float32Array> => {
    if (entry?.dtype !== "float32") {
      throw new UnsupportedLayerError(where, `weight of ${entry?.dtype}`, name, "is no float32");
    }
    return floats(await across(shards, offset, count * each, work), type, quantization);
  };
  return { array: { name, shape, read }, bytes: count * each };
}

/** `value · scale + min`, in double precision as tfjs computes it; half precision as it is. */
function floats(bytes: Uint8Array, type: string, quantization: Quantization | undefined): Float32Array {
  const { buffer } = bytes as Uint8Array<ArrayBuffer>;
  if (type === "float32") return new Float32Array(buffer);
  if (type === "float16") return floatsFromHalves(new Uint16Array(buffer));
  const { min, scale } = quantization!;
  const levels = type === "uint8" ? bytes : new Uint16Array(buffer);
  return Float32Array.from(levels, (level) => level * scale + min);
}

function quantizationOf(model: string, name: string, value: unknown): Quantization | undefined {
  if (value === undefined || value === null) return undefined;
  const { dtype, min = 0, scale = 1 } = value as Record<string, unknown>;
  const known = dtype === "uint8" || dtype === "uint16" || dtype === "float16";
  if (!known || typeof min !== "number" || typeof scale !== "number") {
    throw malformed(model, `weight ${JSON.stringify(name)} has no valid quantization`);
  }
  return { dtype, min, scale };
}

/** Bytes of a group, wherever its shards are cut. */
async function across(
  shards: readonly Shard[],
  offset: number,
  length: number,
  work: Work,
): Promise<Uint8Array> {
  const pieces: Range[] = [];
  let start = 0;
  for (const { path, size } of shards) {
    const from = Math.max(offset, start);
    const to = Math.min(offset + length, start + size);
    if (from < to) pieces.push({ path, offset: from - start, length: to - from });
    start += size;
  }
  if (pieces.length === 1) return readRange(where, pieces[0], work);
  const bytes = new Uint8Array(length);
  let done = 0;
  for (const piece of pieces) {
    bytes.set(await readRange(where, piece, work), done);
    done += piece.length;
  }
  return bytes;
}

function list(model: string, value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw malformed(model, `has no valid ${what}`);
}

function text(model: string, value: unknown, what: string): string {
  if (typeof value === "string") return value;
  throw malformed(model, `has no valid ${what}`);
}

function malformed(model: string, sentence: string): FileError {
  return new FileError(where, model, "malformed", sentence);
}
