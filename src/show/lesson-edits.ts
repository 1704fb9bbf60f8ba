import { ArgumentError } from "../errors.js";

/** Lists of numbers, nested. */
type Nested = readonly (number | Nested)[];

/**
 * The change of a lesson's state that one typed number means. What it is worth is checked by the lesson, which refuses in
 * words; that it has a place is checked here.
 *
 * @param state the lesson's own numbers, by the names of their panels
 * @param body from the browser: `{ panel, map, y, x, value }`
 * @throws {ArgumentError} for a panel whose numbers are not the user's own, or a place that it does not have
 */
export function editedNumber(
  state: Readonly<Record<string, unknown>>,
  body: Readonly<Record<string, unknown>>,
): object {
  const { panel, map, y, x, value } = body;
  const own = typeof panel === "string" && Object.hasOwn(state, panel) ? state[panel] : undefined;
  // A layer of the toy network: its filters, beside its biases.
  const layer = isLayer(own) ? own : undefined;
  const lists = layer?.filters ?? own;
  const depth = depthOf(lists);
  if (typeof panel !== "string" || depth < 2 || depth > 4)
    throw new ArgumentError("edit", "panel", panel, "one whose numbers can be edited");
  const path = pathTo(lists as Nested, depth, Number(map), Number(y), Number(x));
  if (typeof numberAt(lists, path) !== "number")
    throw new ArgumentError("edit", "cell", [map, y, x].join(", "), `one that ${panel} has`);
  const next = replaced(lists as Nested, path, value);
  return { [panel]: layer ? { ...layer, filters: next } : next };
}

/** Where a number lies in its lists: a matrix, a matrix a map, or for each filter a matrix a channel. */
function pathTo(lists: Nested, depth: number, map: number, y: number, x: number): readonly number[] {
  if (depth === 2) return [y, x];
  if (depth === 3) return [map, y, x];
  const channels = (lists[0] as Nested).length;
  return [Math.floor(map / channels), map % channels, y, x];
}

function isLayer(value: unknown): value is { readonly filters: Nested } {
  return (
    typeof value === "object" && value !== null && Array.isArray((value as { filters?: unknown }).filters)
  );
}

function depthOf(lists: unknown): number {
  return Array.isArray(lists) ? 1 + depthOf(lists[0]) : 0;
}

function numberAt(lists: unknown, path: readonly number[]): unknown {
  return path.reduce<unknown>((list, index) => (Array.isArray(list) ? list[index] : undefined), lists);
}

function replaced(lists: Nested, [index, ...rest]: readonly number[], value: unknown): Nested {
  return lists.map((one, i) =>
    i === index ? ((rest.length ? replaced(one as Nested, rest, value) : value) as number) : one,
  );
}
