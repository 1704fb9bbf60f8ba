import type { FeatureMaps } from "../maps.js";
import type { Step } from "../projection.js";
import { count, several, sides } from "./number.js";

/** How many values there are, are above and below zero. */
interface Signs {
  readonly all: number;
  readonly positive: number;
  readonly negative: number;
}

/** What happened at a step, in one or two sentences with its numbers. */
export function stepSentence({ kind, input, output, outputs }: Step): string {
  const before = signs(input.maps);
  const after = signs(output.maps);
  const [from, to] = [sides(...input.maps.shape), sides(...output.maps.shape)];
  const filled = after.positive + after.negative;
  switch (kind) {
    case "unpool":
      return `Unpool puts each value back where its window had its maximum on the way up. Of ${count(after.all)} places in ${several(output.maps.shape[2], "map")}, ${count(filled)} get a value and ${count(after.all - filled)} stay 0.`;
    case "rectify":
      return `Rectify passes ${count(after.positive)} of ${count(before.positive)} positive and ${count(after.negative)} of ${count(before.negative)} negative values; the others become 0.`;
    case "filter":
      return `Filter sends every map through its filters, flipped both ways, and adds the results. No bias. ${from} becomes ${to}, and ${count(after.negative)} of ${count(after.all)} values are negative.`;
    case "sum":
      return `Sum adds the signals of the branches that meet here, before anything rectifies them. ${count(filled)} of ${count(after.all)} values are not zero.`;
    case "spread":
      return `Spread gives each cell of a window its share of the average: ${from} becomes ${to}.`;
    case "scale":
      return `Scale multiplies each value by the layer’s factor. Of ${count(after.all)} values, ${count(after.negative)} are negative.`;
    case "branch":
      return `Branch sends the same signal to each of ${several(outputs.length, "input")}.`;
    case "split":
      return `Split gives each of ${several(outputs.length, "input")} its own channels; the first gets ${several(output.maps.shape[2], "map")} of ${count(input.maps.shape[2])}.`;
    case "crop":
      return `Crop takes away what was padded on the way up: ${from} becomes ${to}.`;
    case "reshape":
      return `Reshape puts the values back in their rows, columns and maps: ${from} becomes ${to}.`;
    case "pass":
      return "Pass hands the signal on as it is.";
  }
}

function signs({ data }: FeatureMaps): Signs {
  let positive = 0;
  let negative = 0;
  for (let i = 0; i < data.length; i++) {
    if (data[i] > 0) positive++;
    else if (data[i] < 0) negative++;
  }
  return { all: data.length, positive, negative };
}
