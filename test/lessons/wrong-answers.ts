/**
 * Wrong answers as students write them, for every mistake that a check knows by name: a right answer with one or two
 * places changed, or a whole function of another idea. None of it uses the library's own way to make the mistake.
 */
import type { Mistakes } from "../../src/lessons/texts/exercise-texts.js";

/** Places to change, `[from, to]` one after the other; or a function's whole body, with the right head around it. */
export type Wrong = readonly (readonly [from: string, to: string])[] | string;

const readTransposed = "return transpose(right(";

export const wrongAnswers: {
  readonly [Name in keyof Mistakes]: { readonly [Mistake in Mistakes[Name]]: Wrong };
} = {
  outputSize: {
    noPlusOne: [[" + 1;", ";"]],
    strideIgnored: [[" / stride", ""]],
    paddingOnce: [["2 * padding", "padding"]],
    paddingIgnored: [[" + 2 * padding", ""]],
    roundedUp: [["Math.floor", "Math.ceil"]],
    notRounded: [["Math.floor", ""]],
    plusOneInside: [["kernel) / stride) + 1", "kernel + 1) / stride)"]],
    kernelForgotten: [
      [" - kernel", ""],
      [" + 1;", ";"],
    ],
  },
  im2col: {
    transposed: "return transpose(right(input, kernelHeight, kernelWidth, stride, padding));",
    strideIgnored: [
      [") / stride) + 1", ") / 1) + 1"],
      [") / stride) + 1", ") / 1) + 1"],
      ["y * stride", "y"],
      ["x * stride", "x"],
    ],
    stepIsKernel:
      "return right(input, kernelHeight, kernelWidth, Math.max(kernelHeight, kernelWidth), padding);",
    paddingIgnored: [
      [" + 2 * padding", ""],
      [" + 2 * padding", ""],
      [" - padding", ""],
      [" - padding", ""],
    ],
    windowsDownFirst: [
      ["for (let y = 0; y < height; y++) {", "for (let x = 0; x < width; x++) {"],
      ["        for (let x = 0; x < width; x++) {", "        for (let y = 0; y < height; y++) {"],
    ],
    cellsDownFirst: [
      ["for (let ky = 0; ky < kernelHeight; ky++) {", "for (let kx = 0; kx < kernelWidth; kx++) {"],
      [
        "    for (let kx = 0; kx < kernelWidth; kx++) {\n      const",
        "    for (let ky = 0; ky < kernelHeight; ky++) {\n      const",
      ],
    ],
    sizesSwapped: [
      ["kernelHeight: number, kernelWidth: number", "kernelWidth: number, kernelHeight: number"],
    ],
    lastWindowMissing: [
      ["y < height", "y < height - 1"],
      ["x < width", "x < width - 1"],
    ],
  },
  convolve: {
    flipped: [["kernel[ky][kx]", "kernel[kernel.length - 1 - ky][kernel[0].length - 1 - kx]"]],
    strideIgnored: [
      [") / stride)", ")"],
      [") / stride)", ")"],
      ["y * stride", "y"],
      ["x * stride", "x"],
    ],
    paddingIgnored: [
      [" + 2 * padding", ""],
      [" + 2 * padding", ""],
      [" - padding", ""],
      [" - padding", ""],
    ],
    edgeRepeated: [
      [
        "(input[y * stride + ky - padding]?.[x * stride + kx - padding] ?? 0)",
        "input[Math.min(Math.max(y * stride + ky - padding, 0), input.length - 1)][Math.min(Math.max(x * stride + kx - padding, 0), input[0].length - 1)]",
      ],
    ],
    kernelTransposed: `kernel = transpose(kernel);
      return right(input, kernel, stride, padding);`,
    transposed: `${readTransposed}input, kernel, stride, padding));`,
    kernelIgnored: [["kernel[ky][kx] * ", ""]],
    lastWindowMissing: [
      ["y < height", "y < height - 1"],
      ["x < width", "x < width - 1"],
    ],
  },
  flip: {
    unchanged: "return kernel.map((row) => [...row]);",
    upsideDownOnly: [[".map((row) => [...row].reverse())", ""]],
    mirroredOnly: [[".reverse().map", ".map"]],
    transposed: "return transpose(kernel);",
    antiTransposed: "return transpose([...kernel].reverse().map((row) => [...row].reverse()));",
    quarterTurn: "return transpose([...kernel].reverse());",
    negated: "return right(kernel).map((row) => row.map((value) => -value));",
  },
  col2im: {
    overwrittenByRows: [["+=", "="]],
    overwritten: [
      [
        "for (let row = 0; row < columns.length; row++) {",
        "for (let column = 0; column < columns[0].length; column++) {",
      ],
      [
        "    for (let column = 0; column < columns[0].length; column++) {\n      const",
        "    for (let row = 0; row < columns.length; row++) {\n      const",
      ],
      ["+=", "="],
    ],
    averaged: `const sums = right(columns, height, width, kernelHeight, kernelWidth, stride);
      const ones = right(columns.map((row) => row.map(() => 1)), height, width, kernelHeight, kernelWidth, stride);
      return sums.map((row, y) => row.map((value, x) => value / Math.max(1, ones[y][x])));`,
    strideIgnored: [
      [") / stride) + 1", ") + 1)"],
      ["(column / across) * stride", "(column / across)"],
      ["(column % across) * stride", "(column % across)"],
      ["image[y][x] +=", "if (y < height && x < width) image[y][x] +="],
    ],
    windowsDownFirst: [
      [
        "const across = Math.floor((width - kernelWidth) / stride) + 1",
        "const down = Math.floor((height - kernelHeight) / stride) + 1",
      ],
      ["Math.floor(column / across)", "(column % down)"],
      ["(column % across)", "Math.floor(column / down)"],
    ],
    cellsDownFirst: [
      ["Math.floor(row / kernelWidth)", "(row % kernelHeight)"],
      ["(row % kernelWidth)", "Math.floor(row / kernelHeight)"],
    ],
    transposed: `${readTransposed}columns, height, width, kernelHeight, kernelWidth, stride));`,
    sizeLost: [
      [
        "const image",
        "const seen = Math.floor((height - kernelHeight) / stride) * stride + kernelHeight;\n  const image",
      ],
      ["length: height", "length: seen"],
      ["(width).fill", "((across - 1) * stride + kernelWidth).fill"],
    ],
  },
  transposeFilter: {
    noFlip: [["kernel[ky][kx];", "kernel[kernel.length - 1 - ky][kernel[0].length - 1 - kx];"]],
    overwritten: [["+=", "="]],
    strideIgnored: [
      ["y * stride", "y"],
      ["x * stride", "x"],
    ],
    sizeLost: [
      ["length: height", "length: (signal.length - 1) * stride + kernel.length"],
      ["(width)", "((signal[0].length - 1) * stride + kernel[0].length)"],
    ],
    kernelTransposed: [
      ["ky < kernel.length", "ky < kernel[0].length"],
      ["kx < kernel[0].length", "kx < kernel.length"],
      [
        "          below[y * stride + ky][x * stride + kx] +=",
        "          if (below[y * stride + ky]?.[x * stride + kx] !== undefined) below[y * stride + ky][x * stride + kx] +=",
      ],
      ["kernel[ky][kx];", "kernel[kx][ky];"],
    ],
    centred: [
      [
        "          below[y * stride + ky][x * stride + kx] += signal",
        "          const row = y * stride + ky - Math.floor(kernel.length / 2);\n          const column = x * stride + kx - Math.floor(kernel[0].length / 2);\n          if (below[row]?.[column] !== undefined) below[row][column] += signal",
      ],
    ],
    rectifiedAfter: [["return below;", "return below.map((row) => row.map((value) => Math.max(0, value)));"]],
    transposed: `${readTransposed}signal, kernel, height, width, stride));`,
  },
  pool: {
    paddingZero: [["] ?? -Infinity", "] ?? 0"]],
    startsAtZero: [["let greatest = -Infinity", "let greatest = 0"]],
    strideIgnored: [
      [") / stride)", ")"],
      [") / stride)", ")"],
      ["y * stride", "y"],
      ["x * stride", "x"],
    ],
    strideIsSize: "return right(input, size, size, padding);",
    paddingIgnored: [
      [" + 2 * padding", ""],
      [" + 2 * padding", ""],
      [" - padding", ""],
      [" - padding", ""],
    ],
    averaged: [
      ["let greatest = -Infinity", "let greatest = 0"],
      ["greatest = Math.max(greatest, ", "greatest += ("],
      ["] ?? -Infinity", "] ?? 0"],
      ["row.push(greatest)", "row.push(greatest / size ** 2)"],
    ],
    minimum: [
      ["greatest = -Infinity", "greatest = Infinity"],
      ["Math.max", "Math.min"],
      ["?? -Infinity", "?? Infinity"],
    ],
    magnitude: [
      ["greatest, input", "greatest, Math.abs(input"],
      ["] ?? -Infinity)", "] ?? 0))"],
    ],
    transposed: `${readTransposed}input, size, stride, padding));`,
    lastWindowMissing: [
      ["y < height", "y < height - 1"],
      ["x < width", "x < width - 1"],
    ],
  },
  switches: {
    lastTie: [["] > input", "] >= input"]],
    insideWindow: [["bestY * width + bestX", "(bestY - y) * size + bestX - x"]],
    pooledWidth: [["bestY * width", "bestY * (Math.floor((width - size) / stride) + 1)"]],
    columnMajor: [["bestY * width + bestX", "bestX * height + bestY"]],
    values: [["bestY * width + bestX", "input[bestY][bestX]"]],
    strideIgnored: [
      ["y += stride", "y++"],
      ["x += stride", "x++"],
    ],
    fromOne: [["bestY * width + bestX", "bestY * width + bestX + 1"]],
    magnitude: [
      [
        "input[y + dy][x + dx] > input[bestY][bestX]",
        "Math.abs(input[y + dy][x + dx]) > Math.abs(input[bestY][bestX])",
      ],
    ],
    transposed: `${readTransposed}input, size, stride));`,
  },
  unpool: {
    overwritten: [["+=", "="]],
    firstKept: [
      [
        "    }\n  }\n  return",
        "    }\n  }\n  const seen = new Set();\n  for (const row of below) row.fill(0);\n  signal.forEach((row, y) => row.forEach((value, x) => {\n    const p = switches[y][x];\n    if (!seen.has(p)) below[Math.floor(p / width)][p % width] = value;\n    seen.add(p);\n  }));\n  return",
      ],
    ],
    greaterKept: `const below = Array.from({ length: height }, () => new Array(width).fill(-Infinity));
      signal.forEach((row, y) => row.forEach((value, x) => {
        const p = switches[y][x];
        below[Math.floor(p / width)][p % width] = Math.max(below[Math.floor(p / width)][p % width], value);
      }));
      return below.map((row) => row.map((value) => value === -Infinity ? 0 : value));`,
    averaged: `const sums = right(signal, switches, height, width);
      const ones = right(signal.map((row) => row.map(() => 1)), switches, height, width);
      return sums.map((row, y) => row.map((value, x) => value / (ones[y][x] || 1)));`,
    nearest: `const below = Array.from({ length: height }, () => new Array(width).fill(0));
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          below[y][x] = signal[Math.floor(y * signal.length / height)][Math.floor(x * signal[0].length / width)];
      return below;`,
    topLeft: `const below = Array.from({ length: height }, () => new Array(width).fill(0));
      const step = [Math.floor(height / signal.length), Math.floor(width / signal[0].length)];
      signal.forEach((row, y) => row.forEach((value, x) => { below[y * step[0]][x * step[1]] = value; }));
      return below;`,
    columnMajor: [
      [
        "below[Math.floor(position / width)][position % width] += signal[y][x];",
        "const row = below[position % height];\n      const column = Math.floor(position / height);\n      if (column < width) row[column] += signal[y][x];",
      ],
    ],
    sidesSwapped: [
      [
        "below[Math.floor(position / width)][position % width] += signal[y][x];",
        "const row = below[Math.floor(position / height)];\n      if (row && position % height < width) row[position % height] += signal[y][x];",
      ],
    ],
    fromOne: [
      [
        "const position = switches[y][x];",
        "const position = switches[y][x] - 1;\n      if (position < 0) continue;",
      ],
    ],
    ones: [["+= signal[y][x]", "= 1"]],
  },
  relu: {
    absolute: [["Math.max(value, 0)", "Math.abs(value)"]],
    negativesKept: [["Math.max", "Math.min"]],
    mask: [["Math.max(value, 0)", "Number(value > 0)"]],
    unchanged: [["Math.max(value, 0)", "value"]],
    leaky: [["Math.max(value, 0)", "(value > 0 ? value : 0.01 * value)"]],
    clipped: [["Math.max(value, 0)", "Math.min(1, Math.max(value, 0))"]],
    offset: [["(value, 0)", "(value, 1)"]],
  },
  rectify: {
    forwardMask: [
      ['if (rule !== "gradient" && value < 0) return 0;', ""],
      ['rule !== "deconvnet" && ', ""],
    ],
    ruleIgnored: [
      ['rule !== "gradient" && ', ""],
      ['if (rule !== "deconvnet" && forward[y][x] <= 0) return 0;', ""],
    ],
    alwaysGuided: [
      ['rule !== "gradient" && ', ""],
      ['rule !== "deconvnet" && ', ""],
    ],
    rulesSwapped: [
      ['rule !== "gradient"', 'rule !== "DECONVNET"'],
      ['rule !== "deconvnet"', 'rule !== "gradient"'],
      ["DECONVNET", "deconvnet"],
    ],
    zeroPasses: [["forward[y][x] <= 0", "forward[y][x] < 0"]],
    forwardRectified: [
      ["signal: number[][], forward: number[][]", "forward: number[][], signal: number[][]"],
    ],
    mask: [["return value;", "return value === 0 ? 0 : 1;"]],
    multiplied: [["return value;", "return value * forward[y][x];"]],
    negated:
      "return signal.map((row, y) => row.map((value, x) => value - right(signal, forward, rule)[y][x]));",
  },
  seed: {
    ones: [["? value : 0", "? 1 : 0"]],
    wholeMap: "return map.map((row) => [...row]);",
    swapped: [["i === y && j === x", "i === x && j === y"]],
    rectified: [["? value : 0", "? Math.max(value, 0) : 0"]],
    equalsKept: [["i === y && j === x", "value === map[y][x]"]],
    strongest: `const best = Math.max(...map.flat());
      let found = false;
      return map.map((row) => row.map((value) => {
        if (value !== best || found) return 0;
        found = true;
        return value;
      }));`,
    erased: [["? value : 0", "? 0 : value"]],
    fromOne: [["i === y && j === x", "i + 1 === y && j + 1 === x"]],
    sum: [["? value : 0", "? map.flat().reduce((a, b) => a + b, 0) : 0"]],
    rowKept: [[" && j === x", ""]],
  },
  deconvnetLayer: {
    biasAdded: [["return below;", "return below.map((row) => row.map((value) => value + bias));"]],
    notRectified: [["Math.max(value, 0)", "value"]],
    rectifiedAfter: [
      ["Math.max(value, 0)", "value"],
      ["return below;", "return below.map((row) => row.map((value) => Math.max(value, 0)));"],
    ],
    rectifiedBefore: [["+= value;", "+= Math.max(value, 0);"]],
    bothRectified: [["return below;", "return below.map((row) => row.map((value) => Math.max(value, 0)));"]],
    noFlip: [
      ["weights.forEach((weight, kx)", "weights.forEach((_, kx)"],
      ["value * weight", "value * kernel[kernel.length - 1 - ky][kernel[0].length - 1 - kx]"],
    ],
    overwritten: [["+= value;", "= value;"]],
    nearest: [
      ["unpooled[Math.floor(switches[y][x] / width)][switches[y][x] % width] += value;", ""],
      [
        "const rectified = unpooled.map((row) => row.map((value) =>",
        "const rectified = unpooled.map((row, y) => row.map((_, x) => { const value = signal[Math.floor(y * signal.length / height)][Math.floor(x * signal[0].length / width)]; return",
      ],
      ["Math.max(value, 0)));", "Math.max(value, 0); }));"],
    ],
    ordinary: `const unpooled = Array.from({ length: height }, () => new Array(width).fill(0));
      signal.forEach((row, y) => row.forEach((value, x) => {
        unpooled[Math.floor(switches[y][x] / width)][switches[y][x] % width] += value;
      }));
      const out = [];
      for (let y = 0; y + kernel.length <= height; y++) {
        const row = [];
        for (let x = 0; x + kernel[0].length <= width; x++) {
          let sum = 0;
          for (let ky = 0; ky < kernel.length; ky++)
            for (let kx = 0; kx < kernel[0].length; kx++) sum += kernel[ky][kx] * Math.max(0, unpooled[y + ky][x + kx]);
          row.push(sum);
        }
        out.push(row);
      }
      return out;`,
    sameSize: [
      ["length: height + kernel.length - 1", "length: height"],
      ["(width + kernel[0].length - 1)", "(width)"],
      [
        "          below[y + ky][x + kx] +=",
        "          if (below[y + ky]?.[x + kx] !== undefined) below[y + ky][x + kx] +=",
      ],
    ],
  },
  softmax: {
    notNormalised: "return scores.map((score) => Math.exp(score));",
    noExponential: "const sum = scores.reduce((a, b) => a + b); return scores.map((score) => score / sum);",
    oneHot: "return scores.map((_, i) => Number(i === scores.indexOf(Math.max(...scores))));",
    overflow: [[" - greatest", ""]],
    dividedByGreatest: [["/ sum", "/ Math.max(...powers)"]],
    baseTwo: [["Math.exp(score - greatest)", "2 ** (score - greatest)"]],
    negated: [
      ["Math.max(...scores)", "Math.min(...scores)"],
      ["score - greatest", "greatest - score"],
    ],
    logarithm: [["power / sum", "Math.log(power / sum)"]],
  },
  softmaxCrossEntropy: {
    noMinus: [["return -(", "return ("]],
    probability: [
      [
        "return -(scores[label] - greatest - Math.log(sum))",
        "return Math.exp(scores[label] - greatest) / sum",
      ],
    ],
    baseTwo:
      "const greatest = Math.max(...scores); const sum = scores.reduce((all, score) => all + Math.exp(score - greatest), 0); return -Math.log2(Math.exp(scores[label] - greatest) / sum);",
    noSoftmax: "return -Math.log(scores[label]);",
    allClasses: [
      [
        "return -(scores[label] - greatest - Math.log(sum))",
        "return scores.reduce((all, score) => all - (score - greatest - Math.log(sum)), 0)",
      ],
    ],
    oneMinus: [
      [
        "return -(scores[label] - greatest - Math.log(sum))",
        "return 1 - Math.exp(scores[label] - greatest) / sum",
      ],
    ],
    fromOne: [["scores[label]", "scores[label - 1]"]],
    squared: [
      [
        "return -(scores[label] - greatest - Math.log(sum))",
        "return scores.reduce((all, score, i) => all + (Math.exp(score - greatest) / sum - Number(i === label)) ** 2, 0)",
      ],
    ],
    overflow:
      "const powers = scores.map((score) => Math.exp(score)); return -Math.log(powers[label] / powers.reduce((a, b) => a + b));",
  },
  scoreGradient: {
    probabilities: [[" - (i === label ? 1 : 0)", ""]],
    negated: [["power / sum - (i === label ? 1 : 0)", "(i === label ? 1 : 0) - power / sum"]],
    everywhere: [["(i === label ? 1 : 0)", "1"]],
    labelOnly: [["power / sum - (i === label ? 1 : 0)", "(i === label ? power / sum - 1 : 0)"]],
    scores: "return scores.map((score, i) => (i === label ? score - 1 : score));",
    byProbability: [["power / sum - (i === label ? 1 : 0)", "(i === label ? -sum / power : 0)"]],
    fromOne: [["i === label", "i + 1 === label"]],
    squared: [["power / sum - (i === label ? 1 : 0)", "2 * (power / sum - (i === label ? 1 : 0))"]],
  },
  filterGradient: {
    flipped: "return right(input, signal).reverse().map((row) => row.reverse());",
    inputIgnored: [[" * input[y + ky][x + kx]", ""]],
    averaged: [["row.push(sum)", "row.push(sum / (signal.length * signal[0].length))"]],
    firstOnly: [
      ["y < signal.length", "y < 1"],
      ["x < signal[0].length", "x < 1"],
    ],
    spread: `const out = Array.from({ length: input.length + signal.length - 1 }, () => new Array(input[0].length + signal[0].length - 1).fill(0));
      input.forEach((row, y) => row.forEach((value, x) => signal.forEach((line, dy) => line.forEach((part, dx) => { out[y + dy][x + dx] += value * part; }))));
      return out;`,
    transposed: `${readTransposed}input, signal));`,
    signalTransposed: "return right(input, transpose(signal));",
    magnitude: [["signal[y][x] *", "Math.abs(signal[y][x]) *"]],
  },
  sgdStep: {
    uphill: [["weight - rate", "weight + rate"]],
    rateForgotten: [["rate * ", ""]],
    rateDivided: [["rate * gradient[y][x]", "gradient[y][x] / rate"]],
    stepOnly: [["weight - rate * gradient[y][x]", "-rate * gradient[y][x]"]],
    signOnly: [["rate * gradient[y][x]", "rate * Math.sign(gradient[y][x])"]],
    rateOnWeights: [["weight - rate * gradient[y][x]", "rate * weight - gradient[y][x]"]],
    multiplied: [["weight - rate * gradient[y][x]", "weight * (1 - rate * gradient[y][x])"]],
    gradientOnly: [["weight - rate", "rate"]],
    firstRowOnly: [["weight - rate * gradient[y][x]", "y > 0 ? weight : weight - rate * gradient[y][x]"]],
  },
};
