import { isBytes, toBytes, toView } from "./bytes.js";

/** Where in a state a buffer belongs: keys of objects, places in lists. */
export type Path = readonly (string | number)[];

/** A widget's state, apart from the bytes in it. */
export interface SplitState {
  readonly state: Record<string, unknown>;
  readonly paths: readonly Path[];
  readonly buffers: readonly Uint8Array[];
}

/** Takes the bytes out of a state: JSON can't hold them. In an object their key is left out, a list has null there. */
export function splitBuffers(state: object): SplitState {
  const paths: Path[] = [];
  const buffers: Uint8Array[] = [];
  const split = (value: unknown, path: Path): unknown => {
    if (isBytes(value)) {
      paths.push(path);
      buffers.push(toBytes(value));
      return undefined;
    }
    if (Array.isArray(value)) return value.map((part, index) => split(part, [...path, index]) ?? null);
    if (!isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, split(part, [...path, key])]));
  };
  return { state: split(state, []) as Record<string, unknown>, paths, buffers };
}

/**
 * Puts the bytes back, as DataView.
 *
 * @throws {TypeError} when a path leads nowhere
 */
export function joinBuffers(
  state: Record<string, unknown>,
  paths: unknown,
  buffers: readonly Uint8Array[],
): Record<string, unknown> {
  if (!Array.isArray(paths)) return state;
  paths.forEach((path: unknown, index) => {
    const buffer = buffers[index];
    if (!Array.isArray(path) || path.length === 0 || !buffer) throw new TypeError("a buffer path is wrong");
    let place: unknown = state;
    for (const key of path.slice(0, -1)) place = own(place, key);
    const last: unknown = path.at(-1);
    if (typeof place !== "object" || place === null || !isKey(last)) {
      throw new TypeError(`buffer path ${JSON.stringify(path)} leads nowhere`);
    }
    (place as Record<string, unknown>)[last] = toView(buffer);
  });
  return state;
}

function own(value: unknown, key: unknown): unknown {
  if (typeof value !== "object" || value === null || !isKey(key)) return undefined;
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

/** A key of a browser's message never reaches into prototypes. */
function isKey(key: unknown): key is string {
  return (typeof key === "string" && key !== "__proto__") || Number.isInteger(key);
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null || "toJSON" in value) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
