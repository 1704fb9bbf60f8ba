/** Half-precision numbers (IEEE 754 binary16, as bits) in single precision, each exactly. */
export function floatsFromHalves(bits: Uint16Array): Float32Array {
  const result = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) {
    const sign = bits[i] & 0x8000 ? -1 : 1;
    const exponent = (bits[i] >> 10) & 31;
    const fraction = bits[i] & 1023;
    if (exponent === 31) result[i] = fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    else if (exponent === 0) result[i] = sign * fraction * 2 ** -24;
    else result[i] = sign * (1024 + fraction) * 2 ** (exponent - 25);
  }
  return result;
}

/** bfloat16 numbers (the upper half of a float32's bits) in single precision, each exactly. */
export function floatsFromBrainHalves(bits: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(bits, (half) => half * 65_536).buffer);
}
