import { ShapeError } from "../errors.js";
import { Shown } from "../shown.js";
import { layerNamed } from "./graph.js";
import type { LayerWeights, Padding, Pair } from "./layer.js";
import type { Network } from "./network.js";
import { shapes } from "./shapes.js";
import { evenPadding, noPadding } from "./sliding.js";

/** What `new Filters` takes; everything but `size`, the channels and `weights` may be left out. */
export interface FilterBank {
  /** `[kh, kw]`, the filters' height and width. */
  readonly size: Pair;
  /** Channels that come in. */
  readonly inChannels: number;
  /** Filters, which is channels that go out. */
  readonly channels: number;
  /** float32 `[kh, kw, inChannels / groups, channels]`, row-major. */
  readonly weights: Float32Array;
  /** float32 `[channels]`; none by default. It is added on the way up only. */
  readonly bias?: Float32Array | undefined;
  /** Default 1. */
  readonly stride?: number | Pair;
  /** Cells of zeros around the input, default 0. */
  readonly padding?: number | Padding;
  /** Default 1. */
  readonly dilation?: number | Pair;
  /** Default 1. */
  readonly groups?: number;
}

/**
 * The filters of one layer and how they slide: what `convnet.filter` uses on the way up and
 * `deconvnet.filter`, transposed, on the way down.
 *
 * @throws {ShapeError} when `weights` or `bias` have another length than the sizes say
 * @example
 * const edge = new Filters({ size: [1, 2], inChannels: 1, channels: 1, weights: Float32Array.of(-1, 1) });
 * toRows(await convnet.filter(fromRows([[1, 4, 9]]), edge)); // [[3, 5]]
 */
export class Filters extends Shown {
  readonly size: Pair;
  readonly inChannels: number;
  readonly channels: number;
  readonly stride: Pair;
  readonly padding: Padding;
  readonly dilation: Pair;
  readonly groups: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array | undefined;
  #transposed: Float32Array | undefined;

  constructor(bank: FilterBank) {
    super();
    this.size = bank.size;
    this.inChannels = bank.inChannels;
    this.channels = bank.channels;
    this.stride = pair(bank.stride ?? 1);
    this.padding = typeof bank.padding === "object" ? bank.padding : evenPadding(bank.padding ?? 0);
    this.dilation = pair(bank.dilation ?? 1);
    this.groups = bank.groups ?? 1;
    this.weights = bank.weights;
    this.bias = bank.bias;
    const shape = [...this.size, this.inChannels / this.groups, this.channels];
    const count = shape.reduce((a, b) => a * b, 1);
    if (this.weights.length !== count) {
      throw new ShapeError(
        "Filters",
        "weights",
        [this.weights.length],
        `${count} values for [${shape.join(",")}]`,
      );
    }
    if (this.bias && this.bias.length !== this.channels) {
      throw new ShapeError("Filters", "bias", [this.bias.length], [this.channels]);
    }
  }

  /**
   * The filters as the way down uses them: flipped vertically and horizontally, with input and output channels
   * exchanged. `[kh, kw, channels / groups, inChannels]`; made once and kept.
   */
  get transposed(): Float32Array {
    this.#transposed ??= transpose(this);
    return this.#transposed;
  }
}

/**
 * The filters of a convolution or dense layer of a network; a dense layer's are 1×1.
 *
 * @param layer the layer's own name
 * @throws {UnknownNameError} for a name the network does not have
 * @throws {ShapeError} for a layer that has no filters, or a definition without weights
 */
export function filters(network: Network, layer: string): Filters {
  const weights = network.weights.get(layer);
  const kept = weights && made.get(weights);
  if (kept) return kept;
  const found = layerNamed(network, layer);
  if (found.kind !== "convolution" && found.kind !== "dense") {
    throw new ShapeError(
      layer,
      "filters of a layer of kind",
      [],
      `a convolution or dense layer, this is a ${found.kind}`,
    );
  }
  if (!weights?.filters) {
    throw new ShapeError(
      layer,
      "filters",
      [],
      "weights",
      "the network is a definition; load weights or call withRandomWeights",
    );
  }
  const inChannels = shapes(network).get(found.inputs[0])![2];
  const geometry = found.kind === "dense" ? { size: [1, 1] as const, padding: noPadding } : found;
  const bank = new Filters({
    ...geometry,
    channels: found.channels,
    inChannels,
    weights: weights.filters,
    bias: weights.bias,
  });
  made.set(weights, bank);
  return bank;
}

/** A layer's filters by its weights, so that they are transposed once and go when the weights go. */
const made: WeakMap<LayerWeights, Filters> = new WeakMap();

function transpose({ size: [kh, kw], weights, inChannels, channels, groups }: Filters): Float32Array {
  const [inGroup, outGroup] = [inChannels / groups, channels / groups];
  const out = new Float32Array(weights.length);
  for (let place = 0; place < kh * kw; place++) {
    const flipped = kh * kw - 1 - place;
    for (let i = 0; i < inGroup; i++) {
      for (let o = 0; o < channels; o++) {
        const group = Math.floor(o / outGroup);
        const row = flipped * outGroup + (o - group * outGroup);
        out[row * inChannels + group * inGroup + i] = weights[(place * inGroup + i) * channels + o];
      }
    }
  }
  return out;
}

/** The same number both ways. */
function pair(value: number | Pair): Pair {
  return typeof value === "number" ? [value, value] : value;
}
