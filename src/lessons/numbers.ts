import type { Rows } from "./rows.js";

/** Small whole numbers that look random and are the same for the same seed. */
export function newNumbers(
  height: number,
  width: number,
  seed: number,
  least: number,
  most: number,
): number[][] {
  return new Random(seed).rows(height, width, least, most);
}

/** Whole numbers that look random: the same again for the same seed. */
export class Random {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = generator(seed);
  }

  /** From `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.#next() * (most - least + 1));
  }

  numbers(count: number, least: number, most: number): number[] {
    return Array.from({ length: count }, () => this.whole(least, most));
  }

  rows(height: number, width: number, least: number, most: number): number[][] {
    return Array.from({ length: height }, () => this.numbers(width, least, most));
  }
}

/** The same matrix larger or smaller: what still has a place stays, what is new gets small numbers. */
export function resized(rows: Rows, height: number, width: number, seed: number): number[][] {
  const fresh = newNumbers(height, width, seed + 23, 0, 3);
  return fresh.map((row, y) => row.map((number, x) => rows[y]?.[x] ?? number));
}

/** The same list longer or shorter; a new part is made from the list's first. */
export function resizedList<T>(list: readonly T[], length: number, make: (like: T, place: number) => T): T[] {
  return Array.from({ length }, (_, i) => list[i] ?? make(list[0], i));
}

/** Numbers from 0 to 1, by the seeded generator mulberry32. */
function generator(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
