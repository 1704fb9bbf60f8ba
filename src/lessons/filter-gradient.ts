import { filter } from "../convnet/filter.js";
import { ShapeError } from "../errors.js";
import { FeatureMaps } from "../maps.js";
import { Filters } from "../network/filters.js";
import { places, slides } from "../network/sliding.js";
import { refuseGroups } from "./geometry.js";

/** What a loss would change by, were a layer's filters and biases a little greater. */
export interface FilterGradient {
  /** Laid out as the filters' weights: float32 `[kh, kw, inChannels, outChannels]`. */
  readonly weights: Float32Array;
  /** float32 `[outChannels]` */
  readonly bias: Float32Array;
}

/**
 * The gradient with respect to a layer's own filters: the convolution of what came in on the way up by the signal that
 * arrives on the way down. Stride and dilation change places: the signal's cells lie a stride apart.
 *
 * @param input `[height, width, inChannels]` that the filters were slid over
 * @param signal `[height′, width′, outChannels]`: the gradient with respect to what the filters made of it
 * @param filters of the layer
 * @throws {ShapeError} when the signal is not of the shape that the filters make of the input
 * @throws {ArgumentError} for filters in groups
 * @example
 * const pairs = new Filters({ size: [1, 2], inChannels: 1, channels: 1, weights: Float32Array.of(-1, 1) });
 * [...(await filterGradient(fromRows([[1, 4, 9]]), fromRows([[10, 1]]), pairs)).weights]; // [14, 49]
 */
export async function filterGradient(
  input: FeatureMaps,
  signal: FeatureMaps,
  filters: Filters,
): Promise<FilterGradient> {
  refuseGroups("filterGradient", filters);
  const [height, width, inChannels] = input.shape;
  const [kh, kw] = filters.size;
  const [vertical, horizontal] = slides(filters);
  const wanted = [places(height, vertical), places(width, horizontal), filters.channels];
  if (signal.shape.some((side, i) => side !== wanted[i])) {
    throw new ShapeError(
      "filterGradient",
      "signal",
      signal.shape,
      wanted,
      "which these filters make of the input",
    );
  }
  const signalAsFilters = new Filters({
    size: [signal.shape[0], signal.shape[1]],
    inChannels: 1,
    channels: filters.channels,
    weights: signal.data,
    stride: filters.dilation,
    dilation: filters.stride,
    padding: filters.padding,
  });
  const weights = new Float32Array(filters.weights.length);
  for (let c = 0; c < inChannels; c++) {
    const one = Float32Array.from({ length: height * width }, (_, i) => input.data[i * inChannels + c]);
    const made = await filter(new FeatureMaps([height, width, 1], one), signalAsFilters);
    // Where a stride left rows out on the way up, the signal fits once more than the filter is high.
    for (let y = 0; y < kh; y++) {
      for (let x = 0; x < kw; x++) {
        const from = (y * made.shape[1] + x) * filters.channels;
        weights.set(
          made.data.subarray(from, from + filters.channels),
          ((y * kw + x) * inChannels + c) * filters.channels,
        );
      }
    }
  }
  const bias = new Float32Array(filters.channels);
  signal.data.forEach((value, i) => {
    bias[i % filters.channels] += value;
  });
  return { weights, bias };
}
