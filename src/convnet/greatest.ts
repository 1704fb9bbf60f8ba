/** One window of a pool: its cells' positions, row-major, of which the first `cells` count, and where its result goes. */
export interface PoolWindow {
  readonly positions: Int32Array;
  cells: number;
  to: number;
}

/**
 * The rule of a max pool: each channel's greatest value in a window, and its position. Of equal values the first wins;
 * NaN counts as greater than every number, and the first NaN wins.
 */
export function greatest(
  { positions, cells, to }: PoolWindow,
  data: Float32Array,
  channels: number,
  pooled: Float32Array,
  switches: Int32Array,
): void {
  for (let c = 0; c < channels; c++) {
    pooled[to + c] = data[positions[0] * channels + c];
    switches[to + c] = positions[0];
  }
  for (let cell = 1; cell < cells; cell++) {
    const from = positions[cell] * channels;
    for (let c = 0; c < channels; c++) {
      const value = data[from + c];
      const best = pooled[to + c];
      // Not "at most": greater, or the first NaN.
      if (value <= best || Number.isNaN(best)) continue;
      pooled[to + c] = value;
      switches[to + c] = positions[cell];
    }
  }
}

/** The bits of the greatest float32; what is greater is NaN. */
const infinity = 0x7f800000;

/**
 * The same for values without a sign, as they are after a rectifier: their bits, as integers, are in the same order,
 * and the greater of two integers can be had without a branch, which would be guessed wrong half the time. It takes
 * half as long.
 *
 * @returns false where a value had a sign or was NaN: then what it wrote does not count
 */
export function greatestOfRectified(
  { positions, cells, to }: PoolWindow,
  bits: Int32Array,
  channels: number,
  pooled: Int32Array,
  switches: Int32Array,
): boolean {
  const first = positions[0];
  let odd = 0;
  for (let c = 0; c < channels; c++) {
    let best = bits[first * channels + c];
    let position = first;
    odd |= best;
    for (let cell = 1; cell < cells; cell++) {
      const other = positions[cell];
      const value = bits[other * channels + c];
      const greater = (best - value) >> 31;
      odd |= value;
      best ^= (best ^ value) & greater;
      position ^= (position ^ other) & greater;
    }
    odd |= infinity - best;
    pooled[to + c] = best;
    switches[to + c] = position;
  }
  return odd >= 0;
}
