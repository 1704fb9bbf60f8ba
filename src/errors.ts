/**
 * The mistakes this package tells apart: one class a family, each with typed fields, so that a caller can
 * react to what happened without reading the sentence. Every message says where it happened, what was
 * got, what was wanted and what to do next.
 *
 * An aborted call throws its signal's own `reason`, not one of these.
 */

/** What all errors of this package have in common: `where`, the function or file that refused. */
export class DeconvnetError extends Error {
  override name = "DeconvnetError";
  /** The function, layer or file that refused. */
  readonly where: string;

  constructor(where: string, sentence: string, options?: { cause?: unknown }) {
    super(`${where}: ${sentence}`, options);
    this.where = where;
  }
}

/** Two shapes that do not fit together. Pass values whose shape is `wanted`. */
export class ShapeError extends DeconvnetError {
  override name = "ShapeError";
  readonly got: readonly number[];
  readonly wanted: readonly number[] | string;

  constructor(
    where: string,
    what: string,
    got: readonly number[],
    wanted: readonly number[] | string,
    next = "",
  ) {
    const want = typeof wanted === "string" ? wanted : `[${wanted.join(",")}]`;
    super(
      where,
      `${what} ${what.endsWith("s") ? "are" : "is"} [${got.join(",")}], wanted ${want}${next && `; ${next}`}`,
    );
    this.got = got;
    this.wanted = wanted;
  }
}

/** A number or option outside its range. Pass one of `wanted`. */
export class ArgumentError extends DeconvnetError {
  override name = "ArgumentError";
  readonly argument: string;
  readonly got: unknown;
  readonly wanted: string;

  constructor(where: string, argument: string, got: unknown, wanted: string) {
    super(where, `${argument} is ${printed(got)}, wanted ${wanted}`);
    this.argument = argument;
    this.got = got;
    this.wanted = wanted;
  }
}

/** A name that nothing has. `known` lists the right ones, nearest first. */
export class UnknownNameError extends DeconvnetError {
  override name = "UnknownNameError";
  readonly got: string;
  readonly known: readonly string[];

  constructor(where: string, what: string, got: string, known: readonly string[]) {
    const nearest = [...known].sort((a, b) => distance(got, a) - distance(got, b));
    const listed = nearest.slice(0, 12).join(", ") + (nearest.length > 12 ? ", …" : "");
    super(where, `no ${what} ${printed(got)}; known are ${listed || "none"}`);
    this.got = got;
    this.known = nearest;
  }
}

/** A layer, operator or option of a model file that can't be done right here, refused by type and name. */
export class UnsupportedLayerError extends DeconvnetError {
  override name = "UnsupportedLayerError";
  /** The layer's type, as its file calls it. */
  readonly type: string;
  /** The layer's own name in the file. */
  readonly layer: string;

  constructor(where: string, type: string, layer: string, reason: string) {
    super(where, `layer ${printed(layer)} of type ${printed(type)}: ${reason}`);
    this.type = type;
    this.layer = layer;
  }
}

/** A file that is missing, truncated, not what it says it is, or points where it may not. */
export class FileError extends DeconvnetError {
  override name = "FileError";
  readonly path: string;
  readonly problem: "missing" | "unreadable" | "truncated" | "malformed" | "outside" | "checksum";

  constructor(
    where: string,
    path: string,
    problem: FileError["problem"],
    sentence: string,
    options?: { cause?: unknown },
  ) {
    super(where, `${printed(path)}: ${sentence}`, options);
    this.path = path;
    this.problem = problem;
  }
}

/** Something that could not be fetched; `tried` says from where, and what each answered. */
export class DownloadError extends DeconvnetError {
  override name = "DownloadError";
  readonly tried: readonly string[];

  constructor(where: string, what: string, tried: readonly string[], next: string) {
    super(where, `${what} could not be fetched (${tried.join("; ")}); ${next}`);
    this.tried = tried;
  }
}

/** What came from outside, as short quoted text: a file's words are shown, never interpreted. */
function printed(value: unknown): string {
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

/** Levenshtein's distance, to list the nearest right names first. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}
