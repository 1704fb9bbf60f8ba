import type { Padding, Pair } from "../network/layer.js";
import { evenPadding } from "../network/sliding.js";
import { numberText } from "./equation.js";
import { LessonError } from "./lesson-error.js";
import type { Rows } from "./rows.js";
import type { Refusals, Size } from "./texts/lesson-texts.js";

/** The greatest number that a lesson takes: what is made of it stays exact in float32. */
const greatest = 999;

/**
 * Reads what a user or a browser sends: nothing of it is trusted to be what its type says. Each word refuses in a sentence
 * of the lesson's language.
 */
export class StateReader {
  readonly where: string;
  readonly #say: Refusals;

  constructor(where: string, say: Refusals) {
    this.where = where;
    this.#say = say;
  }

  /** A rectangular matrix of numbers, at most `most` cells high and wide; a copy. */
  rows(argument: string, what: string, value: unknown, most: number): number[][] {
    if (!Array.isArray(value) || value.length === 0 || !value.every((row) => isList(row) && row.length > 0)) {
      this.refuse(argument, value, this.#say.notMatrix(what));
    }
    const rows = value.map((row) => Array.from(row as ArrayLike<unknown>));
    const width = rows[0].length;
    rows.forEach((row, y) => {
      if (row.length !== width) this.refuse(argument, value, this.#say.ragged(what, y, row.length, width));
    });
    if (rows.length > most || width > most) {
      this.refuse(argument, value, this.#say.tooLarge(what, [rows.length, width], most));
    }
    return rows.map((row, y) =>
      row.map((number, x) => {
        if (typeof number !== "number" || !Number.isFinite(number)) {
          this.refuse(argument, number, this.#say.notNumber(what, y, x, shown(number)));
        }
        if (Math.abs(number) > greatest) {
          this.refuse(argument, number, this.#say.tooGreat(what, y, x, numberText(number), greatest));
        }
        return number;
      }),
    );
  }

  /** Several matrices of one size: one matrix is a list of one. */
  channels(argument: string, what: string, value: unknown, most: number, mostChannels: number): number[][][] {
    const list = depth(value) >= 3 ? (value as unknown[]) : [value];
    if (list.length > mostChannels) {
      this.refuse(argument, list.length, this.#say.count(what, list.length, `1–${mostChannels}`));
    }
    const read = list.map((one) => this.rows(argument, what, one, most));
    for (const one of read) this.sameSize(argument, what, sizeOf(one), sizeOf(read[0]));
    return read;
  }

  sameSize(argument: string, what: string, got: Size, wanted: Size): void {
    if (got[0] !== wanted[0] || got[1] !== wanted[1]) {
      this.refuse(argument, got, this.#say.size(what, got, `${wanted[0]} × ${wanted[1]}`));
    }
  }

  /** Refuses another number of matrices than wanted. */
  count(argument: string, what: string, got: number, wanted: string): never {
    this.refuse(argument, got, this.#say.count(what, got, wanted));
  }

  /** A list of so many finite numbers. */
  numbers(argument: string, what: string, value: unknown, count: number): number[] {
    const list = typeof value === "number" ? [value] : value;
    if (!isList(list)) this.refuse(argument, value, this.#say.number(what, shown(value)));
    if (list.length !== count)
      this.refuse(argument, list.length, this.#say.count(what, list.length, String(count)));
    return Array.from(list, (one) => this.number(argument, what, one));
  }

  number(argument: string, what: string, value: unknown): number {
    if (typeof value !== "number" || !Number.isFinite(value) || Math.abs(value) > greatest) {
      this.refuse(argument, value, this.#say.number(what, shown(value)));
    }
    return value;
  }

  /** Height and width from 1 to `most`; one number stands for both. */
  size(argument: string, what: string, value: unknown, most: number): Size {
    const [height, width] = pairOf(value);
    return [this.whole(argument, what, height, 1, most), this.whole(argument, what, width, 1, most)];
  }

  /** How far the window moves: whole, from 1 to the longer side of what it slides over. */
  stride(value: unknown, most: number): Pair {
    return pairOf(value).map((one) => {
      if (!isWhole(one) || one < 1 || one > most)
        this.refuse("stride", value, this.#say.stride(shown(one), most));
      return one;
    }) as unknown as Pair;
  }

  /** Cells around the input: whole, and less than the window, which else could lie in padding alone. */
  padding(value: unknown, window: Size): Padding {
    const sides =
      typeof value === "object" && value !== null
        ? (value as Partial<Padding>)
        : evenPadding(value as number);
    const read = (side: keyof Padding, length: number): number => {
      const cells = sides[side];
      if (!isWhole(cells) || cells < 0 || cells >= length) {
        this.refuse("padding", cells, this.#say.padding(shown(cells), length - 1, window));
      }
      return cells;
    };
    return {
      top: read("top", window[0]),
      bottom: read("bottom", window[0]),
      left: read("left", window[1]),
      right: read("right", window[1]),
    };
  }

  /** Refuses a window that is larger than what it slides over. */
  fits(argument: string, window: Size, input: Size, { top, bottom, left, right }: Padding): void {
    if (window[0] > input[0] + top + bottom || window[1] > input[1] + left + right) {
      this.refuse(argument, window, this.#say.doesNotFit(window, input, Math.max(top, bottom, left, right)));
    }
  }

  /** A whole number from 0 up to `end`. */
  index(argument: string, what: string, value: unknown, end: number): number {
    if (!isWhole(value) || value < 0 || value >= end) {
      this.refuse(argument, value, this.#say.place(what, shown(value), end - 1));
    }
    return value;
  }

  whole(argument: string, what: string, value: unknown, least: number, most: number): number {
    if (!isWhole(value) || value < least || value > most) {
      this.refuse(argument, value, this.#say.count(what, Number(value), `${least}–${most}`));
    }
    return value;
  }

  choice<T extends string>(argument: string, value: unknown, known: readonly T[]): T {
    if (!known.includes(value as T))
      this.refuse(argument, value, this.#say.choice(argument, shown(value), known));
    return value as T;
  }

  /** Refuses names that nothing has. */
  only(value: object, known: readonly string[]): void {
    for (const name of Object.keys(value)) {
      if (!known.includes(name)) this.refuse(name, name, this.#say.unknownChange(name, known));
    }
  }

  refuse(argument: string, got: unknown, sentence: string): never {
    throw new LessonError(this.where, argument, got, sentence);
  }
}

/** How deep lists are nested: 2 for a matrix. */
export function depth(value: unknown): number {
  return isList(value) ? 1 + (value.length === 0 ? 0 : depth(value[0])) : 0;
}

export function sizeOf(rows: Rows): Size {
  return [rows.length, rows[0].length];
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function isWhole(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value);
}

function pairOf(value: unknown): readonly unknown[] {
  return isList(value) && value.length === 2 ? Array.from(value) : [value, value];
}

/** What came, short and as text. */
function shown(value: unknown): string {
  if (typeof value === "number") return numberText(value);
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
