/** A stretch of pixels along one side of a picture; its ends may lie between pixels, or outside. */
export interface Span {
  readonly start: number;
  readonly length: number;
}

/** For each output pixel, its first input pixel and the weights from there on. */
interface Taps {
  readonly first: Int32Array;
  readonly weights: Float64Array;
  /** Weights kept for each output pixel, the last ones perhaps 0. */
  readonly most: number;
}

/**
 * Resamples part of a picture with the triangle ("bilinear") filter, widened when shrinking so that every
 * input pixel counts: an output pixel is the mean of the input pixels whose centres are nearer to its own
 * centre than `max(1, shrink)`, each weighted by `1 − distance / max(1, shrink)`; the picture's edge cuts
 * the triangle off. First along rows, then along columns, in double precision, rounded to the nearest whole
 * number once, at the end. It is the filter of Pillow's `BILINEAR` and torchvision's `antialias=True`.
 *
 * @param data `[height, width, 3]` bytes
 * @param from where the output's sides lie on the input
 * @returns `[to.height, to.width, 3]` bytes
 */
export function resample(
  data: Uint8Array,
  size: { readonly height: number; readonly width: number },
  from: { readonly rows: Span; readonly columns: Span },
  to: { readonly height: number; readonly width: number },
): Uint8Array {
  const across = triangle(size.width, from.columns, to.width);
  const down = triangle(size.height, from.rows, to.height);
  const top = down.first[0];
  const bottom = Math.min(down.first[to.height - 1] + down.most, size.height);

  const narrow = new Float64Array((bottom - top) * to.width * 3);
  for (let y = top, at = 0; y < bottom; y++) {
    for (let x = 0; x < to.width; x++, at += 3) {
      const end = Math.min(across.most, size.width - across.first[x]);
      let pixel = (y * size.width + across.first[x]) * 3;
      let weight = x * across.most;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let tap = 0; tap < end; tap++, pixel += 3, weight++) {
        red += across.weights[weight] * data[pixel];
        green += across.weights[weight] * data[pixel + 1];
        blue += across.weights[weight] * data[pixel + 2];
      }
      narrow[at] = red;
      narrow[at + 1] = green;
      narrow[at + 2] = blue;
    }
  }

  const stride = to.width * 3;
  const out = new Uint8Array(to.height * stride);
  const row = new Float64Array(stride);
  for (let y = 0; y < to.height; y++) {
    row.fill(0.5);
    const end = Math.min(down.most, bottom - down.first[y]);
    for (let tap = 0; tap < end; tap++) {
      const weight = down.weights[y * down.most + tap];
      const start = (down.first[y] + tap - top) * stride;
      for (let i = 0; i < stride; i++) row[i] += weight * narrow[start + i];
    }
    // Weights add up to 1, so the sums lie within 0…255 and need no clamp beyond rounding's last bit.
    for (let i = 0; i < stride; i++) out[y * stride + i] = Math.min(255, row[i]);
  }
  return out;
}

function triangle(inputs: number, span: Span, outputs: number): Taps {
  const shrink = span.length / outputs;
  const reach = Math.max(1, shrink);
  const most = Math.ceil(reach) * 2 + 1;
  const first = new Int32Array(outputs);
  const weights = new Float64Array(outputs * most);
  for (let o = 0; o < outputs; o++) {
    // A centre outside the picture moves to its edge.
    const centre = Math.min(Math.max(span.start + (o + 0.5) * shrink, 0), inputs);
    const start = Math.max(0, Math.floor(centre - reach + 0.5));
    const end = Math.min(inputs, Math.floor(centre + reach + 0.5));
    let sum = 0;
    for (let i = start; i < end; i++) sum += Math.max(0, 1 - Math.abs(i + 0.5 - centre) / reach);
    for (let i = start; i < end; i++)
      weights[o * most + i - start] = Math.max(0, 1 - Math.abs(i + 0.5 - centre) / reach) / sum;
    first[o] = start;
  }
  return { first, weights, most };
}
