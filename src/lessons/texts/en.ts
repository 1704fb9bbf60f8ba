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
    gone: "The kernel was restarted. Run this cell again.",
    quiet:
      "No answer from the kernel yet. It may be busy with a cell; if it was restarted, run this cell again.",
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
    tied: (value, places) => `${value} again at ${places}.`,
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
      "Nothing rectifies after the last filter, so pixels have signs: above 0 the filters ask for a brighter pixel, below 0 for a darker one.",
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

const exercises: ExerciseTexts = {
  check: {
    passed: (cases, laws) =>
      `Right in all ${cases} cases.${laws.length > 0 ? ` And ${laws.join("; ")}.` : ""}`,
    notFunction: (name, got) =>
      `check takes your function itself, such as task.check(${name}); it got ${got}.`,
    threw: (error, call) => `Your function threw “${error}” in ${call}.`,
    notThere:
      "It used something that is not there: often a row outside a matrix, or one that was never made.",
    oneRow:
      "All rows of your result are one and the same list, so what is put into one is in all: `fill` copies no list. Make a new one for each row: Array.from({ length: rows }, () => new Array(columns).fill(0)).",
    recursion: (call) => `Your function calls itself without end in ${call}: what should stop it?`,
    stopped: (milliseconds, call) =>
      `Your function was still running after ${milliseconds / 1000} s and was stopped, in ${call}: is there a loop whose condition never becomes false?`,
    promise: "Your function returns a promise: leave out “async” and return the result itself.",
    nothing: (call) => `Your function returns nothing in ${call}: is a “return” missing?`,
    notMatrix: (got) =>
      `Your function returns ${got}; it has to return a matrix, a list of rows such as [[1, 2], [3, 4]].`,
    flat: "Your function returns one flat list of numbers; it has to return a list of rows, such as [[1, 2], [3, 4]].",
    deep: "Your function's lists are nested too deep: a matrix is a list of rows, and a row is a list of numbers.",
    notList: (got) => `Your function returns ${got}; it has to return a list of numbers.`,
    notNumber: (got) => `Your function returns ${got}; it has to return one number.`,
    ragged: (row, got, wanted) =>
      `Row ${row} of your result has ${count(got, "number")}, and row 0 has ${wanted}: all rows have to be equally long.`,
    entry: (place, got) =>
      `Your result holds ${got} at ${place}, which is not a number: often a place outside a matrix was read.`,
    nan: (place, call) =>
      `Your result is NaN${place ? ` at ${place}` : ""} in ${call}: something that is not there (undefined) was counted with, or 0 was divided by 0.`,
    infinite: (place, got) =>
      `Your result is ${got}${place ? ` at ${place}` : ""}: something was divided by 0, or a start value was never replaced.`,
    shape: (got, wanted) => `Your result is ${got}; it has to be ${wanted}.`,
    changed: (argument) =>
      `The numbers are right, but your function changes “${argument}”, which it was given: whoever called it still needs it. Make a new matrix.`,
    wrong: ({ place, got }, why) => `Position ${place} is ${got}, which is not right. ${why}`,
    wrongNumber: (got, why) => `${got} is not right. ${why}`,
    onlyFixed: "(The small cases are right: this one has other sizes or numbers.)",
    law: (law) => `The cases are right, but a law does not hold that has to: ${law}.`,
    join: (sentences) => sentences.filter((one) => one !== "").join(" "),
    inCall: (call) => `This was ${call}.`,
    hint: (step, steps) => `**Hint ${step} of ${steps}.**`,
    noMoreHints: "That was the last hint. `solution()` shows a right answer.",
    solution: "One right answer; yours may look different.",
    write: "your code",
  },
  exercises: {
    outputSize: {
      title: "How large is the output?",
      statement:
        "A window of `kernel` cells slides along a line of `input` cells, `stride` cells at a time. `padding` cells of zeros stand before the line and as many after it. At how many places does the whole window fit? Give that number.",
      hints: [
        "Take stride 1 and no padding first. A window of 3 in a line of 4: where can its first cell stand?",
        "With padding the line is longer: by `padding` at each end.",
        "With a stride only every `stride`-th place counts, beginning with the first. What is left over at the end is not a place: `Math.floor`.",
      ],
      explain: ({ input, kernel, stride, padded }) =>
        `The line of ${input} is ${padded} cells with its padding; a window of ${kernel} starts at 0, ${stride}, … as long as it fits. Count the starts.`,
      mistakes: {
        noPlusOne:
          "One place is missing: you counted the steps, and the window also stands somewhere before the first step.",
        strideIgnored: "That is right for stride 1: with a stride, only every stride-th place counts.",
        paddingOnce: "Padding stands on both sides: before the line and after it.",
        paddingIgnored: "The padding is missing: it makes the line longer.",
        roundedUp: "You rounded up: a window that only fits in part is no place.",
        notRounded: "A number of places is whole: what is left over at the end is no place.",
        plusOneInside: "The 1 is added too soon: it is the first place, and the stride does not divide it.",
        kernelForgotten: "The kernel's own size is missing: the window's last cell has to fit too.",
      },
      laws: {},
    },
    im2col: {
      title: "Windows become columns",
      statement:
        "Lay each window of `input` into a column of its own. Windows are `kernelHeight` × `kernelWidth`, `stride` apart, and `padding` cells of zeros stand around the input. Column 0 is the window at the top left, then along the row, then down. Within a column the numbers stand as one reads the window: along its rows. The result has `kernelHeight · kernelWidth` rows and a column for each window.",
      hints: [
        "Write down the columns of a 3 × 3 input and a 2 × 2 window by hand first: four columns of four numbers.",
        "Row r of the result is the same place within every window: row `Math.floor(r / kernelWidth)`, column `r % kernelWidth`. Go through these places outside, through the windows inside.",
        "A window that starts at `(y · stride − padding, x · stride − padding)` reads 0 where that is outside: `input[row]?.[column] ?? 0`.",
      ],
      explain: ({ row, column, window, inside }) =>
        `Column ${column} is the window that starts at ${window}, and row ${row} is the place ${inside} within it.`,
      mistakes: {
        transposed: "Rows and columns are swapped: your windows lie in rows, and each has to be a column.",
        strideIgnored: "The stride is ignored: your windows stand at every cell.",
        stepIsKernel:
          "Your windows stand side by side, one window's size apart: they are `stride` apart and may overlap.",
        paddingIgnored: "The padding is missing: windows also start in the zeros around the input.",
        windowsDownFirst:
          "Your windows go down first: the next column is the window to the right, as one reads.",
        cellsDownFirst:
          "Within a column your numbers go down the window first: they go along its rows, as one reads.",
        sizesSwapped: "The window's height and width are swapped.",
        lastWindowMissing:
          "The last windows are missing: the window still fits at the very end (`<=`, not `<`).",
      },
      laws: { adjoint: "its way back fits it, the col2im of lesson 2: ⟨im2col(x), y⟩ = ⟨x, col2im(y)⟩" },
    },
    convolve: {
      title: "A convolution, window by window",
      statement:
        "Slide `kernel` over `input`, `stride` cells at a time, with `padding` cells of zeros around. Each number of the output is a window times the kernel, number by number, added up: $\\sum_{i,j} \\mathrm{kernel}_{ij} \\cdot \\mathrm{window}_{ij}$. Networks do not flip the kernel here.",
      hints: [
        "How large is the output? You have worked that out before.",
        "Four loops: two over the output, and within them two over the kernel.",
        "The input's cell is `[y * stride + ky - padding][x * stride + kx - padding]`, and 0 where that is outside.",
      ],
      explain: ({ window, kernel }) =>
        `The window there is ${window}; times the kernel ${kernel}, number by number, and added up. Do it by hand.`,
      mistakes: {
        flipped: "The kernel is flipped: mathematics does so, networks don't. Lay it on the window as it is.",
        strideIgnored: "The stride is ignored: your window moves by one cell.",
        paddingIgnored: "The padding is missing: zeros stand around the input.",
        edgeRepeated: "Your padding repeats the edge's numbers: padding is zeros here.",
        kernelTransposed:
          "The kernel's rows and columns are swapped: kernel[ky][kx] belongs to row ky, column kx of the window.",
        transposed: "The output's rows and columns are swapped.",
        kernelIgnored:
          "You add up the window itself: each number has to be multiplied by the kernel's first.",
        lastWindowMissing:
          "The last row and column are missing: the window still fits at the very end (`<=`, not `<`).",
      },
      laws: { linear: "convolve(a + 3b) = convolve(a) + 3 · convolve(b): it is linear" },
    },
    flip: {
      title: "Flip a kernel",
      statement:
        "On the way down a kernel is flipped vertically **and** horizontally: its first number becomes its last. Give the flipped kernel as a new matrix.",
      hints: [
        "Turn a sheet of paper with a 2 × 2 kernel by half a turn. Where are its numbers?",
        "Two steps: the rows in reverse order; then within each row the numbers in reverse order.",
        "`reverse()` changes the list that it is called on: copy first, `[...row].reverse()`.",
      ],
      explain: () => "The last row becomes the first, and within it the last number becomes the first.",
      mistakes: {
        unchanged: "Nothing is flipped yet.",
        upsideDownOnly: "It is flipped vertically only: now horizontally as well.",
        mirroredOnly: "It is flipped horizontally only: now vertically as well.",
        transposed:
          "That swaps rows and columns (the matrix's transpose). The “transposed” convolution flips its kernel; it does not transpose it.",
        antiTransposed: "Rows and columns are swapped besides being flipped.",
        quarterTurn: "That is a quarter turn; flipping both ways is a half turn.",
        negated: "It lies right, but its signs are turned: flipping changes places only.",
      },
      laws: { twice: "flipping twice gives the kernel back" },
    },
    col2im: {
      title: "Columns go back",
      statement:
        "The way back from `im2col`: add each column to the window that it was taken from. The image is `height` × `width` and starts as zeros; windows are `kernelHeight` × `kernelWidth`, `stride` apart, without padding, and are numbered as one reads. Where windows overlap, their numbers **add**. Cells that no window reads stay 0.",
      hints: [
        "How many windows stand in one row of windows? Then column c is window row `Math.floor(c / across)`, window column `c % across`.",
        "Row r of the columns is row `Math.floor(r / kernelWidth)`, column `r % kernelWidth` within the window.",
        "Start with zeros, go through all numbers of `columns`, and add each at its cell: `+=`.",
      ],
      explain: ({ count: number, parts }) =>
        number === "0"
          ? "No window reads this cell, so nothing comes back to it."
          : `${number === "1" ? "One number comes" : `${number} numbers come`} back to this cell, from (row, column) of columns: ${parts}. Add them.`,
      mistakes: {
        overwritten: ({ place, got }) =>
          `Position ${place} is only ${got}: several windows hold this cell, and the last overwrote the others. Their numbers add (+=).`,
        overwrittenByRows: ({ place, got }) =>
          `Position ${place} is only ${got}: several windows hold this cell, and one number overwrote the others. They add (+=).`,
        averaged: ({ place }) =>
          `Position ${place} is an average: numbers of windows that overlap add, and are not divided.`,
        strideIgnored: "The stride is ignored: your windows are one cell apart.",
        windowsDownFirst: "Your windows go down first: the next column belongs to the window to the right.",
        cellsDownFirst: "Within a window your numbers go down first: they go along its rows.",
        transposed: "The image's rows and columns are swapped.",
        sizeLost:
          "Your image ends with the last window: it is height × width, and what no window read is 0 there.",
      },
      laws: { adjoint: "⟨im2col(x), y⟩ = ⟨x, col2im(y)⟩ holds: it is the exact transpose" },
    },
    transposeFilter: {
      title: "Filter, on the way down",
      statement:
        "On the way up `kernel` was slid over a `height` × `width` map, `stride` cells at a time. Now `signal` comes down, one number for each window. Give the signal below, `height` × `width`: each number of the signal paints the kernel, times itself, over the window that it came from; where windows overlap, it adds.",
      hints: [
        "Start with one number of the signal at (0, 0). Which cells were in its window? What does each get?",
        "The number at (y, x) was computed from the window that starts at `(y * stride, x * stride)`. It went up through `kernel[ky][kx]`, and comes back down through the same number.",
        "Four loops and one line: `below[y * stride + ky][x * stride + kx] += signal[y][x] * kernel[ky][kx]`.",
      ],
      explain: ({ count: number, parts }) =>
        number === "0"
          ? "No window held this cell, so nothing comes down to it."
          : `${number === "1" ? "One number" : `${number} numbers`} of the signal had this cell in the window: ${parts}. Each brings itself times the kernel's number for this place.`,
      mistakes: {
        noFlip:
          "The kernel lies the wrong way round. If you slide a window over the padded signal, flip the kernel first; if you paint, leave it as it is.",
        overwritten: ({ place, got }) =>
          `Position ${place} is only ${got}: several windows hold this cell, and what comes down from them adds (+=).`,
        strideIgnored: "The stride is ignored: the windows are one cell apart in yours.",
        sizeLost: "The size is lost: the result is height × width, with zeros where no window reached.",
        kernelTransposed: "The kernel's rows and columns are swapped.",
        centred:
          "Your kernel is painted around each place, with its centre on it: the window starts there, with its first cell.",
        rectifiedAfter:
          "Negative numbers are gone: nothing rectifies after the filter, so what comes down is signed.",
        transposed: "The result's rows and columns are swapped.",
      },
      laws: { adjoint: "⟨convolve(x), y⟩ = ⟨x, transposeFilter(y)⟩ holds: down is the transpose of up" },
    },
    pool: {
      title: "Max pool",
      statement:
        "Give the greatest number of each window. Windows are `size` × `size` and `stride` apart. `padding` cells stand around the input, but padding is never a maximum: it counts as −∞.",
      hints: [
        "How many windows are there, down and across? The same as for a convolution.",
        "Four loops. Start each window with `-Infinity`, since all its numbers may be negative.",
        "Cells outside the input: leave them out, or read them as `-Infinity`.",
      ],
      explain: ({ window }) => `The window there sees ${window}; which is the greatest?`,
      mistakes: {
        paddingZero: ({ place, got }) =>
          `Position ${place} is ${got}: that is the padding's zero, and the window holds only negative numbers. Padding is never a maximum.`,
        startsAtZero: ({ place, got }) =>
          `Position ${place} is ${got}, and the window holds only negative numbers: your maximum starts at 0. Start at -Infinity.`,
        strideIgnored: "The stride is ignored: your windows are one cell apart.",
        strideIsSize:
          "Your windows stand side by side: they are `stride` apart, which need not be their size, and may overlap.",
        paddingIgnored: "The padding is missing: windows also start before the input.",
        averaged: "That is the windows' average: a max pool keeps the greatest number.",
        minimum: "That is the windows' smallest number: keep the greatest.",
        magnitude: ({ place, got }) =>
          `Position ${place} is ${got}: signs are lost. −9 is smaller than 1, however far from 0.`,
        transposed: "Rows and columns are swapped.",
        lastWindowMissing:
          "The last row and column are missing: the window still fits at the very end (`<=`, not `<`).",
      },
      laws: {},
    },
    switches: {
      title: "Where was the maximum?",
      statement:
        "Give for each window (`size` × `size`, `stride` apart, no padding) where its maximum was: its **switch**, as the position `row · width + column` in the input, whose width is `input[0].length`. Of equal maxima the first counts, as one reads.",
      hints: [
        "It is a max pool that remembers two more numbers: the row and column of the best so far.",
        "Position 0 is the input's first number, and position `width` the first of its second row.",
        "Only a number that is greater (`>`) replaces the best so far: then of equal ones the first stays.",
      ],
      explain: ({ window, from, width }) =>
        `The window that starts at ${from} sees ${window}. Find the first of its greatest numbers; its position is row · ${width} + column in the whole input.`,
      mistakes: {
        lastTie: ({ place, got }) =>
          `Position ${place} is ${got}: the window has its maximum several times, and you kept the last. The first counts: replace only by what is greater (>, not >=).`,
        insideWindow: "Your positions count within the window: they count within the whole input.",
        pooledWidth: "Your positions are row · (width of the pooled map) + column: the width is the input's.",
        columnMajor:
          "Your positions go down the columns (column · height + row): they go along the rows, row · width + column.",
        values: "Those are the maxima themselves: give where they were.",
        strideIgnored: "The stride is ignored: your windows are one cell apart.",
        fromOne: "Your positions count from 1: the first is 0.",
        magnitude:
          "You look for the number farthest from 0: the maximum is the greatest, and a negative number is small.",
        transposed: "The result's rows and columns are swapped.",
      },
      laws: {},
    },
    unpool: {
      title: "Unpool",
      statement:
        "On the way down each number of `signal` goes back to where its window's maximum was: `switches` holds that position, `row · width + column`, in a map of `height` × `width`. Everywhere else is 0. Where two windows share a switch, their numbers **add**.",
      hints: [
        "Begin with a matrix of zeros, `height` × `width`.",
        "Position p is row `Math.floor(p / width)`, column `p % width`.",
        "Two windows can have the same switch: add with `+=`, so that neither is lost.",
      ],
      explain: ({ count: number, windows, position }) =>
        number === "0"
          ? `No switch says ${position}, which is this cell: nothing lands here.`
          : `This cell is position ${position}, the switch of ${number === "1" ? "window" : "windows"} ${windows}.`,
      mistakes: {
        overwritten: ({ place, got }) =>
          `Position ${place} is only ${got}: two windows share this switch, so their values add. Yours overwrites the first (=, not +=).`,
        firstKept: ({ place, got }) =>
          `Position ${place} is only ${got}: two windows share this switch, so their values add. Yours keeps the first.`,
        greaterKept: ({ place, got }) =>
          `Position ${place} is only ${got}: two windows share this switch, so their values add. Yours keeps the greater.`,
        averaged: ({ place }) =>
          `Position ${place} is an average: where two windows share a switch, their values add.`,
        nearest:
          "That is nearest-neighbour upsampling: each value fills its whole window. Unpooling puts it back at one place, its switch, and leaves zeros around it.",
        topLeft:
          "Your values all stand at their window's first cell: the switch says where the maximum really was.",
        columnMajor:
          "Positions are read down the columns: they are row · width + column, so the row is Math.floor(p / width).",
        sidesSwapped:
          "Positions are divided by the height: they are row · width + column, so divide by the width.",
        fromOne: "Positions count from 0: yours land one cell too early.",
        ones: "Your map says 1 where a value landed: put the signal's own value there.",
      },
      laws: {
        adjoint: "⟨unpool(y), x⟩ = ⟨y, x at the switches⟩ holds: it is the transpose of picking the maximum",
      },
    },
    relu: {
      title: "ReLU, on the way up",
      statement: "Rectify: each number that is negative becomes 0, all others stay: $\\max(x, 0)$.",
      hints: [
        "What becomes of −2? And of 3?",
        "Go through rows, and through the numbers of each row: `map` within `map`.",
        "`Math.max(value, 0)`.",
      ],
      explain: ({ x }) => `x is ${x} there: is it negative?`,
      mistakes: {
        absolute: "Negative numbers became positive: they become 0.",
        negativesKept: "You kept the negative numbers and lost the others: it is the other way round.",
        mask: "That is where x > 0, as 1 and 0: numbers above 0 stay what they are.",
        unchanged: "Negative numbers are still there.",
        leaky: "Negative numbers are small, but not 0: that is a leaky ReLU.",
        clipped: "Numbers above 1 are cut off: a ReLU has no upper limit.",
        offset: "Nothing is below 1 in yours: the limit is 0.",
      },
      laws: { twice: "rectifying twice changes nothing more" },
    },
    rectify: {
      title: "ReLU on the way down: three rules",
      statement:
        '`signal` ($R$) comes down to a ReLU; `forward` ($x$) is what went into it on the way up. Give what goes on down: by the rule `"deconvnet"` $R \\cdot [R > 0]$; by `"gradient"` $R \\cdot [x > 0]$; by `"guided"` $R \\cdot [R > 0] \\cdot [x > 0]$.',
      hints: [
        "[R > 0] is 1 where R is above 0, and 0 elsewhere: the brackets say which numbers pass. What passes keeps its value.",
        "Which rules look at R's sign? Which at x? Guided looks at both.",
        "x = 0 does not pass: the rules say x > 0.",
      ],
      explain: ({ signal, x, rule }) => `R is ${signal} and x is ${x} there: does ${rule} let it pass?`,
      mistakes: {
        forwardMask:
          "The forward mask decides in yours (x > 0), whatever the rule: that is the gradient. Deconvnet looks only at the signal's own sign.",
        ruleIgnored: "The rule is ignored: yours is always deconvnet.",
        alwaysGuided:
          "Yours always looks at both signs: that is guided. Deconvnet looks at R alone, gradient at x alone.",
        rulesSwapped: "Deconvnet and gradient are swapped: deconvnet looks at R, gradient at x.",
        zeroPasses: "Where x is 0, nothing passes: the rule is x > 0, not x ≥ 0.",
        forwardRectified:
          "The two matrices are swapped: it is the signal that goes down, and forward only decides.",
        mask: "That is where something passes, as 1 and 0: what passes keeps its value.",
        multiplied: "The signal is multiplied by x itself: x only decides whether it passes.",
        negated: "You keep what should be stopped, and stop what should pass.",
      },
      laws: {},
    },
    seed: {
      title: "One activation is kept",
      statement:
        "A projection starts with one activation: every other unit of the layer is set to zero. Give a map like `map` that holds only the value at row `y`, column `x`: its own value, sign kept.",
      hints: [
        "The result is as large as the map.",
        "Go through all cells; only where the row is `y` and the column is `x` the value stays.",
        "`map.map((row, i) => row.map((value, j) => …))`",
      ],
      explain: () => "Only the cell at row y, column x keeps its value; all others are 0.",
      mistakes: {
        ones: "The unit's place holds 1: it keeps its own activation.",
        wholeMap: "The whole map is kept: only one activation is meant, all others become 0.",
        swapped: "Row and column are swapped: y is the row, and rows come first, map[y][x].",
        rectified: "A negative activation became 0: the seed keeps its sign.",
        equalsKept: "Other cells with the same value are kept too: only the place counts, not the value.",
        strongest: "You kept the map's strongest activation: keep the one that was asked for.",
        erased: "You set the unit itself to zero and kept the rest: it is the other way round.",
        fromOne: "Rows and columns count from 0: yours is one too early.",
        sum: "The place holds the sum of the map: it keeps its own activation.",
        rowKept: "A whole row is kept: only one cell of it is meant.",
      },
      laws: {},
    },
    deconvnetLayer: {
      title: "One layer of the deconvnet",
      statement:
        "One layer down, in this order: **unpool** `signal` with its `switches` into `height` × `width` (what shares a switch adds); **rectify** it (negative becomes 0); **filter** it with the same `kernel`, transposed, stride 1: each number paints the kernel over the window that it came from, and the map below is `height + kernel.length − 1` high and `width + kernel[0].length − 1` wide. `bias` was added on the way up.",
      hints: [
        "Three functions one after the other. You have written all three.",
        "Does a bias belong on the way down? The paper's filter is transposed, and what was added to every window says nothing about the picture.",
        "Nothing rectifies after the filter: the result may be negative.",
      ],
      explain: () =>
        "Go through the three steps one at a time: unpool, rectify, filter. Is the unpooled map right?",
      mistakes: {
        biasAdded: "The bias was added: there is no bias on the way down.",
        notRectified: "The signal is not rectified between unpooling and filtering.",
        rectifiedAfter:
          "You rectify after the filter: it belongs before it. What comes out at the end is signed.",
        rectifiedBefore:
          "You rectify before unpooling: unpool first, then rectify. Where two windows share a switch that is not the same.",
        bothRectified:
          "You rectify once too often: nothing rectifies after the filter, and what comes out is signed.",
        noFlip:
          "The kernel lies the wrong way round: if you slide a window over the padded signal, flip the kernel; if you paint, leave it as it is.",
        overwritten: "Two windows share a switch, and one overwrote the other: their values add.",
        nearest: "Each value fills its whole window: unpooling puts it at its switch, with zeros around.",
        ordinary:
          "That is the convolution of the way up, and the map shrinks: down it is the transposed one, and the map grows.",
        sameSize:
          "The map below is cut off: it is larger than the unpooled one, by the kernel's size less 1.",
      },
      laws: {},
    },
    softmax: {
      title: "Softmax",
      statement:
        "Turn scores into probabilities: $p_i = e^{z_i} / \\sum_j e^{z_j}$. They are positive and add up to 1. It has to work for large scores too.",
      hints: [
        "`Math.exp` of each score; then divide each by the sum of all.",
        "$e^{1000}$ is infinity in a computer. But only differences of scores count: $e^{z_i - m} / \\sum_j e^{z_j - m}$ is the same for every $m$.",
        "Subtract the greatest score from all of them first.",
      ],
      explain: () => "Each is e to its score, divided by the sum of all of these.",
      mistakes: {
        notNormalised: "They do not add up to 1: divide by their sum.",
        noExponential:
          "You divide the scores themselves: take e to the power of each first, then nothing is negative.",
        oneHot: "The greatest score got everything: softmax is soft, the others get their share.",
        overflow:
          "For small scores it is right; for large ones e^1000 is infinity, and ∞ / ∞ is NaN. Subtract the greatest score from all of them first.",
        dividedByGreatest: "The greatest got 1, so they do not add up to 1: divide by the sum.",
        baseTwo: "You take powers of 2: take powers of e, Math.exp.",
        negated: "The signs are turned: the smallest score got the most.",
        logarithm: "Those are the logarithms of the probabilities.",
      },
      laws: {
        sum: "the probabilities add up to 1",
        shift: "adding the same number to all scores changes nothing",
      },
    },
    softmaxCrossEntropy: {
      title: "How wrong is it?",
      statement:
        "Give the loss of `scores` where class `label` (counted from 0) is right: the scores go through softmax, and the loss is $-\\ln p_{\\mathrm{label}}$. It has to work for large scores too.",
      hints: [
        "First softmax, then the logarithm of one of its numbers.",
        "`Math.log` is the natural logarithm; of a probability it is negative, hence the minus.",
        "For large scores: $-\\ln p = \\ln \\sum_j e^{z_j - m} - (z_{\\mathrm{label}} - m)$, with $m$ the greatest score.",
      ],
      explain: () => "Take softmax of all scores, then −ln of the right class's probability.",
      mistakes: {
        noMinus: "The minus is missing: a loss is positive, and the logarithm of a probability is not.",
        probability: "That is the right class's probability: the loss is −ln of it.",
        baseTwo: "You take the logarithm to base 2: the natural one, Math.log.",
        noSoftmax:
          "You take the logarithm of the score itself: it has to be a probability first, so softmax comes before.",
        allClasses: "You add up all classes: only the right one counts.",
        oneMinus: "That is 1 − p: the loss is −ln p.",
        fromOne: "Classes count from 0.",
        squared: "That is the squared error: cross-entropy is −ln of the right class's probability.",
        overflow:
          "For small scores it is right; for large ones e^1000 is infinity. Subtract the greatest score from all of them first.",
      },
      laws: { shift: "adding the same number to all scores changes nothing" },
    },
    scoreGradient: {
      title: "What goes down first",
      statement:
        "The loss $L = -\\ln p_{\\mathrm{label}}$ of the last exercise changes when a score does: $\\partial L / \\partial z_i = p_i - 1$ for the right class and $p_i$ for every other. Give that gradient, one number a score.",
      hints: [
        "Softmax first: its probabilities are nearly the whole answer.",
        "Only at one place something is subtracted: at `label`.",
        "The numbers add up to 0: what the right class is to gain, the others are to lose.",
      ],
      explain: () => "Each is its probability, less 1 where the class is the right one.",
      mistakes: {
        probabilities: "Those are the probabilities: subtract 1 at the right class.",
        negated:
          "The signs are turned: the gradient points where the loss grows, so it is p − 1 at the right class.",
        everywhere: "You subtract 1 everywhere: only at the right class.",
        labelOnly:
          "The other classes are 0 in yours: they get their probability, since they are to become less likely.",
        scores: "You subtract from the scores: they have to go through softmax first.",
        byProbability:
          "That is the gradient by the probability, −1/p: softmax itself has to be gone through too.",
        fromOne: "Classes count from 0.",
        squared: "Everything is twice as large: that belongs to a squared error.",
      },
      laws: {
        sum: "the numbers add up to 0",
        quotient: "difference quotients of the loss agree",
      },
    },
    filterGradient: {
      title: "The gradient by a kernel",
      statement:
        "On the way up a kernel was slid over `input`, stride 1, no padding. Now `signal` comes down, one number for each window. By how much does the loss change with each number of the kernel? Give that gradient: it has the kernel's size, `input.length − signal.length + 1` high, and so its width.",
      hints: [
        "The kernel's number at (ky, kx) was multiplied by `input[y + ky][x + kx]` in the window at (y, x), and the signal there says how much that counts.",
        "Add up over all windows: signal times the input's number that met the kernel's number.",
        "It is a convolution of the input, with the signal in place of the kernel.",
      ],
      explain: ({ place, count: number }) =>
        `The kernel's number at ${place} met one number of the input in each of ${number} windows: each times the signal of its window, added up.`,
      mistakes: {
        flipped: "The result is flipped both ways: the kernel's first number met the windows' first cells.",
        inputIgnored:
          "The input is missing: each number of the signal has to be multiplied by what went in. (The sum alone is the bias's gradient.)",
        averaged: "That is an average: what the windows bring adds up, and is not divided.",
        firstOnly: "Only the first window counts in yours: the kernel was used in all of them.",
        spread:
          "Your result is larger than the input: that is the signal on its way down. The gradient by a kernel has the kernel's size.",
        transposed: "Rows and columns of the result are swapped.",
        signalTransposed: "The signal's rows and columns are swapped.",
        magnitude: "The signal's signs are lost: a negative one says that the number should grow.",
      },
      laws: { quotient: "difference quotients by every number of the kernel agree" },
    },
    sgdStep: {
      title: "One step of learning",
      statement:
        "Give the weights after one step of gradient descent: $w \\leftarrow w - \\eta \\cdot g$, with the learning rate $\\eta$ (`rate`) and the gradient $g$. Make a new matrix.",
      hints: [
        "The gradient points to where the loss grows: go the other way.",
        "Each weight by itself: `weight - rate * gradient[y][x]`.",
        "`map` makes a new matrix; assigning to `weights[y][x]` changes the one that was given.",
      ],
      explain: ({ weight, gradient, rate }) =>
        `The weight is ${weight} there, the gradient ${gradient}, the rate ${rate}.`,
      mistakes: {
        uphill: "You go with the gradient, and the loss grows: subtract.",
        rateForgotten: "The rate is missing: the step is rate times the gradient.",
        rateDivided: "You divide by the rate: multiply.",
        stepOnly: "That is the step alone: add it to the weights.",
        signOnly: "Only the gradient's sign counts in yours: its size counts too.",
        rateOnWeights: "The rate is multiplied with the weights: it belongs to the gradient.",
        multiplied: "The weights are multiplied: the step is subtracted from them.",
        gradientOnly: "That is rate times gradient: subtract it from the weights.",
        firstRowOnly: "Only the first row has changed.",
      },
      laws: { downhill: "a small step takes Σ w² down" },
    },
  },
};

export const en: Texts = { lessons, exercises };
