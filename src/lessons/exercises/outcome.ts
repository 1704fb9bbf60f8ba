/** What came back from one call of a student's function. */
export type Outcome =
  /** `oneRow`: all rows are one and the same list, so that what is put into one is in all. */
  | { readonly kind: "value"; readonly value: Returned; readonly oneRow?: boolean }
  | { readonly kind: "threw"; readonly error: string; readonly recursion: boolean }
  | { readonly kind: "promise" }
  | { readonly kind: "nothing" }
  | { readonly kind: "notMatrix" | "notList" | "notNumber"; readonly got: string }
  | { readonly kind: "flat" }
  | { readonly kind: "deep" }
  | { readonly kind: "ragged"; readonly row: number; readonly got: number; readonly wanted: number }
  | { readonly kind: "entry"; readonly place: string; readonly got: string };

/** A copy of the result: nothing of the student's own is looked at again. */
export type Returned = number | number[] | number[][];

/** How deep a result's lists are nested: 2 for a matrix. */
export type Depth = 0 | 1 | 2;

/** A result with more cells than this is not read through. */
const mostCells = 100_000;

/** Reads what a function returned, where a matrix, a list or a number was wanted. */
export function readReturned(value: unknown, wanted: Depth): Outcome {
  if (value === undefined || value === null) return { kind: "nothing" };
  if (isThenable(value)) {
    // Nobody waits for it, and nobody is to be troubled by what becomes of it.
    Promise.resolve(value).catch(() => {});
    return { kind: "promise" };
  }
  if (wanted === 0) {
    return typeof value === "number" ? { kind: "value", value } : { kind: "notNumber", got: shortly(value) };
  }
  if (!isList(value)) return { kind: wanted === 1 ? "notList" : "notMatrix", got: shortly(value) };
  const list = copied(value);
  if (wanted === 1) {
    const wrong = list.findIndex((one) => typeof one !== "number");
    if (wrong < 0) return { kind: "value", value: list as number[] };
    if (isList(list[wrong])) return { kind: "notList", got: shortly(value) };
    return { kind: "entry", place: `(${wrong})`, got: shortly(list[wrong]) };
  }
  if (list.length === 0) return { kind: "value", value: [] };
  if (list.every((one) => typeof one === "number")) return { kind: "flat" };
  return readRows(list);
}

function readRows(list: readonly unknown[]): Outcome {
  const rows: number[][] = [];
  for (const [y, one] of list.entries()) {
    if (!isList(one)) return { kind: "entry", place: `(${y})`, got: shortly(one) };
    const row = copied(one);
    for (const [x, entry] of row.entries()) {
      if (isList(entry)) return { kind: "deep" };
      if (typeof entry !== "number") return { kind: "entry", place: `(${y}, ${x})`, got: shortly(entry) };
    }
    if (y > 0 && row.length !== rows[0].length) {
      return { kind: "ragged", row: y, got: row.length, wanted: rows[0].length };
    }
    rows.push(row as number[]);
  }
  return { kind: "value", value: rows, oneRow: list.length > 1 && list.every((one) => one === list[0]) };
}

/** What a function threw, as text. */
export function readThrown(thrown: unknown): Outcome {
  const recursion = thrown instanceof RangeError && /call stack/.test(thrown.message);
  try {
    return { kind: "threw", error: shortly(thrown instanceof Error ? String(thrown) : thrown), recursion };
  } catch {
    return { kind: "threw", error: "…", recursion };
  }
}

function copied(list: ArrayLike<unknown>): unknown[] {
  // A hole is `undefined` in the copy, and said to be.
  return Array.from({ length: Math.min(list.length, mostCells) }, (_, i) => list[i]);
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function"
  );
}

/** A value in few words; never its whole self, and never run. */
export function shortly(value: unknown): string {
  const text = words(value);
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
}

function words(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value;
    case "function":
      return "a function";
    case "bigint":
      return `${value}n`;
    case "object":
      if (value === null) return "null";
      if (isList(value) && value.length === 0) return "[]";
      try {
        return JSON.stringify(value) ?? "an object";
      } catch {
        return "an object";
      }
    default:
      return String(value);
  }
}
