import { forward } from "../forward.js";
import type { FeatureMaps } from "../maps.js";
import type { Network } from "../network/network.js";
import { crossEntropy } from "./cross-entropy.js";
import { type DifferenceQuotient, differenceQuotient } from "./difference-quotient.js";
import { numberText } from "./equation.js";
import { formulasOf } from "./formulas.js";
import { type LearningStep, learningStep } from "./learning-step.js";
import type { LessonModel, Panel } from "./model.js";
import { kernelPanels } from "./network-model.js";
import { readPicture, readWeights } from "./network-state.js";
import { panel } from "./panel.js";
import { StateReader } from "./read-state.js";
import { kernelsOfWeights, mapsOfRows, plain, type Rows } from "./rows.js";
import { type Stage, stagesUp } from "./stage.js";
import { stagesDown } from "./stages-down.js";
import type { Language } from "./texts/lesson-texts.js";
import { textsIn } from "./texts/texts.js";
import { sevenPicture, sevenWeights, type ToyLayer, type ToyWeights, toyNetwork } from "./toy-network.js";

/** One weight of the toy network. */
export interface WeightPlace {
  readonly layer: "conv1" | "conv2";
  readonly filter: number;
  readonly channel: number;
  readonly y: number;
  readonly x: number;
}

/** The numbers of the sixth lesson. */
export interface LearningState extends ToyWeights {
  /** 7 × 7 */
  readonly picture: Rows;
  /** The right class, 0 or 1. */
  readonly label: number;
  /** How far one step goes against the gradient. */
  readonly rate: number;
  /** The weight whose gradient is measured by a difference quotient. */
  readonly weight: WeightPlace;
  readonly language: Language;
}

/** What `lesson.learning` takes besides the picture, and what may change. */
export interface LearningOptions {
  readonly conv1?: ToyLayer;
  readonly conv2?: ToyLayer;
  /** Default 0. */
  readonly label?: number;
  /** Default 0.01; more than 0, at most 10. */
  readonly rate?: number;
  readonly weight?: WeightPlace;
}

export interface LearningChange extends LearningOptions {
  readonly picture?: Rows;
  readonly language?: Language;
}

/** Lesson 6, one step of learning: every number of its pictures. */
export interface LearningModel extends LessonModel {
  readonly lesson: "learning";
  readonly state: LearningState;
  readonly panels: {
    readonly picture: Panel;
    readonly conv1: Panel;
    readonly conv2: Panel;
    /** One row: a score for each class. */
    readonly scores: Panel;
    readonly probabilities: Panel;
    /** The gradient by each weight, laid out as the filters are. */
    readonly gradient1: Panel;
    readonly gradient2: Panel;
    /** The filters after the step. */
    readonly new1: Panel;
    readonly new2: Panel;
    readonly newScores: Panel;
    readonly newProbabilities: Panel;
  };
  readonly classes: readonly [string, string];
  readonly loss: number;
  readonly newLoss: number;
  readonly biases: Readonly<Record<"conv1" | "conv2", readonly number[]>>;
  readonly biasGradients: Readonly<Record<"conv1" | "conv2", readonly number[]>>;
  readonly newBiases: Readonly<Record<"conv1" | "conv2", readonly number[]>>;
  readonly up: readonly Stage[];
  /** From the scores' gradient down to the pixels'. */
  readonly down: readonly Stage[];
  readonly quotient: DifferenceQuotient & { readonly gradient: number; readonly words: string };
  /** The network's numbers after the step: a change to these is the next step. */
  readonly next: ToyWeights;
}

export const firstLearning: LearningState = {
  picture: sevenPicture,
  ...sevenWeights,
  label: 0,
  rate: 0.01,
  weight: { layer: "conv1", filter: 1, channel: 0, y: 1, x: 1 },
  language: "en",
};

/** The state after a change. @throws {LessonError} in the state's language, and then nothing has changed */
export function changedLearning(where: string, state: LearningState, change: LearningChange): LearningState {
  const language = change.language ?? state.language;
  const say = textsIn(language).lessons;
  const read = new StateReader(where, say.refusals);
  read.only(change, ["picture", "conv1", "conv2", "label", "rate", "weight", "language"]);
  const rate = change.rate ?? state.rate;
  if (typeof rate !== "number" || !(rate > 0 && rate <= 10))
    read.refuse("rate", rate, say.refusals.rate(String(rate)));
  const asked = change.weight ?? state.weight;
  const layer = read.choice("weight.layer", asked.layer, ["conv1", "conv2"]);
  const side = layer === "conv1" ? 3 : 2;
  return {
    picture: readPicture(read, say.panels.picture, change.picture ?? state.picture),
    ...readWeights(read, say.panels.kernel, say.panels.bias, { ...state, ...change }),
    label: read.index("label", say.labels.label, change.label ?? state.label, 2),
    rate,
    weight: {
      layer,
      filter: read.index("weight.filter", "filter", asked.filter, 2),
      channel: read.index("weight.channel", "channel", asked.channel, layer === "conv1" ? 1 : 2),
      y: read.index("weight.y", "y", asked.y, side),
      x: read.index("weight.x", "x", asked.x, side),
    },
    language,
  };
}

/** Computes lesson 6: `forward`, `project` by the rule `"gradient"`, and `forward` again after one step. */
export async function learningModel(state: LearningState): Promise<LearningModel> {
  const say = textsIn(state.language).lessons;
  const picture = mapsOfRows([state.picture]);
  const step = await learningStep(toyNetwork(state, "softmax"), picture, state.label, state.rate);
  const after = await forward(step.network, picture);
  const newLoss = crossEntropy(after.maps("conv2"), state.label);
  const next = numbersOf(step.network);
  const gradients = gradientsOf(step);
  const kernels = kernelPanels(state, say);
  const asKernel = (layer: "conv1" | "conv2", name: string, { filters }: ToyLayer): Panel =>
    panel(`${layer}: ${name}`, filters.flat(), { labels: kernels[layer].labels });
  const row = (name: string, maps: FeatureMaps): Panel => panel(name, [[Array.from(maps.data, plain)]]);
  const percent = (maps: FeatureMaps): string => numberText(Math.round(1000 * maps.data[state.label]) / 1000);
  return {
    lesson: "learning",
    title: say.titles.learning,
    state,
    panels: {
      picture: panel(say.panels.picture, [state.picture], { editable: true }),
      ...kernels,
      scores: row(say.panels.scores, step.seen.maps("conv2")),
      probabilities: row(say.panels.probabilities, step.probabilities),
      gradient1: asKernel("conv1", say.panels.gradient, gradients.conv1),
      gradient2: asKernel("conv2", say.panels.gradient, gradients.conv2),
      new1: asKernel("conv1", say.panels.newKernel, next.conv1),
      new2: asKernel("conv2", say.panels.newKernel, next.conv2),
      newScores: row(say.panels.newScores, after.maps("conv2")),
      newProbabilities: row(say.panels.newProbabilities, after.maps("softmax")),
    },
    classes: say.learning.classes,
    loss: step.loss,
    newLoss,
    biases: { conv1: state.conv1.bias, conv2: state.conv2.bias },
    biasGradients: { conv1: gradients.conv1.bias, conv2: gradients.conv2.bias },
    newBiases: { conv1: next.conv1.bias, conv2: next.conv2.bias },
    up: await stagesUp(step.seen, state.language),
    down: stagesDown(step.down, state.language, say.learning.seed),
    quotient: await measured(state, step, picture),
    next,
    sentence: say.sentences([
      say.learning.scores({
        label: say.learning.classes[state.label],
        probability: percent(step.probabilities),
        loss: numberText(step.loss),
      }),
      say.learning.step({
        rate: numberText(state.rate),
        before: percent(step.probabilities),
        after: percent(after.maps("softmax")),
        lossBefore: numberText(step.loss),
        lossAfter: numberText(newLoss),
      }),
    ]),
    formulas: formulasOf(state.language, [
      "softmax",
      "crossEntropy",
      "scoreGradient",
      "filterGradient",
      "step",
    ]),
    labels: say.labels,
  };
}

/** A network's numbers as they are typed. */
function numbersOf({ weights }: Network): ToyWeights {
  const layer = (name: "conv1" | "conv2"): ToyLayer => {
    const { filters, bias } = weights.get(name)!;
    return typed(name, filters!, bias!);
  };
  return { conv1: layer("conv1"), conv2: layer("conv2") };
}

function gradientsOf({ gradients }: LearningStep): ToyWeights {
  const layer = (name: "conv1" | "conv2"): ToyLayer => {
    const { weights, bias } = gradients.get(name)!;
    return typed(name, weights, bias);
  };
  return { conv1: layer("conv1"), conv2: layer("conv2") };
}

function typed(name: "conv1" | "conv2", filters: Float32Array, bias: Float32Array): ToyLayer {
  const [side, channels] = name === "conv1" ? [3, 1] : [2, 2];
  return { filters: kernelsOfWeights(filters, [side, side], channels, 2), bias: Array.from(bias, plain) };
}

/** The loss with one weight a little greater and a little smaller. */
async function measured(
  state: LearningState,
  { seen, gradients }: LearningStep,
  picture: FeatureMaps,
): Promise<LearningModel["quotient"]> {
  const { layer, filter, channel, y, x } = state.weight;
  const [side, channels] = layer === "conv1" ? [3, 1] : [2, 2];
  const index = ((y * side + x) * channels + channel) * 2 + filter;
  const { network } = seen;
  const before = network.weights.get(layer)!;
  const quotient = await differenceQuotient(before.filters!, index, async (filters) => {
    const weights = new Map([...network.weights, [layer, { ...before, filters }]]);
    const changed = await forward({ ...network, weights }, picture);
    return crossEntropy(changed.maps("conv2"), state.label);
  });
  const gradient = plain(gradients.get(layer)!.weights[index]);
  const say = textsIn(state.language).lessons;
  return {
    ...quotient,
    gradient,
    words: say.learning.quotient({
      weight: `${layer} › ${say.filterChannel(filter, channel)} › ${y}, ${x}`,
      quotient: numberText(quotient.quotient),
      gradient: numberText(gradient),
    }),
  };
}
