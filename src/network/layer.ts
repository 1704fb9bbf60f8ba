/** Two numbers along height and width: `[vertical, horizontal]`. */
export type Pair = readonly [vertical: number, horizontal: number];

/** Cells added at each side before a window slides; they need not be even. */
export interface Padding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

interface Named {
  /** The layer's own name, unique in its network: its node's name in the file it came from. */
  readonly name: string;
  /** The layers it reads, in order; `"input"` is the picture. */
  readonly inputs: readonly string[];
}

/** A window that slides over its input. */
export interface Sliding {
  /** The window's size. */
  readonly size: Pair;
  readonly stride: Pair;
  readonly padding: Padding;
}

/** Filters slid over the input. Weights: `filters` `[kh, kw, inChannels / groups, outChannels]`, `bias` `[outChannels]` or none. */
export interface Convolution extends Named, Sliding {
  readonly kind: "convolution";
  /** How many filters, which is how many maps come out. */
  readonly channels: number;
  readonly dilation: Pair;
  /** Channels are split into so many groups, each with its own filters. */
  readonly groups: number;
}

/** Every output reads every input; its input is `[1, 1, n]`. Weights: `filters` `[inputs, outputs]`, `bias` `[outputs]` or none. */
export interface Dense extends Named {
  readonly kind: "dense";
  readonly channels: number;
}

export interface Relu extends Named {
  readonly kind: "relu";
}

export interface MaxPool extends Named, Sliding {
  readonly kind: "maxPool";
  /** `"ceil"` adds a last window that overhangs, unless it would start beyond input + left padding. */
  readonly rounding: "floor" | "ceil";
}

export interface AveragePool extends Named, Sliding {
  readonly kind: "averagePool";
  readonly rounding: "floor" | "ceil";
  /** What a window's sum is divided by: its cells with padding (never past input + padding), or only those inside. */
  readonly divisor: "padded" | "inside";
}

export interface GlobalAveragePool extends Named {
  readonly kind: "globalAveragePool";
}

/** `(x − mean) / √(variance + epsilon) · scale + offset`, by channel. Weights: `scale`, `offset`, `mean`, `variance`, each `[channels]`. */
export interface BatchNorm extends Named {
  readonly kind: "batchNorm";
  readonly epsilon: number;
}

/** `x / (k + alpha · Σ x²)^beta` over `size` neighbouring channels; `alpha` here is *not* divided by `size`. */
export interface LocalResponseNorm extends Named {
  readonly kind: "localResponseNorm";
  readonly size: number;
  readonly alpha: number;
  readonly beta: number;
  readonly k: number;
}

export interface Add extends Named {
  readonly kind: "add";
}

/** Joins channels. */
export interface Concat extends Named {
  readonly kind: "concat";
}

export interface ZeroPad extends Named {
  readonly kind: "zeroPad";
  readonly padding: Padding;
  /** Channels of zeros before and after. */
  readonly channels: readonly [before: number, after: number];
}

/** All values in one row `[1, 1, n]`; `"chw"` reads channel by channel (ONNX, dlib), `"hwc"` cell by cell (Keras). */
export interface Flatten extends Named {
  readonly kind: "flatten";
  readonly order: "hwc" | "chw";
}

/** Does nothing outside training. */
export interface Dropout extends Named {
  readonly kind: "dropout";
  readonly rate: number;
}

/** Over channels. */
export interface Softmax extends Named {
  readonly kind: "softmax";
}

/** One layer of a network, told apart by `kind`. */
export type Layer =
  | Convolution
  | Dense
  | Relu
  | MaxPool
  | AveragePool
  | GlobalAveragePool
  | BatchNorm
  | LocalResponseNorm
  | Add
  | Concat
  | ZeroPad
  | Flatten
  | Dropout
  | Softmax;

/** A layer's numbers by part; which parts, and their shapes, the layer's kind says. All float32. */
export interface LayerWeights {
  readonly filters?: Float32Array;
  readonly bias?: Float32Array;
  readonly scale?: Float32Array;
  readonly offset?: Float32Array;
  readonly mean?: Float32Array;
  readonly variance?: Float32Array;
}
