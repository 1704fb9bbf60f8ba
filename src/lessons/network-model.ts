import { forward } from "../forward.js";
import { project } from "../project.js";
import type { Projection } from "../projection.js";
import type { Unit } from "../select.js";
import { numberText } from "./equation.js";
import { formulasOf } from "./formulas.js";
import type { LessonModel, Panel } from "./model.js";
import type { NetworkState } from "./network-state.js";
import { panel } from "./panel.js";
import { mapsOfRows, plain, rowsOfMaps } from "./rows.js";
import { cellNumber, type Stage, stagesUp } from "./stage.js";
import { stagesDown } from "./stages-down.js";
import { textsIn } from "./texts/texts.js";
import { type ToyWeights, toyNetwork } from "./toy-network.js";

/** Lesson 5, a whole deconvnet by hand: every number up and down. */
export interface NetworkModel extends LessonModel {
  readonly lesson: "network";
  readonly state: NetworkState;
  readonly panels: {
    readonly picture: Panel;
    readonly conv1: Panel;
    readonly conv2: Panel;
    /** What the projection ends in; signed. */
    readonly pixels: Panel;
  };
  readonly biases: Readonly<Record<"conv1" | "conv2", readonly number[]>>;
  /** Picture, `conv1`, `relu1`, `pool1`, `conv2`, `relu2`. */
  readonly up: readonly Stage[];
  /** The seed, then each step of the projection, down to the pixels. */
  readonly down: readonly Stage[];
  /** The unit's own cell in the last stage up to its layer's output: which stage, and which of its cells. */
  readonly unit: Unit & { readonly stage: number; readonly cell: number; readonly value: number };
}

/** Computes lesson 5: `forward` and `project` on an ordinary network. */
export async function networkModel(state: NetworkState): Promise<NetworkModel> {
  const say = textsIn(state.language).lessons;
  const network = toyNetwork(state, "relu");
  const seen = await forward(network, mapsOfRows([state.picture]));
  const { unit } = state;
  const projection = await project(seen, unit, {
    rule: state.rule,
    duplicates: state.duplicates,
    ties: state.ties,
  });
  const [up, down] = [await stagesUp(seen, state.language), stagesDown(projection, state.language)];
  const layer = unit.layer === "conv1" ? "relu1" : "relu2";
  const shape = seen.maps(unit.layer).shape;
  const value = plain(seen.maps(unit.layer).data[(unit.y * shape[1] + unit.x) * shape[2] + unit.map]);
  return {
    lesson: "network",
    title: say.titles.network,
    state,
    panels: {
      picture: panel(say.panels.picture, [state.picture], { editable: true }),
      ...kernelPanels(state, say),
      pixels: panel(say.panels.pixels, rowsOfMaps(projection.pixels)),
    },
    biases: { conv1: state.conv1.bias, conv2: state.conv2.bias },
    up,
    down,
    unit: {
      ...unit,
      stage: up.findIndex((stage) => stage.layer === layer),
      cell: cellNumber(shape, unit.map, unit.y, unit.x),
      value,
    },
    sentence: say.sentences(sentencesOf(state, projection, value, say)),
    formulas: formulasOf(state.language, ["filter", "rectify", "pool", "unpool", state.rule, "down"]),
    labels: say.labels,
  };
}

type Say = ReturnType<typeof textsIn>["lessons"];

/** The two layers' filters. */
export function kernelPanels(
  { conv1, conv2 }: ToyWeights,
  say: Say,
): { readonly conv1: Panel; readonly conv2: Panel } {
  const one = (name: string, { filters }: ToyWeights["conv1"]): Panel =>
    panel(`${name}: ${say.panels.kernel}`, filters.flat(), {
      labels: filters.flatMap((filter, o) =>
        filter.map((_, c) => (filter.length > 1 ? say.filterChannel(o, c) : say.filter(o))),
      ),
      editable: true,
    });
  return { conv1: one("conv1", conv1), conv2: one("conv2", conv2) };
}

function sentencesOf(state: NetworkState, { pixels, seen }: Projection, value: number, say: Say): string[] {
  const { layer, map, y, x } = state.unit;
  const unit = `${layer} › ${say.map(map)} › ${y}, ${x}`;
  if (value === 0) return [say.network.silent(unit)];
  const [least, greatest] = [Math.min(...pixels.data), Math.max(...pixels.data)].map(plain);
  const out = [
    say.network.sentence({
      unit,
      value: numberText(value),
      rule: state.rule,
      least: numberText(least),
      greatest: numberText(greatest),
    }),
    least < 0 ? say.network.signed : say.network.unsigned,
  ];
  const { positions, shape, inputShape } = seen.switches("pool1");
  const shared = new Set<string>();
  positions.forEach((position, i) => {
    const c = i % shape[2];
    const first = positions.findIndex((other, j) => j % shape[2] === c && other === position);
    if (first < i)
      shared.add(`${say.map(c)}: ${Math.floor(position / inputShape[1])}, ${position % inputShape[1]}`);
  });
  if (layer === "conv2" && shared.size > 0) out.push(say.network.shared(say.list([...shared])));
  return out;
}
