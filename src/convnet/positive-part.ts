/** Where the sign of a float32 lies, and the first number past infinity: what is greater is NaN. */
const [magnitude, infinity] = [0x7fffffff, 0x7f800000];

/**
 * `max(x, 0)` of each value; NaN stays NaN. It looks at the bits, where the sign is the first: a branch on signs that
 * come as they like is guessed wrong half the time, which takes three times as long.
 */
export function positivePart(from: Float32Array, to: Float32Array): void {
  const bits = new Int32Array(from.buffer, from.byteOffset, from.length);
  const out = new Int32Array(to.buffer, to.byteOffset, to.length);
  for (let i = 0; i < bits.length; i++) {
    const value = bits[i];
    out[i] = (value & magnitude) > infinity ? value : value & ~(value >> 31);
  }
}
