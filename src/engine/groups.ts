import type { Batch, Convolving, Finishing } from "./engine.js";

/** One group's part of a convolution. tfjs knows no groups, so each is a convolution of its own. */
export function groupOf(
  input: Batch,
  filters: Float32Array,
  how: Convolving,
  group: number,
  finish: Finishing,
): { input: Batch; filters: Float32Array; how: Convolving; finish: Finishing } {
  const [count, height, width, channels] = input.shape;
  const inGroup = channels / how.groups;
  const outGroup = how.channels / how.groups;
  return {
    input: {
      shape: [count, height, width, inGroup],
      data: columns(input.data, channels, group * inGroup, inGroup),
    },
    filters: columns(filters, how.channels, group * outGroup, outGroup),
    how: { ...how, channels: outGroup, groups: 1 },
    finish: { ...finish, bias: finish.bias?.subarray(group * outGroup, (group + 1) * outGroup) },
  };
}

/** The whole output with one group's written into it; the first group makes it. */
export function withGroup(whole: Batch | undefined, part: Batch, group: number, channels: number): Batch {
  const [count, height, width, outGroup] = part.shape;
  const out = whole ?? {
    shape: [count, height, width, channels],
    data: new Float32Array(count * height * width * channels),
  };
  for (let cell = 0; cell < count * height * width; cell++) {
    out.data.set(
      part.data.subarray(cell * outGroup, (cell + 1) * outGroup),
      cell * channels + group * outGroup,
    );
  }
  return out;
}

/**
 * Filters and geometry as tfjs takes them: it refuses stride and dilation together, and zeros between a filter's
 * weights are what dilation means.
 */
export function dilatedFilters(
  filters: Float32Array,
  how: Convolving,
  inChannels: number,
): readonly [filters: Float32Array, how: Convolving] {
  const {
    size: [kh, kw],
    stride,
    dilation: [dy, dx],
  } = how;
  if ((dy === 1 && dx === 1) || (stride[0] === 1 && stride[1] === 1)) return [filters, how];
  const [height, width] = [(kh - 1) * dy + 1, (kw - 1) * dx + 1];
  const block = (inChannels / how.groups) * how.channels;
  const out = new Float32Array(height * width * block);
  for (let y = 0; y < kh; y++) {
    for (let x = 0; x < kw; x++) {
      const from = (y * kw + x) * block;
      out.set(filters.subarray(from, from + block), (y * dy * width + x * dx) * block);
    }
  }
  return [out, { ...how, size: [height, width], dilation: [1, 1] }];
}

/** A run of columns of a row-major matrix. */
function columns(matrix: Float32Array, width: number, from: number, count: number): Float32Array {
  const rows = matrix.length / width;
  const out = new Float32Array(rows * count);
  for (let row = 0; row < rows; row++) {
    out.set(matrix.subarray(row * width + from, row * width + from + count), row * count);
  }
  return out;
}
