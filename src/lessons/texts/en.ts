import type { ExerciseTexts } from "./exercise-texts.js";
import type { LessonTexts, Size } from "./lesson-texts.js";
import type { Texts } from "./texts.js";

const size = ([height, width]: Size): string => `${height} × ${width}`;
const lines = (numbers: readonly number[]): string => list(numbers.map(String));

function list(parts: readonly string[]): string {
  return parts.length < 2
    ? parts.join("")
    : `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`;
}

function count(number: number, one: string, many: string = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

const lessons: LessonTexts = {
  titles: {
    convolution: "A convolution is a matrix product",
    transpose: "Backwards is the transpose",
    switches: "Two windows, one switch",
    rectify: "One ReLU, three rules",
    network: "A whole deconvnet by hand",
    learning: "One step of learning",
  },
  panels: {
    input: "Input",
    kernel: "Kernel",
    bias: "Bias",
    columns: "Columns",
    weight: "Weight",
    product: "Weight · Columns",
    output: "Output",
    signal: "Signal",
    signalRow: "Signal as rows",
    weightTransposed: "Weightᵀ",
    columnsBelow: "Columns′",
    signalBelow: "Signal below",
    spread: "Signal, spread and padded",
    flipped: "Kernel, flipped",
    painted: "Convolved",
    pooled: "Pooled",
    switches: "Switches",
    add: "Add",
    overwrite: "Overwrite",
    allTies: "All ties",
    forward: "x, before the ReLU",
    rectified: "max(x, 0)",
    picture: "Picture",
    pixels: "Projection",
    scores: "Scores",
    probabilities: "Probabilities",
    gradient: "gradient",
    newKernel: "after the step",
    newBias: "bias after the step",
    newScores: "Scores after the step",
    newProbabilities: "Probabilities after the step",
  },
  labels: {
    up: "Up",
    down: "Down",
    stride: "stride",
    padding: "padding",
    size: "size",
    channels: "channels",
    filters: "filters",
    pool: "pool",
    rule: "rule",
    unit: "unit",
    rate: "rate",
    label: "right class",
    default: "default",
    newNumbers: "new numbers",
    editable: "a number you can edit",
    moveWindow: "move the window",
    cell: "cell",
    edit: "edit",
    putBack: "put back",
    oneWindow: "show one window",
    asRow: "as a row",
  },
  formulas: {
    im2col: "windows become columns",
    output: "the convolution",
    down: "the way down",
    flip: "the same with a flipped kernel",
    quotient: "the same as the gradient, measured",
    pool: "pool, and its switches",
    unpool: "unpool",
    rectify: "rectify",
    deconvnet: "deconvnet",
    gradient: "gradient",
    guided: "guided",
    filter: "filter",
    softmax: "softmax",
    crossEntropy: "cross-entropy",
    scoreGradient: "gradient at the scores",
    filterGradient: "gradient by the weights",
    step: "one step",
  },
  rules: { deconvnet: "deconvnet", gradient: "gradient", guided: "guided" },
  channel: (channel) => `channel ${channel}`,
  filter: (filter) => `filter ${filter}`,
  filterChannel: (filter, channel) => `filter ${filter}, channel ${channel}`,
  map: (map) => `map ${map}`,
  none: "none",
  list,
  sentences: (parts) => parts.filter((part) => part !== "").join(" "),
  convolution: {
    sentence: ({ kernel, input, windows, rows, filters }) =>
      `A ${size(kernel)} window fits into the ${size(input)} input at ${size(windows)} places. im2col copies each window into a column of ${count(rows, "number")}; the ${filters === 1 ? "kernel is one row" : `${filters} kernels are ${filters} rows`}, and row times column is one number of the output.`,
    unreadRows: (rows) => `No window reads ${rows.length === 1 ? "row" : "rows"} ${lines(rows)}.`,
    unreadColumns: (columns) =>
      `No window reads ${columns.length === 1 ? "column" : "columns"} ${lines(columns)}.`,
    padding: (cells) =>
      `Padding puts ${cells === 1 ? "one line" : `${cells} lines`} of zeros around the input, which come out as zeros in the columns.`,
  },
  transpose: {
    sentence: ({ columns, most }) =>
      `Weightᵀ · Signal gives ${columns === 1 ? "one column" : `${columns} columns`} again, and col2im adds each column back to the window it was taken from: ${most === 1 ? "here no windows overlap" : `up to ${most} numbers meet in one cell`}.`,
    column: (column, values) =>
      `Column ${column} = Weightᵀ · ${values.includes(",") ? `(${values})` : values}. col2im adds it to its window.`,
    same: "The same numbers come out when the flipped kernel is slid over the spread signal, and they are the gradient of Σ Signal · Output by the input.",
    quotient: ({ place, step, below, above, quotient, gradient }) =>
      `Make input ${place} smaller and greater by ${step}: Σ Signal · Output goes from ${below} to ${above}, which is ${quotient} for each 1. On the way down that cell gets ${gradient}.`,
    unreadRows: (rows) =>
      `${rows.length === 1 ? "Row" : "Rows"} ${lines(rows)} of the input ${rows.length === 1 ? "was" : "were"} never read, so nothing comes back there: carry the input's size, the stride alone does not tell it.`,
    unreadColumns: (columns) =>
      `${columns.length === 1 ? "Column" : "Columns"} ${lines(columns)} of the input ${columns.length === 1 ? "was" : "were"} never read: 0 comes back there.`,
  },
  switches: {
    windowSlides: ({ size: [height, width], stride: [down, right] }) =>
      height > down || width > right
        ? `Windows ${size([height, width])} in size and ${down === right ? down : size([down, right])} apart overlap, so two of them can have their maximum at one position.`
        : `Windows ${size([height, width])} in size and ${down === right ? down : size([down, right])} apart do not overlap: each has its switch for itself.`,
    share: (windows, place) => `${windows} share ${place}.`,
    noneShared: "No position is shared.",
    tie: (window, value, places) => `${window} has the same ${value} again at ${places}.`,
    added: (sum) => sum,
    overwritten: (kept, lost) => `${kept}, and the ${lost} is lost`,
    tied: (value, places) => `${value} again at ${places}`,
    asAdd: "The same as add: no position is shared.",
    asFirst: "The same as add: no window has its maximum twice.",
    sources: {
      add: "Caffe, PyTorch's max-pool gradient",
      overwrite: "PyTorch MaxUnpool2d, any order",
      allTies: "cuda-convnet, the paper's code",
    },
    lost: (lost, all) =>
      `${lost} of ${all} values are nobody's maximum: they are lost for good, and come back as 0.`,
    whyAdd: "Add does not depend on the order, and it is the exact transpose of picking the maximum.",
  },
  rectify: {
    sentence: "Deconvnet looks at the signal R alone, gradient only at what went up (x), guided at both.",
    differ: (places) => `Here the three differ at ${places}.`,
    agree: "With these numbers all three give the same.",
    cell: ({ x, signal, deconvnet, gradient, guided, zero }) =>
      zero
        ? "R is 0: nothing comes down, whatever the rule."
        : `x = ${x}, R = ${signal}: deconvnet ${deconvnet ? "keeps it, since R > 0" : "stops it, since R < 0"}; gradient ${gradient ? "keeps it, since x > 0" : "stops it, since x is not above 0"}; guided ${guided ? "keeps it, since both are" : "stops it"}.`,
  },
  network: {
    stages: {
      picture: "picture",
      filter: "filter: convolve, add the bias",
      rectify: "rectify: negatives become 0",
      pool: "pool: keep each window's maximum, and its switch",
      seed: "seed: one unit, all else 0",
      unpool: "unpool: back to the switches",
      rectifyDown: "rectify the signal",
      filterDown: "filter: the same filters, transposed, no bias",
    },
    seed: (unit, value) => `${unit} fired with ${value}`,
    seedCell: "the unit's own value",
    elsewhere: "0: every other unit is set to zero",
    rectified: (before, after) => `max(${before}, 0) = ${after}`,
    pooled: (value, place) => `the maximum ${value} was at ${place}: its switch`,
    pooledTie: (value, place) =>
      `the maximum ${value} is there several times; the first, at ${place}, is its switch`,
    unpooled: (sum) => `lands at its switch: ${sum}`,
    nothingLands: "0: no window has its switch here",
    passed: (value) => `${value} passes`,
    stopped: (value, rule, x) =>
      rule === "deconvnet"
        ? `${value} is negative: 0`
        : rule === "gradient"
          ? `${value} stops: ${x} went up here`
          : `${value} stops: ${x} went up here, and both must be above 0`,
    sentence: ({ unit, value, rule, least, greatest }) =>
      `${unit} fired with ${value}. Down from there by the rule ${rule}, the picture's pixels get from ${least} to ${greatest}.`,
    silent: (unit) =>
      `${unit} did not fire: it is 0, and so is its projection. Choose another unit, or other numbers.`,
    signed:
      "Nothing rectifies after the last filter, so pixels have signs: above 0 brighter, below 0 darker would make the unit fire more.",
    unsigned: "Nothing rectifies after the last filter; this time no pixel is below 0.",
    shared: (places) => `Two windows of pool1 share a switch at ${places}: there their signals add.`,
  },
  learning: {
    classes: ["seven", "one"],
    seed: { name: "probability less 1 at the right class", cell: "probability − [right class]" },
    scores: ({ label, probability, loss }) =>
      `The picture is a ${label}, to which the network gives ${probability}: the loss is −ln ${probability} = ${loss}.`,
    step: ({ rate, before, after, lossBefore, lossAfter }) =>
      `One step of ${rate} against the gradient takes it from ${before} to ${after}, and the loss from ${lossBefore} to ${lossAfter}.`,
    quotient: ({ weight, quotient, gradient }) =>
      `Measured at ${weight} by making that weight a little greater and smaller: ${quotient}; backpropagation says ${gradient}.`,
  },
  refusals: {
    notMatrix: (what) => `${what} is not a matrix: write rows of numbers, such as [[1, 2], [3, 4]]`,
    ragged: (what, row, got, wanted) =>
      `${what}: row ${row} has ${count(got, "number")} and row 0 has ${wanted}; give every row as many`,
    notNumber: (what, row, column, got) =>
      `${what}: row ${row}, column ${column} is ${got}; it takes a number`,
    tooGreat: (what, row, column, got, most) =>
      `${what}: row ${row}, column ${column} is ${got}; numbers go from −${most} to ${most} here`,
    size: (what, got, wanted) => `${what} is ${size(got)}, and has to be ${wanted}`,
    tooLarge: (what, got, most) => `${what} is ${size(got)}; at most ${most} × ${most} can be shown`,
    count: (what, got, wanted) => `${what}: got ${got}, and it takes ${wanted}`,
    stride: (got, most) => `stride is ${got}: a window has to move on, by a whole number from 1 to ${most}`,
    padding: (got, most, window) =>
      `padding is ${got}: it is a whole number from 0 to ${most} with a ${size(window)} window, which else could lie in padding alone`,
    doesNotFit: (window, input, padding) =>
      `a ${size(window)} window does not fit into ${size(input)} with padding ${padding}: make it smaller, or the input or padding greater`,
    signalSize: (got, wanted) =>
      `the signal is ${size(got)}; the output is ${size(wanted)}, and so has to be what comes down`,
    channels: (kernel, input) =>
      `the kernel reads ${count(kernel, "channel")} and the input has ${input}; give one matrix a channel`,
    place: (what, got, most) => `${what} is ${got}: it is a whole number from 0 to ${most}`,
    number: (what, got) => `${what}: ${got} is no number from −999 to 999`,
    rate: (got) => `the rate is ${got}: it is a number above 0, at most 10`,
    choice: (what, got, known) => `${what} is ${got}: it is one of ${known.join(", ")}`,
    unknownChange: (what, known) => `there is nothing called ${what} here; there is ${known.join(", ")}`,
  },
};

const exercises: ExerciseTexts = { none: "" };

export const en: Texts = { lessons, exercises };
