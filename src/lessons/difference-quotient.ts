import type { FeatureMaps } from "../maps.js";

/** How a number was changed to see what follows, and what followed. */
export interface DifferenceQuotient {
  /** By how much it was made greater, and smaller. */
  readonly step: number;
  /** What came out with the number made greater. */
  readonly above: number;
  /** What came out with the number made smaller. */
  readonly below: number;
  /** `(above − below) / (2 · step)`: the derivative, up to the step's square. */
  readonly quotient: number;
}

/**
 * The derivative of a function by one of the numbers that it reads, measured: the number a little greater, a little
 * smaller, and the difference of the results.
 *
 * @param numbers what the function reads, at the place to measure at; not changed
 * @param index which of them
 * @param loss called twice, with copies
 * @param step default 1/64, which float32 adds to small whole numbers exactly
 */
export async function differenceQuotient(
  numbers: Float32Array,
  index: number,
  loss: (numbers: Float32Array) => number | Promise<number>,
  step: number = 1 / 64,
): Promise<DifferenceQuotient> {
  const moved = (by: number): Float32Array => numbers.map((value, i) => (i === index ? value + by : value));
  const above = await loss(moved(step));
  const below = await loss(moved(-step));
  return { step, above, below, quotient: (above - below) / (2 * step) };
}

/** `Σ a · b`: how maps are made one number to take a derivative of. */
export function innerProduct(a: FeatureMaps, b: FeatureMaps): number {
  return a.data.reduce((sum, value, i) => sum + value * b.data[i], 0);
}
