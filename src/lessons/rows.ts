import { type FeatureMaps, fromRows, toRows } from "../maps.js";
import { Filters } from "../network/filters.js";
import type { Padding, Pair } from "../network/layer.js";
import type { Matrix } from "./matrix.js";

/** A matrix as it is typed: `[[1, 2], [3, 4]]`, row by row. */
export type Rows = readonly (readonly number[])[];

/** Filters as they are typed: for each filter one matrix a channel that it reads. */
export type Kernels = readonly (readonly Rows[])[];

/** A float32 number as it was typed: 0.1 and not 0.10000000149. Never −0. */
export function plain(value: number): number {
  if (Number.isInteger(value) || !Number.isFinite(value)) return value + 0;
  // Seven digits tell all float32 numbers of this size apart from what a person types.
  return Number(value.toPrecision(7));
}

/** Each map's rows. */
export function rowsOfMaps(maps: FeatureMaps): number[][][] {
  return Array.from({ length: maps.shape[2] }, (_, c) => toRows(maps, c).map((row) => row.map(plain)));
}

/** Maps from one matrix a channel. */
export function mapsOfRows(channels: readonly Rows[]): FeatureMaps {
  return fromRows(...channels);
}

export function rowsOfMatrix({ shape: [rows, columns], data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, i) =>
    Array.from(data.subarray(i * columns, (i + 1) * columns), plain),
  );
}

/** Filters from one matrix a filter and channel. */
export function filtersOfKernels(
  kernels: Kernels,
  {
    stride = 1,
    padding = 0,
    bias,
  }: {
    readonly stride?: number | Pair;
    readonly padding?: number | Padding;
    readonly bias?: readonly number[] | undefined;
  } = {},
): Filters {
  return new Filters({
    size: [kernels[0][0].length, kernels[0][0][0].length],
    inChannels: kernels[0].length,
    channels: kernels.length,
    weights: weightsOfKernels(kernels),
    bias: bias && Float32Array.from(bias),
    stride,
    padding,
  });
}

/** Numbers in the order of a layer's weights, `[kh, kw, inChannels, outChannels]`. */
export function weightsOfKernels(kernels: Kernels): Float32Array {
  const [filters, channels] = [kernels.length, kernels[0].length];
  const out: number[] = [];
  kernels[0][0].forEach((row, y) => {
    row.forEach((_, x) => {
      for (let c = 0; c < channels; c++) for (let o = 0; o < filters; o++) out.push(kernels[o][c][y][x]);
    });
  });
  return Float32Array.from(out);
}

/** The inverse of `weightsOfKernels`. */
export function kernelsOfWeights(
  weights: Float32Array,
  [kh, kw]: Pair,
  inChannels: number,
  channels: number,
): number[][][][] {
  return Array.from({ length: channels }, (_, o) =>
    Array.from({ length: inChannels }, (_, c) =>
      Array.from({ length: kh }, (_, y) =>
        Array.from({ length: kw }, (_, x) => plain(weights[((y * kw + x) * inChannels + c) * channels + o])),
      ),
    ),
  );
}
