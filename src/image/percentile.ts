/**
 * The smallest of the magnitudes that at least `share` of them do not exceed (nearest rank), over all values
 * that are neither 0 nor NaN. 0 where there is none.
 *
 * Positive floats are ordered as their bits are, so two counts of 65,536 buckets, the upper half of the bits
 * and then the lower half, find it exactly, without sorting.
 */
export function magnitudePercentile(lists: readonly Float32Array[], share: number): number {
  const upper = new Uint32Array(65536);
  let counted = 0;
  const bits = lists.map((list) => new Uint32Array(list.buffer, list.byteOffset, list.length));
  for (const words of bits) {
    for (let i = 0; i < words.length; i++) {
      const magnitude = words[i] & 0x7fffffff;
      if (magnitude === 0 || magnitude > infinity) continue;
      upper[magnitude >>> 16]++;
      counted++;
    }
  }
  if (counted === 0) return 0;

  let rank = Math.max(1, Math.ceil(share * counted));
  let bucket = 0;
  while (upper[bucket] < rank) rank -= upper[bucket++];
  const lower = new Uint32Array(65536);
  for (const words of bits) {
    for (let i = 0; i < words.length; i++) {
      const magnitude = words[i] & 0x7fffffff;
      if (magnitude >>> 16 === bucket && magnitude !== 0 && magnitude <= infinity)
        lower[magnitude & 0xffff]++;
    }
  }
  let rest = 0;
  while (lower[rest] < rank) rank -= lower[rest++];
  return new Float32Array(new Uint32Array([bucket * 65536 + rest]).buffer)[0];
}

/** The bits of +∞; what lies above is NaN. */
const infinity = 0x7f800000;
