import { sumWindows } from "./deconvnet/join.js";
import { type Descent, down, type StepKind } from "./deconvnet/layer.js";
import { type Signals, signalOf } from "./deconvnet/signals.js";
import { below, inputName, layerNamed } from "./network/graph.js";
import type { Layer } from "./network/layer.js";
import { shapes } from "./network/shapes.js";
import type { Step } from "./projection.js";
import { pause, type Work } from "./work.js";

/** A signal waiting at a layer, and the step that sent it. */
interface Arrival {
  readonly signals: Signals;
  readonly from: number | undefined;
  /** Nobody else has it: it may be written over where steps are not kept. */
  readonly own: boolean;
}

/** Steps that hand on what came in, which then is not theirs alone. */
const handOn: ReadonlySet<StepKind> = new Set(["branch", "pass"]);

/**
 * From a layer's output down to the input, in reverse topological order.
 *
 * @param keep whether every step is kept
 * @returns the signals at the network's input, and each step as a function of the seed's place
 */
export async function walkDown(
  layer: string,
  seed: Signals,
  descent: Omit<Descent, "spare" | "andRectify">,
  keep: boolean,
  work: Work,
): Promise<{ pixels: Signals; steps: ((unit: number) => Step)[] }> {
  const { network } = descent.seen;
  const sizes = shapes(network);
  const onTheWay = below(network, layer);
  const path = network.layers.filter((one) => onTheWay.has(one.name)).reverse();
  const arrivals = new Map<string, Arrival[]>([[layer, [{ signals: seed, from: undefined, own: true }]]]);
  const steps: ((unit: number) => Step)[] = [];
  const record = (
    kind: StepKind,
    name: string,
    from: readonly (number | undefined)[],
    input: Signals,
    outputs: readonly Signals[],
  ): number | undefined => {
    if (!keep) return undefined;
    const origins = from.filter((step) => step !== undefined);
    return (
      steps.push((unit) => {
        const out = outputs.map((signals) => signalOf(signals, unit));
        return {
          kind,
          layer: name,
          from: origins,
          input: signalOf(input, unit),
          output: out[0],
          outputs: out,
        };
      }) - 1
    );
  };
  // Rectifiers that the filters above them did in the same go.
  const rectified = new Set<string>();
  /** The rectifier that a layer of filters sends its signal to, alone of all layers on the way. */
  const rectifierBelow = (one: Layer): Layer | undefined => {
    if ((one.kind !== "convolution" && one.kind !== "dense") || one.inputs[0] === inputName) return undefined;
    const next = layerNamed(network, one.inputs[0]);
    const senders = path.filter((other) => other.inputs.includes(next.name));
    return next.kind === "relu" && senders.length === 1 ? next : undefined;
  };
  const meet = (name: string): Arrival => {
    const parts = arrivals.get(name)!;
    arrivals.delete(name);
    if (parts.length === 1) return parts[0];
    const sum = sumWindows(
      parts.map((part) => part.signals),
      sizes.get(name)!,
    );
    return {
      signals: sum,
      own: true,
      from: record(
        "sum",
        name,
        parts.map((part) => part.from),
        parts[0].signals,
        [sum],
      ),
    };
  };

  for (const [i, one] of path.entries()) {
    await pause(work);
    const { signals, from, own } = meet(one.name);
    const rectifier = keep || descent.rule !== "deconvnet" ? undefined : rectifierBelow(one);
    const how = { ...descent, spare: own && !keep, andRectify: rectifier !== undefined };
    const { kind, outputs } = rectified.has(one.name)
      ? { kind: "rectify" as const, outputs: [signals] }
      : down(one, signals, how);
    if (rectifier) rectified.add(rectifier.name);
    const step = record(kind, one.name, [from], signals, outputs);
    one.inputs.forEach((input, part) => {
      const waiting = arrivals.get(input) ?? [];
      waiting.push({
        signals: outputs[part],
        from: step,
        own: !handOn.has(kind) || (own && kind !== "branch"),
      });
      arrivals.set(input, waiting);
    });
    work.progress?.(i + 1, path.length, one.name);
  }
  return { pixels: meet(inputName).signals, steps };
}
