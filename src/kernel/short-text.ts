import { inspect, types } from "node:util";

/** A value with more parts than this is shown less deep. */
const partsShown = 2000;
const arrayShown = 50;
const deepest = 4;

/** A value as text, as Node shows it, but never more than somebody wants to read. */
export function shortText(value: unknown): string {
  let depth = deepest;
  while (depth > 0 && parts(value, depth, partsShown) >= partsShown) depth--;
  return inspect(value, { depth, maxArrayLength: arrayShown, maxStringLength: 10_000, breakLength: 100 });
}

/** How many parts a value has down to a depth; stops counting at `limit`. */
function parts(value: unknown, depth: number, limit: number): number {
  if (typeof value !== "object" || value === null || limit <= 0) return 1;
  if (depth < 0 || ArrayBuffer.isView(value) || types.isProxy(value)) return 1;
  let count = 1;
  for (const part of inner(value)) {
    count += parts(part, depth - 1, limit - count);
    if (count >= limit) break;
  }
  return count;
}

/** What `inspect` would show of it; nothing is run to find out. */
function* inner(value: object): Generator<unknown> {
  if (value instanceof Map) {
    for (const [key, part] of first(Map.prototype.entries.call(value))) yield* [key, part];
  } else if (value instanceof Set) {
    yield* first(Set.prototype.values.call(value));
  } else if (Array.isArray(value)) {
    yield* first(Array.prototype.values.call(value));
  } else {
    for (const key in value) {
      const own = Object.getOwnPropertyDescriptor(value, key);
      if (own && "value" in own) yield own.value;
    }
  }
}

function* first<T>(values: Iterable<T>): Generator<T> {
  let left = arrayShown;
  for (const value of values) {
    if (left-- <= 0) return;
    yield value;
  }
}
