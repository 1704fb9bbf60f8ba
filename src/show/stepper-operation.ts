import { averaged } from "../convnet/average.js";
import { batchFactors } from "../convnet/normalize.js";
import type { Filters } from "../network/filters.js";
import type { Layer } from "../network/layer.js";
import { shapes } from "../network/shapes.js";
import type { Projection, Step } from "../projection.js";
import { sides } from "./number.js";
import type { Operation, Picture, Sorted } from "./step-through-state.js";
import type { Input } from "./stepper-inputs.js";
import { flippedKernel } from "./stepper-parts.js";
import { mapInside } from "./stepper-thumbs.js";

/** What an operation is shown by. */
export interface Operated {
  readonly projection: Projection;
  readonly step: Step;
  /** None at a sum, which happens at no layer's own. */
  readonly layer: Layer | undefined;
  /** Of a convolution or dense layer. */
  readonly bank: Filters | undefined;
  readonly inputs: readonly Input[];
  readonly sorted: Sorted;
  readonly layout: Picture["layout"];
  /** The output's. */
  readonly map: number;
  /** Of a split: which part is shown. */
  readonly part: number;
  /** What the reader calls each layer. */
  readonly names: ReadonlyMap<string, string>;
}

/** What happens between input and output, with the numbers that it works by, which go among the buffers. */
export function operationOf(operated: Operated, buffers: Float32Array[]): Operation {
  const { projection, step, layer, names } = operated;
  if (!layer) {
    const from = operated.inputs.map((input) => names.get(input.from!)!);
    return { kind: "plus", from, sorted: operated.sorted };
  }
  switch (layer.kind) {
    case "maxPool": {
      const { size, stride, padding } = layer;
      const { duplicates, ties } = projection;
      return { kind: "switches", size, stride, start: [0 - padding.top, 0 - padding.left], duplicates, ties };
    }
    case "relu": {
      const { rule, seen } = projection;
      if (rule === "deconvnet") return { kind: "rectify", rule };
      const above = seen.maps(layer.name);
      const up =
        operated.layout === "channels" ? above.data : mapInside(above, step.input.window, operated.map);
      return { kind: "rectify", rule, up: buffers.push(up) - 1 };
    }
    case "convolution":
    case "dense":
      return filterOperation(operated, buffers);
    case "averagePool": {
      const [height, width] = shapes(projection.seen.network).get(layer.inputs[0])!;
      const { window } = step.input;
      const divisors = Float32Array.from({ length: window.height * window.width }, (_, i) => {
        const [y, x] = [window.y + Math.floor(i / window.width), window.x + (i % window.width)];
        return averaged(layer, y, x, height, width).divisor;
      });
      return { kind: "shares", size: layer.size, divisors: buffers.push(divisors) - 1 };
    }
    case "globalAveragePool": {
      const [height, width] = step.output.maps.shape;
      const divisors = new Float32Array(step.input.maps.data.length).fill(height * width);
      return { kind: "shares", size: [height, width], divisors: buffers.push(divisors) - 1 };
    }
    case "batchNorm":
      return {
        kind: "factor",
        factor: batchFactors(layer, projection.seen.network.weights.get(layer.name)!)[operated.map],
      };
    case "add":
      return { kind: "branch", to: layer.inputs.map((name) => names.get(name)!) };
    case "concat":
      return { kind: "split", parts: splitParts(step, layer.inputs, names), chosen: operated.part };
    case "localResponseNorm":
    case "softmax":
    case "dropout":
    case "flatten":
    case "zeroPad":
      return { kind: "words", lines: inWords(layer, step) };
  }
}

/** The kernels or weights that lead from the shown maps to the output's. */
function filterOperation(
  { bank, inputs, map, sorted, layer, layout }: Operated,
  buffers: Float32Array[],
): Operation {
  if (!bank) throw new TypeError(`${layer?.name} has no filters`);
  if (layer?.kind === "dense" && layout === "channels") {
    const weights = bank.weights.slice(map * bank.channels, (map + 1) * bank.channels);
    return { kind: "weights", buffer: buffers.push(weights) - 1, scale: largest([weights]) };
  }
  const kernels = inputs.map((input) => flippedKernel(bank, input.map, map));
  const first = buffers.push(...kernels) - kernels.length;
  return {
    kind: "kernels",
    size: bank.size,
    kernels: kernels.map((_, i) => first + i),
    scale: largest(kernels),
    sorted,
  };
}

/** Which maps each input of a concat brought, and what the reader calls it. */
export function splitParts(
  { outputs }: Step,
  inputs: readonly string[],
  names: ReadonlyMap<string, string>,
): { to: string; first: number; count: number }[] {
  let first = 0;
  return inputs.map((input, i) => {
    const count = outputs[i].maps.shape[2];
    first += count;
    return { to: names.get(input)!, first: first - count, count };
  });
}

/** Steps that a picture says nothing about. */
function inWords(layer: Layer, { kind, input, output }: Step): string[] {
  if (layer.kind === "zeroPad") {
    const { top, bottom, left, right } = layer.padding;
    const around = Object.entries({ top, bottom, left, right }).filter(([, cells]) => cells !== 0);
    const maps = layer.channels[0] + layer.channels[1];
    return [
      ...around.map(([side, cells]) => `${cells} ${side}`),
      ...(maps ? [`${maps} maps`] : []),
      "taken away",
    ];
  }
  if (layer.kind === "flatten") {
    const order = layer.order === "hwc" ? "cell by cell" : "map by map";
    return [sides(...input.maps.shape), "→", sides(...output.maps.shape), order];
  }
  return kind === "pass" ? ["as it is"] : ["× derivative", "maps mix"];
}

function largest(lists: readonly Float32Array[]): number {
  return lists.reduce((most, list) => list.reduce((a, b) => Math.max(a, Math.abs(b)), most), 0);
}
