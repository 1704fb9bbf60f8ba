import { filters } from "../network/filters.js";
import { inputName, layerNamed } from "../network/graph.js";
import type { Layer } from "../network/layer.js";
import type { Projection, Step } from "../projection.js";
import type { Picture, PinnedCell, StageView } from "./step-through-state.js";
import { linksOf } from "./stepper-geometry.js";
import { filtered, type Input, summed } from "./stepper-inputs.js";
import { cellAt, type Links, partners, placeOf } from "./stepper-links.js";
import { operationOf, splitParts } from "./stepper-operation.js";
import { orderOf, readSignal } from "./stepper-order.js";
import { layoutOf, magnitude, pictureOf, type Showing, strongestPlace } from "./stepper-picture.js";
import { panelFacts, panelNames } from "./stepper-words.js";

/** What is asked of a stage. */
export interface StageRequest {
  readonly step: number;
  readonly map: number;
  readonly cell: PinnedCell | null;
  /** Of what a filter or sum adds up, sorted by what it brought: the first that is shown. */
  readonly first: number;
}

/** A view without what only its place among the stages tells, and the numbers that it refers to. */
export interface Viewed {
  readonly view: Omit<StageView, "revision" | "space" | "sentence">;
  readonly buffers: readonly Float32Array[];
}

/**
 * Everything that is shown of one stage and one map: pictures, what links them, the operation between, and words.
 *
 * @param names what the reader calls each layer
 */
export function stageView(
  projection: Projection,
  request: StageRequest,
  names: ReadonlyMap<string, string>,
): Viewed {
  const { map, cell, first } = request;
  const step = projection.steps[request.step];
  const { network } = projection.seen;
  const layer = step.kind === "sum" ? undefined : layerNamed(network, step.layer);
  const dense = layer?.kind === "dense";
  const bank = layer?.kind === "convolution" || dense ? filters(network, layer.name) : undefined;
  const buffers: Float32Array[] = [];

  // Of a split the part that the map goes to, where it has another number.
  const parts = layer?.kind === "concat" ? splitParts(step, layer.inputs, names) : undefined;
  const part = parts?.findIndex((one) => map < one.first + one.count) ?? 0;
  const below = layer ? layer.inputs[part] : step.layer;
  const going: Showing = {
    signal: step.outputs[part],
    map: map - (parts?.[part].first ?? 0),
    layer: names.get(below)!,
    layout: layoutOf(projection, step, below, dense),
  };
  const coming = (input: Input): Showing => ({
    ...input,
    layer: names.get(step.layer)!,
    layout: layoutOf(projection, step, step.layer, dense),
  });

  // The cell that goes out decides which of many inputs are shown.
  const pinnedMap = cell?.side === "input" && bank && cell.map < bank.channels ? cell.map : undefined;
  const alone: Input = { signal: step.input, map: pinnedMap ?? inputMap(layer, map) };
  const draft = pictureOf(going, 0, buffers);
  const links = linksOf(projection, step, { input: alone.map, output: going.map });
  const out = outgoing(links, cell, pictureOf(coming(alone), 0, []), draft, buffers[draft.buffer]);
  const { inputs, sorted } =
    step.kind === "sum"
      ? summed(projection, step, cellAt(draft, out), first)
      : bank && !dense
        ? filtered(step, bank, cellAt(draft, out), first, pinnedMap)
        : { inputs: [alone], sorted: { first: 0, all: 1 } };

  const shown = inputs.map(coming);
  const most = Math.max(...shown.map(magnitude));
  const common = oneScale(step) ? Math.max(most, magnitude(going)) : undefined;
  const output = { ...draft, scale: common ?? magnitude(going) };
  const pictures = shown.map((showing) => pictureOf(showing, common ?? most, buffers));
  const focus = focusOf(step, cell, pictures, output, out, buffers);
  const operation = operationOf(
    {
      ...{ projection, step, layer, bank, inputs, sorted, names, part },
      layout: pictures[0].layout,
      map: going.map,
    },
    buffers,
  );
  const order = orderOf(readSignal(step));
  const rank = order.ranks[map];
  const toPixels = below === inputName ? (network.input.preprocessing?.channelOrder ?? "unknown") : undefined;
  return {
    view: {
      step: request.step,
      kind: step.kind,
      layer: names.get(step.layer)!,
      map,
      maps: order.maps.length,
      rank,
      stronger: rank > 0 ? order.maps[rank - 1] : null,
      weaker: rank + 1 < order.maps.length ? order.maps[rank + 1] : null,
      inputs: pictures,
      output,
      links,
      operation,
      focus,
      names: panelNames(step.kind, operation, names.get(step.layer)!),
      facts: panelFacts(pictures, output, operation, sorted.all, toPixels),
    },
    buffers,
  };
}

/** The map of the input that a map of the output is read beside, where a step does not add up many. */
function inputMap(layer: Layer | undefined, map: number): number {
  if (layer?.kind === "zeroPad") return map + layer.channels[0];
  const adds = layer?.kind === "convolution" || layer?.kind === "dense" || layer?.kind === "flatten";
  return adds ? 0 : map;
}

/** Whether values before and after can be compared, so that both are shown on one scale. */
function oneScale({ kind }: Step): boolean {
  return kind !== "filter" && kind !== "spread" && kind !== "scale" && kind !== "reshape";
}

/** The place of the output that a stage is shown for: the pinned cell, or what it goes to; else the strongest. */
function outgoing(
  links: Links,
  cell: PinnedCell | null,
  input: Picture,
  output: Picture,
  values: Float32Array,
): number {
  const pinned = cell ? placeOf(cell.side === "output" ? output : input, cell) : -1;
  if (pinned < 0 || !cell) return strongestPlace(values);
  if (cell.side === "output") return pinned;
  const places = new Set(partners(links, "input", input, output, pinned).map(({ place }) => place));
  if (places.size === 0) return strongestPlace(values);
  const strongest = strongestPlace(values, (place) => places.has(place));
  return places.has(strongest) ? strongest : [...places][0];
}

/** The cell that the captions speak of: the pinned one; of a rectifier the strongest value that it cut; else the strongest. */
function focusOf(
  { kind }: Step,
  cell: PinnedCell | null,
  inputs: readonly Picture[],
  output: Picture,
  out: number,
  buffers: readonly Float32Array[],
): PinnedCell {
  if (cell && (cell.side === "output" ? [output] : inputs).some((one) => placeOf(one, cell) >= 0))
    return cell;
  if (kind === "rectify") {
    const [before, after] = [buffers[inputs[0].buffer], buffers[output.buffer]];
    const cut = strongestPlace(before, (place) => after[place] === 0);
    // What is hardly above nothing is no example of what is cut.
    if (after[cut] === 0 && Math.abs(before[cut]) > 0.05 * inputs[0].scale)
      return { side: "output", ...cellAt(output, cut) };
  }
  return { side: "output", ...cellAt(output, out) };
}
