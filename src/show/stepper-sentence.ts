import type { FeatureMaps } from "../maps.js";
import { filters } from "../network/filters.js";
import { layerNamed } from "../network/graph.js";
import type { Layer } from "../network/layer.js";
import type { Projection, Step } from "../projection.js";
import { count, several, sides } from "./number.js";

/** How many values are above and below zero. */
interface Signs {
  readonly all: number;
  readonly positive: number;
  readonly negative: number;
}

/**
 * What a stage does and did, in plain words with its numbers over all maps.
 *
 * @param names what the reader calls each layer
 */
export function stageSentence(
  projection: Projection,
  step: Step,
  names: ReadonlyMap<string, string>,
): string {
  const sentence = whatHappened(projection, step, names);
  const nothing = step.kind !== "sum" && step.input.maps.data.every((value) => value === 0);
  return nothing ? `${sentence} Nothing comes down here: every value is 0.` : sentence;
}

function whatHappened(projection: Projection, step: Step, names: ReadonlyMap<string, string>): string {
  const { kind, input, output, outputs } = step;
  const { network } = projection.seen;
  const after = signs(output.maps);
  const filled = after.positive + after.negative;
  const maps = several(output.maps.shape[2], "map");
  const grown = `${sides(...output.maps.shape)}`;
  if (kind === "sum") {
    const from = step.from.map((one) => names.get(projection.steps[one].layer)!);
    return `Sum adds what comes down the ${from.length} branches, from ${listed(from)}, before anything rectifies it. Of ${several(after.all, "value")} in ${maps}, ${count(filled)} ${filled === 1 ? "is" : "are"} not 0.`;
  }
  const layer = layerNamed(network, step.layer);
  const to = layer.inputs.map((name) => names.get(name)!);
  switch (kind) {
    case "unpool":
      return unpoolSentence(projection, step, layer, after);
    case "rectify":
      return rectifySentence(projection, signs(input.maps), after, several(input.maps.shape[2], "map"));
    case "filter":
      return filterSentence(projection, step, layer, after);
    case "spread":
      return `Spread gives every cell that an average was taken over an equal share of its value: ${sides(...input.maps.shape)} becomes ${grown}.`;
    case "scale":
      return layer.kind === "batchNorm"
        ? `Scale multiplies each map by its own factor, the one that the batch norm used on the way up, and adds nothing. ${negatives(after)}`
        : `Scale multiplies by the true derivative of the ${layer.kind === "softmax" ? "softmax" : "local response norm"}, which mixes maps, as the rule “${projection.rule}” wants. ${negatives(after)}`;
    case "branch":
      return `Branch sends the same signal to each of the ${to.length} layers that were added here on the way up: ${listed(to)}.`;
    case "split":
      return `Split gives each of the ${to.length} layers that were joined here on the way up its own maps back: ${listed(to.map((name, i) => `${count(outputs[i].maps.shape[2])} to ${name}`))}.`;
    case "crop":
      return `Crop takes away what was padded on the way up: ${sides(...input.maps.shape)} becomes ${grown}.`;
    case "reshape":
      return `Reshape puts the values back in their rows, columns and maps: ${count(input.maps.data.length)} values become ${grown}.`;
    case "pass":
      return layer.kind === "dropout"
        ? "Pass hands the signal on as it is: dropout does nothing outside training."
        : "Pass hands the signal on as it is: the paper does not undo normalisation on the way down.";
  }
}

function unpoolSentence(
  { duplicates, ties }: Projection,
  { output }: Step,
  layer: Layer,
  after: Signs,
): string {
  if (layer.kind !== "maxPool") throw new TypeError(`${layer.name} is no max pool`);
  const { size, stride } = layer;
  const overlapping = size[0] > stride[0] || size[1] > stride[1];
  const filled = after.positive + after.negative;
  const first =
    ties === "all"
      ? `Unpool puts each value back to every place of its ${sides(...size)} window that held the maximum on the way up.`
      : `Unpool puts each value back where its ${sides(...size)} window had its maximum on the way up.`;
  const shared = !overlapping
    ? ""
    : duplicates === "add"
      ? " Where windows share a maximum, their values add up."
      : " Where windows share a maximum, the last one’s value is kept.";
  return `${first}${shared} Of ${count(after.all)} places in ${several(output.maps.shape[2], "map")}, ${count(filled)} ${filled === 1 ? "gets" : "get"} a value and ${count(after.all - filled)} ${after.all - filled === 1 ? "stays" : "stay"} 0.`;
}

function rectifySentence({ rule }: Projection, before: Signs, after: Signs, maps: string): string {
  const came = before.positive + before.negative;
  const kept = after.positive + after.negative;
  switch (rule) {
    case "deconvnet":
      return `Rectify keeps the positive values of the signal coming down and sets the negative ones to 0. It kept ${count(kept)} of ${count(before.all)} values in ${maps}; ${count(before.negative)} were negative. The signs on the way up play no part.`;
    case "gradient":
      return `Rectify keeps the values, of either sign, where the way up was above 0. Of ${several(came, "value")} in ${maps} that are not 0 it kept ${count(kept)}; the other ${count(came - kept)} stood where the way up had 0.`;
    case "guided":
      return `Rectify keeps the positive values where the way up was above 0 too. Of ${several(came, "value")} in ${maps} that are not 0 it kept ${count(kept)}; ${count(before.negative)} were negative, and ${count(before.positive - kept)} positive stood where the way up had 0.`;
  }
}

function filterSentence({ seen }: Projection, step: Step, layer: Layer, after: Signs): string {
  const { input, output } = step;
  if (layer.kind === "dense")
    return `Filter makes each of ${count(output.maps.shape[2])} values from all ${count(input.maps.shape[2])} that come in, each times its weight, and adds them. No bias. ${negatives(after)}`;
  const bank = filters(seen.network, layer.name);
  const each = bank.channels / bank.groups;
  const flipped = bank.size[0] * bank.size[1] > 1 ? ", flipped both ways" : "";
  const adds = each > 1 ? `${flipped && ","} and adds the ${count(each)} results` : "";
  const from = sides(input.window.height, input.window.width);
  const to = sides(output.window.height, output.window.width);
  const grows = from === to ? `The window stays ${to}` : `The window grows from ${from} to ${to}`;
  return `Filter sends every map through its own ${sides(...bank.size)} kernel${flipped}${adds}. No bias. ${grows}, and ${count(after.negative)} of ${count(after.all)} values are negative.`;
}

function negatives({ negative, all }: Signs): string {
  return `Of ${count(all)} values, ${count(negative)} are negative.`;
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

/** "a", "a and b", "a, b and c"; of many, the first few. */
export function listed(words: readonly string[]): string {
  const shown = words.length > 6 ? [...words.slice(0, 5), `${words.length - 5} more`] : words;
  if (shown.length < 2) return shown.join();
  return `${shown.slice(0, -1).join(", ")} and ${shown[shown.length - 1]}`;
}
