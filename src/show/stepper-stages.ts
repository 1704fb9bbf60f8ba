import type { Projection } from "../projection.js";
import type { Answer } from "./answer-requests.js";
import { inputName as pictureName } from "./input-picture.js";
import { seedParts } from "./projection-text.js";
import type { Outline, PinnedCell, StageView, StepThroughState } from "./step-through-state.js";
import { defaultMap, readSignal, spacesOf } from "./stepper-order.js";
import { readerNames, rowsOf } from "./stepper-rows.js";
import { stageSentence } from "./stepper-sentence.js";
import { stageView } from "./stepper-stage.js";

/** A projection as its stages are stepped through: what each shows, made when it is asked for. */
export class Stages {
  readonly projection: Projection;
  /** Counts the projections of one widget. */
  readonly revision: number;
  readonly #names: ReadonlyMap<string, string>;
  readonly #spaces: readonly number[];
  readonly #sentences = new Map<number, string>();
  readonly #defaults = new Map<number, number>();

  constructor(projection: Projection, revision: number) {
    this.projection = projection;
    this.revision = revision;
    this.#names = readerNames(projection.seen.network);
    this.#spaces = spacesOf(projection.steps);
  }

  get count(): number {
    return this.projection.steps.length;
  }

  /** How many maps a stage can show. */
  mapsOf(step: number): number {
    return readSignal(this.projection.steps[step]).maps.shape[2];
  }

  /** The space of maps of a stage, as `StepThroughState.maps` has it. */
  spaceOf(step: number): string {
    return String(this.#spaces[step]);
  }

  /** The map that a stage shows: the one that was chosen in its space, or its space's own. */
  mapAt(step: number, chosen: StepThroughState["maps"]): number {
    const one = chosen[this.spaceOf(step)];
    if (one !== undefined && one < this.mapsOf(step)) return one;
    const space = this.#spaces[step];
    const kept = this.#defaults.get(space);
    if (kept !== undefined) return kept;
    const strongest = defaultMap(this.projection, this.#spaces, step);
    this.#defaults.set(space, strongest);
    return strongest;
  }

  /** One stage with one map and the numbers that it shows. */
  view(
    step: number,
    map: number,
    cell: PinnedCell | null,
    first = 0,
  ): { view: StageView; buffers: readonly Float32Array[] } {
    const { view, buffers } = stageView(this.projection, { step, map, cell, first }, this.#names);
    const { revision } = this;
    return { view: { ...view, revision, space: this.#spaces[step], sentence: this.sentence(step) }, buffers };
  }

  /** What a stage does and did, in words. */
  sentence(step: number): string {
    const kept = this.#sentences.get(step);
    if (kept !== undefined) return kept;
    const made = stageSentence(this.projection, this.projection.steps[step], this.#names);
    this.#sentences.set(step, made);
    return made;
  }

  /** What a stage is called: the layer's name and what is done there. */
  title(step: number): [layer: string, kind: string] {
    const { layer, kind } = this.projection.steps[step];
    return [this.#names.get(layer)!, kind];
  }

  /** All but the values, with small pictures of every layer. */
  outline(): Answer & { body: Outline } {
    const { seen, seed, notes, steps } = this.projection;
    const { rows, rowOf, buffers } = rowsOf(this.projection);
    const stages = steps.map(({ kind, layer, from }, i) => ({
      kind,
      layer: this.#names.get(layer)!,
      name: layer,
      row: rowOf[i],
      from,
      space: this.#spaces[i],
    }));
    return {
      body: {
        revision: this.revision,
        network: seen.network.name,
        picture: pictureName(seen),
        seed: seedParts(seed),
        notes,
        stages,
        rows,
      },
      buffers,
    };
  }
}
