/**
 * Other libraries lay filters out as `[outChannels, inChannels, height, width]` (OIHW); ours are
 * `[height, width, inChannels, outChannels]` (HWIO), the engine's own order.
 *
 * @param values OIHW, `outChannels · inChannels · height · width` float32 values
 * @returns the same numbers, HWIO
 */
export function hwioFromOihw(
  values: Float32Array,
  outChannels: number,
  inChannels: number,
  height: number,
  width: number,
): Float32Array {
  return transposed(values, outChannels, inChannels, height * width);
}

/** `[rows, columns]` → `[columns, rows]`: a dense layer's weights as PyTorch has them become ours. */
export function columnsFirst(values: Float32Array, rows: number, columns: number): Float32Array {
  return transposed(values, rows, columns, 1);
}

/** `[a, b, c]` → `[c, b, a]`, in tiles of `a` that keep both sides in the processor's cache. */
function transposed(values: Float32Array, a: number, b: number, c: number): Float32Array {
  const result = new Float32Array(values.length);
  const tile = 32;
  for (let start = 0; start < a; start += tile) {
    const end = Math.min(start + tile, a);
    for (let j = 0; j < b; j++) {
      for (let k = 0; k < c; k++) {
        const to = (k * b + j) * a;
        const from = j * c + k;
        for (let i = start; i < end; i++) result[to + i] = values[i * b * c + from];
      }
    }
  }
  return result;
}
