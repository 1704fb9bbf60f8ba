import type { Engine } from "../engine/engine.js";
import type { Shape } from "../maps.js";
import { filters } from "../network/filters.js";
import type { Layer } from "../network/layer.js";
import { shapes } from "../network/shapes.js";
import type { Seen } from "../seen.js";
import { globalSpread, spreadWindows } from "./average.js";
import { filterWindows } from "./filter.js";
import { channelsOf, cropWindows, unflatten } from "./join.js";
import { batchNormWindows, responseNormWindows, softmaxWindows } from "./normalize.js";
import { type Rule, rectifyWindows } from "./rectify.js";
import type { Signals } from "./signals.js";
import { type Duplicates, type Ties, unpoolWindows } from "./unpool.js";

/**
 * What happens to a signal at one layer of the way down. The method's own three are `"unpool"` at a max pool,
 * `"rectify"` at a ReLU and `"filter"` at a convolution or dense layer; `"sum"` adds the signals of branches that meet.
 */
export type StepKind =
  | "unpool"
  | "rectify"
  | "filter"
  | "sum"
  /** Average pools: spread over the window. */
  | "spread"
  /** Batch norm: times its factor; LRN and softmax under the rules with true derivatives. */
  | "scale"
  /** Add: the same signal into each branch. */
  | "branch"
  /** Concat: each branch its channels. */
  | "split"
  /** Zero pad: what was added is taken away. */
  | "crop"
  | "reshape"
  /** Passed on as it is: dropout; LRN and softmax under the rule `"deconvnet"`. */
  | "pass";

/** What every step of one projection goes by. */
export interface Descent {
  readonly engine: Engine;
  readonly seen: Seen;
  readonly rule: Rule;
  readonly duplicates: Duplicates;
  readonly ties: Ties;
  /** The signals belong to nobody else and may be written over. */
  readonly spare: boolean;
  /** Of filters: a rectifier follows that looks at the signal alone; do it in the same go. */
  readonly andRectify: boolean;
}

/**
 * One layer of a network on the way DOWN: the step's kind, and the signals for each of the layer's inputs, in their
 * order.
 */
export function down(
  layer: Layer,
  signals: Signals,
  descent: Descent,
): { kind: StepKind; outputs: readonly Signals[] } {
  const { engine, seen, rule, duplicates, ties, spare, andRectify } = descent;
  const { network } = seen;
  const inputShapes = layer.inputs.map((name): Shape => shapes(network).get(name)!);
  const one = (kind: StepKind, output: Signals) => ({ kind, outputs: [output] });
  switch (layer.kind) {
    case "maxPool": {
      const tied = ties === "all" ? seen.maps(layer.inputs[0]) : undefined;
      return one(
        "unpool",
        unpoolWindows(signals, layer, seen.switches(layer.name), { duplicates, ties: tied }),
      );
    }
    case "relu":
      return one("rectify", rectifyWindows(signals, rule, seen.maps(layer.name), spare));
    case "convolution":
    case "dense":
      return one(
        "filter",
        filterWindows(engine, signals, filters(network, layer.name), inputShapes[0], andRectify),
      );
    case "batchNorm":
      return one("scale", batchNormWindows(signals, layer, network.weights.get(layer.name)!));
    case "localResponseNorm":
      // The paper skips contrast normalisation on the way down; the other two rules are derivatives.
      if (rule === "deconvnet") return one("pass", signals);
      return one("scale", responseNormWindows(signals, layer, seen.maps(layer.inputs[0])));
    case "softmax":
      if (rule === "deconvnet") return one("pass", signals);
      return one("scale", softmaxWindows(signals, seen.maps(layer.name)));
    case "averagePool":
      return one("spread", spreadWindows(signals, layer, inputShapes[0]));
    case "globalAveragePool":
      return one("spread", globalSpread(signals, inputShapes[0]));
    case "add":
      return { kind: "branch", outputs: layer.inputs.map(() => signals) };
    case "concat": {
      let first = 0;
      const outputs = inputShapes.map(([, , count]) => {
        const part = channelsOf(signals, first, count);
        first += count;
        return part;
      });
      return { kind: "split", outputs };
    }
    case "zeroPad":
      return one("crop", cropWindows(signals, layer, inputShapes[0]));
    case "flatten":
      return one("reshape", unflatten(signals, layer, inputShapes[0]));
    case "dropout":
      return one("pass", signals);
  }
}
