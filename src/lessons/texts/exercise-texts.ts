/** What students get wrong, by exercise: the names that a check tells mistakes apart by. */
export interface Mistakes {
  outputSize:
    | "noPlusOne"
    | "strideIgnored"
    | "paddingOnce"
    | "paddingIgnored"
    | "roundedUp"
    | "notRounded"
    | "plusOneInside"
    | "kernelForgotten";
  im2col:
    | "transposed"
    | "strideIgnored"
    | "stepIsKernel"
    | "paddingIgnored"
    | "windowsDownFirst"
    | "cellsDownFirst"
    | "sizesSwapped"
    | "lastWindowMissing";
  convolve:
    | "flipped"
    | "strideIgnored"
    | "paddingIgnored"
    | "edgeRepeated"
    | "kernelTransposed"
    | "transposed"
    | "kernelIgnored"
    | "lastWindowMissing";
  col2im:
    | "overwritten"
    | "overwrittenByRows"
    | "averaged"
    | "strideIgnored"
    | "windowsDownFirst"
    | "cellsDownFirst"
    | "transposed"
    | "sizeLost";
  flip:
    | "unchanged"
    | "upsideDownOnly"
    | "mirroredOnly"
    | "transposed"
    | "antiTransposed"
    | "quarterTurn"
    | "negated";
  transposeFilter:
    | "noFlip"
    | "overwritten"
    | "strideIgnored"
    | "sizeLost"
    | "kernelTransposed"
    | "centred"
    | "rectifiedAfter"
    | "transposed";
  pool:
    | "paddingZero"
    | "startsAtZero"
    | "strideIgnored"
    | "strideIsSize"
    | "paddingIgnored"
    | "averaged"
    | "minimum"
    | "magnitude"
    | "transposed"
    | "lastWindowMissing";
  switches:
    | "lastTie"
    | "insideWindow"
    | "pooledWidth"
    | "columnMajor"
    | "values"
    | "strideIgnored"
    | "fromOne"
    | "magnitude"
    | "transposed";
  unpool:
    | "overwritten"
    | "firstKept"
    | "greaterKept"
    | "averaged"
    | "nearest"
    | "topLeft"
    | "columnMajor"
    | "sidesSwapped"
    | "fromOne"
    | "ones";
  relu: "absolute" | "negativesKept" | "mask" | "unchanged" | "leaky" | "clipped" | "offset";
  rectify:
    | "forwardMask"
    | "ruleIgnored"
    | "alwaysGuided"
    | "rulesSwapped"
    | "zeroPasses"
    | "forwardRectified"
    | "mask"
    | "multiplied"
    | "negated";
  seed:
    | "ones"
    | "wholeMap"
    | "swapped"
    | "rectified"
    | "equalsKept"
    | "strongest"
    | "erased"
    | "fromOne"
    | "sum"
    | "rowKept";
  deconvnetLayer:
    | "biasAdded"
    | "notRectified"
    | "rectifiedAfter"
    | "rectifiedBefore"
    | "bothRectified"
    | "noFlip"
    | "overwritten"
    | "nearest"
    | "ordinary"
    | "sameSize";
  softmax:
    | "notNormalised"
    | "noExponential"
    | "oneHot"
    | "overflow"
    | "dividedByGreatest"
    | "baseTwo"
    | "negated"
    | "logarithm";
  softmaxCrossEntropy:
    | "noMinus"
    | "probability"
    | "baseTwo"
    | "noSoftmax"
    | "allClasses"
    | "oneMinus"
    | "fromOne"
    | "squared"
    | "overflow";
  scoreGradient:
    | "probabilities"
    | "negated"
    | "everywhere"
    | "labelOnly"
    | "scores"
    | "byProbability"
    | "fromOne"
    | "squared";
  filterGradient:
    | "flipped"
    | "inputIgnored"
    | "averaged"
    | "firstOnly"
    | "spread"
    | "transposed"
    | "signalTransposed"
    | "magnitude";
  sgdStep:
    | "uphill"
    | "rateForgotten"
    | "rateDivided"
    | "stepOnly"
    | "signOnly"
    | "rateOnWeights"
    | "multiplied"
    | "gradientOnly"
    | "firstRowOnly";
}

/** The exercises by name. */
export type ExerciseName =
  | "outputSize"
  | "im2col"
  | "convolve"
  | "flip"
  | "col2im"
  | "transposeFilter"
  | "pool"
  | "switches"
  | "unpool"
  | "relu"
  | "rectify"
  | "seed"
  | "deconvnetLayer"
  | "softmax"
  | "softmaxCrossEntropy"
  | "scoreGradient"
  | "filterGradient"
  | "sgdStep";

/** Where a result first differs, in words' terms. */
export interface At {
  /** `(1, 2)`: row and column; of a list `(1)`. */
  readonly place: string;
  readonly got: string;
}

/** What one exercise says. */
export interface ExerciseText<Mistake extends string> {
  readonly title: string;
  /** Markdown, with `$…$` for equations. */
  readonly statement: string;
  /** One after the other, each a little more than the last. */
  readonly hints: readonly [string, string, string, ...string[]];
  /** For a wrong number that no known mistake explains: what enters there, but not what comes out. */
  readonly explain: (facts: Readonly<Record<string, string>>) => string;
  readonly mistakes: { readonly [Name in Mistake]: string | ((at: At) => string) };
  /** What holds for every right function, by the names of the exercise's laws. */
  readonly laws: Readonly<Record<string, string>>;
}

/** What every check says, whatever the exercise. */
export interface CheckTexts {
  readonly passed: (cases: number, laws: readonly string[]) => string;
  readonly notFunction: (name: string, got: string) => string;
  readonly threw: (error: string, call: string) => string;
  /** After an error of reading or setting something of undefined. */
  readonly notThere: string;
  /** All rows are one and the same list. */
  readonly oneRow: string;
  readonly recursion: (call: string) => string;
  readonly stopped: (milliseconds: number, call: string) => string;
  readonly promise: string;
  readonly nothing: (call: string) => string;
  readonly notMatrix: (got: string) => string;
  readonly flat: string;
  readonly deep: string;
  readonly notList: (got: string) => string;
  readonly notNumber: (got: string) => string;
  readonly ragged: (row: number, got: number, wanted: number) => string;
  readonly entry: (place: string, got: string) => string;
  readonly nan: (place: string, call: string) => string;
  readonly infinite: (place: string, got: string) => string;
  readonly shape: (got: string, wanted: string) => string;
  readonly changed: (argument: string) => string;
  readonly wrong: (at: At, why: string) => string;
  readonly wrongNumber: (got: string, why: string) => string;
  readonly onlyFixed: string;
  readonly law: (law: string) => string;
  /** Sentences one after the other. */
  readonly join: (sentences: readonly string[]) => string;
  /** Names the call that went wrong. */
  readonly inCall: (call: string) => string;
  readonly hint: (step: number, steps: number) => string;
  readonly noMoreHints: string;
  readonly solution: string;
  readonly write: string;
}

export type ExerciseTexts = {
  readonly check: CheckTexts;
  readonly exercises: { readonly [Name in ExerciseName]: ExerciseText<Mistakes[Name]> };
};
