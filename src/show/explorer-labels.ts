import { layerNamed, outputNames } from "../network/graph.js";
import type { Seen } from "../seen.js";
import type { Label } from "./explorer-state.js";

/** So many are shown. */
const most = 5;

/**
 * The most probable classes, strongest first, each with the unit that is its logit: what the softmax at a network's end
 * reads, or the end itself where there is none. None where the network ends in maps, or nothing says what its ends mean.
 */
export function labelsOf(seen: Seen): Label[] {
  const { network } = seen;
  const last = seen.layers[seen.layers.length - 1];
  const [height, width, count] = seen.maps(last).shape;
  if (height * width > 1 || !network.classes) return [];
  const softmax = layerNamed(network, last);
  const logits = softmax.kind === "softmax" ? nameOf(seen, softmax.inputs[0]) : last;
  if (logits === undefined) return [];
  const probabilities = softmax.kind === "softmax" ? seen.maps(last).data : softmaxOf(seen.maps(last).data);
  return Array.from({ length: count }, (_, map) => map)
    .sort((a, b) => probabilities[b] - probabilities[a] || a - b)
    .slice(0, most)
    .map((map) => ({
      name: network.classes?.[map] ?? `class ${map}`,
      unit: { layer: logits, map, y: 0, x: 0 },
      probability: probabilities[map],
    }));
}

/** What a layer's maps mean, where they are the network's classes: its logits, or their probabilities. Else none. */
export function classesOf(seen: Seen, layer: string): readonly string[] {
  const { network, layers } = seen;
  const [first] = labelsOf(seen);
  return first && (layer === first.unit.layer || layer === layers[layers.length - 1])
    ? (network.classes ?? [])
    : [];
}

/** The name that an output goes by. */
function nameOf(seen: Seen, output: string): string | undefined {
  return [...outputNames(seen.network)].find(([, layer]) => layer.name === output)?.[0];
}

function softmaxOf(logits: Float32Array): Float32Array {
  const largest = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const raised = logits.map((logit) => Math.exp(logit - largest));
  const sum = raised.reduce((a, b) => a + b, 0);
  return raised.map((one) => one / sum);
}
