import { type Rule, rules } from "../deconvnet/rectify.js";
import type { Duplicates, Ties } from "../deconvnet/unpool.js";
import type { Unit } from "../select.js";
import { newNumbers } from "./numbers.js";
import { StateReader, sizeOf } from "./read-state.js";
import type { Rows } from "./rows.js";
import type { Language } from "./texts/lesson-texts.js";
import { textsIn } from "./texts/texts.js";
import { sevenPicture, sevenWeights, type ToyLayer, type ToyWeights } from "./toy-network.js";

/** The numbers of the fifth lesson. */
export interface NetworkState extends ToyWeights {
  /** 7 × 7 */
  readonly picture: Rows;
  /** Which unit is projected: of `"conv1"` or `"conv2"`. */
  readonly unit: Unit;
  readonly rule: Rule;
  readonly duplicates: Duplicates;
  readonly ties: Ties;
  readonly language: Language;
}

/** What `lesson.network` takes besides the picture, and what may change. */
export interface NetworkOptions {
  /** Two filters, 3 × 3, and their biases. */
  readonly conv1?: ToyLayer;
  /** Two filters of two channels, 2 × 2, and their biases. */
  readonly conv2?: ToyLayer;
  /** Default: map 0 of `"conv2"`. */
  readonly unit?: Unit;
  /** Default `"deconvnet"`. */
  readonly rule?: Rule;
  /** Default `"add"`. */
  readonly duplicates?: Duplicates;
  /** Default `"first"`. */
  readonly ties?: Ties;
}

export interface NetworkChange extends NetworkOptions {
  readonly picture?: Rows;
  readonly language?: Language;
}

/** A seven, and the unit that looks for one. */
export const firstNetwork: NetworkState = {
  picture: sevenPicture,
  ...sevenWeights,
  unit: { layer: "conv2", map: 0, y: 0, x: 0 },
  rule: "deconvnet",
  duplicates: "add",
  ties: "first",
  language: "en",
};

/** The state after a change. @throws {LessonError} in the state's language, and then nothing has changed */
export function changedNetwork(where: string, state: NetworkState, change: NetworkChange): NetworkState {
  const language = change.language ?? state.language;
  const say = textsIn(language).lessons;
  const read = new StateReader(where, say.refusals);
  read.only(change, ["picture", "conv1", "conv2", "unit", "rule", "duplicates", "ties", "language"]);
  const picture = readPicture(read, say.panels.picture, change.picture ?? state.picture);
  const weights = readWeights(read, say.panels.kernel, say.panels.bias, { ...state, ...change });
  const asked = change.unit ?? state.unit;
  const layer = read.choice("unit.layer", asked.layer, ["conv1", "conv2"]);
  const side = layer === "conv1" ? 5 : 1;
  const unit: Unit = {
    layer,
    map: read.index("unit.map", "map", asked.map, 2),
    y: read.index("unit.y", "y", asked.y, side),
    x: read.index("unit.x", "x", asked.x, side),
  };
  return {
    picture,
    ...weights,
    unit,
    rule: read.choice("rule", change.rule ?? state.rule, rules),
    duplicates: read.choice("duplicates", change.duplicates ?? state.duplicates, ["add", "overwrite"]),
    ties: read.choice("ties", change.ties ?? state.ties, ["first", "all"]),
    language,
  };
}

/** Another picture of small numbers; the filters stay. */
export function otherPicture(seed: number): number[][] {
  return newNumbers(7, 7, seed * 3 + 1, -2, 3).map((row) => row.map((value) => Math.max(0, value)));
}

export function readPicture(read: StateReader, what: string, value: unknown): number[][] {
  const picture = read.rows("picture", what, value, 7);
  read.sameSize("picture", what, sizeOf(picture), [7, 7]);
  return picture;
}

export function readWeights(
  read: StateReader,
  kernel: string,
  bias: string,
  { conv1, conv2 }: ToyWeights,
): ToyWeights {
  return {
    conv1: readLayer(read, "conv1", kernel, bias, conv1, 1, 3),
    conv2: readLayer(read, "conv2", kernel, bias, conv2, 2, 2),
  };
}

function readLayer(
  read: StateReader,
  name: string,
  kernel: string,
  bias: string,
  layer: ToyLayer,
  channels: number,
  side: number,
): ToyLayer {
  const list: readonly unknown[] = Array.isArray(layer?.filters) ? layer.filters : [];
  const say = `${name}: ${kernel}`;
  if (list.length !== 2) read.count(name, say, list.length, "2");
  return {
    filters: list.map((filter) => {
      const matrices = read.channels(name, say, filter, side, 3);
      if (matrices.length !== channels) read.count(name, say, matrices.length, String(channels));
      for (const rows of matrices) read.sameSize(name, say, sizeOf(rows), [side, side]);
      return matrices;
    }),
    bias: read.numbers(name, `${name}: ${bias}`, layer?.bias, 2),
  };
}
