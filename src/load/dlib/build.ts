import { ShapeError, UnsupportedLayerError } from "../../errors.js";
import { inputName } from "../../network/graph.js";
import type { Layer, Padding } from "../../network/layer.js";
import type { Draft, ReadParts } from "../draft.js";
import { hwioFromOihw } from "../layout.js";
import type { DlibTensor } from "./bytes.js";
import type { DlibLayer, DlibWindow } from "./layers.js";

/** What lies above one another in a dlib file: a layer, or a mark that others may point to. */
export type Stacked = { readonly kind: "layer"; readonly layer: DlibLayer } | { readonly kind: "mark" };

/** A layer without what is the same for all here. */
type Unnamed = Layer extends infer One ? (One extends Layer ? Omit<One, "name" | "inputs"> : never) : never;

/**
 * Adds a stack's layers to a draft, from the picture upwards. The file has no names: a layer is called by its type
 * and number, `con1`, `affine1`, `relu1`, …
 *
 * Nor does it say which mark a branch starts from. dlib's two residual blocks are known: a mark below a block, added to
 * the block's end; and, where the block shrinks, a second mark at its end and a way back to the first, whose maps are
 * pooled and get channels of zeros.
 *
 * @returns the last layer's name
 * @throws {UnsupportedLayerError} for branches of another form
 */
export function buildStack(draft: Draft, stack: readonly Stacked[]): string {
  const counts = new Map<string, number>();
  let last = inputName;
  let below: string | undefined;
  let beside: string | undefined;
  const name = (what: string): string => {
    counts.set(what, (counts.get(what) ?? 0) + 1);
    return `${what}${counts.get(what)}`;
  };
  const add = (
    what: string,
    layer: Unnamed,
    inputs: readonly string[] = [last],
    parts: ReadParts = {},
  ): string => {
    last = name(what);
    draft.add({ ...layer, name: last, inputs } as Layer, parts);
    return last;
  };
  for (let i = 0; i < stack.length; i++) {
    const here = stack[i];
    if (here.kind === "mark") {
      if (stack[i + 1]?.kind === "mark") {
        if (below === undefined || beside !== undefined) refuseBranch(last);
        beside = last;
        last = below;
        i++;
      } else if (below !== undefined) refuseBranch(last);
      else below = last;
      continue;
    }
    const { layer } = here;
    if (layer.type !== "add_prev_") {
      addPlain(draft, layer, last, add);
      continue;
    }
    const other = beside ?? below;
    if (other === undefined) refuseBranch(last);
    const main = last;
    const channels = [main, other].map((one) => draft.shape(one)[2]);
    const inputs = [main, other].map((one, j) => {
      const missing = Math.max(...channels) - channels[j];
      return missing === 0
        ? one
        : add("zero_channels", { kind: "zeroPad", padding: even(0, 0), channels: [0, missing] }, [one]);
    });
    add("add_prev", { kind: "add" }, inputs);
    below = undefined;
    beside = undefined;
  }
  return last;
}

function refuseBranch(after: string): never {
  const reason = "only dlib's own residual blocks are known among branches";
  throw new UnsupportedLayerError("loadDlib", "add_prev_", `the branch after ${after}`, reason);
}

function addPlain(
  draft: Draft,
  layer: Exclude<DlibLayer, { readonly type: "add_prev_" }>,
  last: string,
  add: (what: string, layer: Unnamed, inputs?: readonly string[], parts?: ReadParts) => string,
): void {
  const [height, width, inChannels] = draft.shape(last);
  switch (layer.type) {
    case "con_4": {
      const { channels, size, parameters } = layer;
      const weights = channels * inChannels * size[0] * size[1];
      checkCount("con", parameters, weights + channels);
      const window = { ...sliding(layer), dilation: [1, 1] as const, groups: 1, channels };
      add("con", { kind: "convolution", ...window }, [last], {
        filters: () => hwioFromOihw(parameters.read(0, weights), channels, inChannels, ...size),
        bias: () => parameters.read(weights),
      });
      return;
    }
    case "affine_": {
      checkCount("affine", layer.parameters, 2 * inChannels);
      add("affine", { kind: "batchNorm", epsilon: 0 }, [last], {
        scale: () => layer.parameters.read(0, inChannels),
        offset: () => layer.parameters.read(inChannels),
        mean: () => new Float32Array(inChannels),
        variance: () => new Float32Array(inChannels).fill(1),
      });
      return;
    }
    case "fc_2": {
      const inputs = height * width * inChannels;
      const weights = inputs * layer.outputs;
      checkCount("fc", layer.parameters, weights + (layer.bias ? layer.outputs : 0));
      const row = height * width === 1 ? last : add("flatten", { kind: "flatten", order: "chw" });
      add("fc", { kind: "dense", channels: layer.outputs }, [row], {
        filters: () => layer.parameters.read(0, weights),
        ...(layer.bias ? { bias: () => layer.parameters.read(weights) } : {}),
      });
      return;
    }
    case "relu_":
      add("relu", { kind: "relu" });
      return;
    case "max_pool_2":
      add("max_pool", { kind: "maxPool", ...sliding(layer, [height, width]), rounding: "floor" });
      return;
    case "avg_pool_2":
      if (layer.size[0] === 0 && layer.size[1] === 0) add("avg_pool", { kind: "globalAveragePool" });
      else
        add("avg_pool", {
          kind: "averagePool",
          ...sliding(layer, [height, width]),
          rounding: "floor",
          divisor: "inside",
        });
      return;
  }
}

function checkCount(what: string, { count }: DlibTensor, wanted: number): void {
  if (count !== wanted)
    throw new ShapeError("loadDlib", `parameters of ${what}`, [count], `${wanted} numbers`);
}

/** @param whole what a size of 0 stands for */
function sliding(
  { size, stride, padding }: DlibWindow,
  whole: readonly [number, number] = [0, 0],
): {
  readonly size: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: Padding;
} {
  return { size: [size[0] || whole[0], size[1] || whole[1]], stride, padding: even(padding[0], padding[1]) };
}

function even(vertical: number, horizontal: number): Padding {
  return { top: vertical, bottom: vertical, left: horizontal, right: horizontal };
}
