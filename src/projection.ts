import type { StepKind } from "./deconvnet/layer.js";
import type { Rule } from "./deconvnet/rectify.js";
import type { Duplicates, Ties } from "./deconvnet/unpool.js";
import { ArgumentError } from "./errors.js";
import type { FeatureMaps, Signal, Window } from "./maps.js";
import type { Seed } from "./seed.js";
import type { Seen } from "./seen.js";
import type { Unit } from "./select.js";
import { Shown } from "./shown.js";

/** One stage on the way down: what came in, what was done, what goes out. */
export interface Step {
  readonly kind: StepKind;
  /** The layer this happens at; a `"sum"` happens at the layer whose readers' signals meet. */
  readonly layer: string;
  /** The steps (their places in `steps`) that its input comes from; none for the first, which starts at the seed. */
  readonly from: readonly number[];
  /** What comes in; of a `"sum"`, the sum's first part. */
  readonly input: Signal;
  /** What goes out; of a layer that joined several, what goes to the first of its inputs. */
  readonly output: Signal;
  /** What goes to each of the layer's inputs, in order; one signal for all but `"branch"` and `"split"`. */
  readonly outputs: readonly Signal[];
}

/** What made a unit fire: every stage down to the pixels. Made by `project`. */
export class Projection extends Shown {
  readonly seen: Seen;
  /** The unit, or the whole map or maps, that it starts from. */
  readonly seed: Seed;
  readonly rule: Rule;
  readonly duplicates: Duplicates;
  readonly ties: Ties;
  /** In the order they happen; empty where they were not kept. */
  readonly steps: readonly Step[];
  /** The receptive field: the pixels of the network's input that the seed sees; it may overhang. */
  readonly window: Window;
  /** What a reader of the picture should know, such as that the unit did not fire. */
  readonly notes: readonly string[];

  readonly #paint: () => FeatureMaps;
  #pixels: FeatureMaps | undefined;

  /** @hidden `project` makes them. */
  constructor(
    fields: Omit<Projection, "unit" | "pixels" | keyof Shown> & { readonly pixels: () => FeatureMaps },
  ) {
    super();
    this.seen = fields.seen;
    this.seed = fields.seed;
    this.rule = fields.rule;
    this.duplicates = fields.duplicates;
    this.ties = fields.ties;
    this.steps = fields.steps;
    this.window = fields.window;
    this.notes = fields.notes;
    this.#paint = fields.pixels;
  }

  /**
   * The network input's shape and channel order (VGG16's is BGR), signed. Made of its window when first asked for: of
   * many projections few are looked at whole.
   */
  get pixels(): FeatureMaps {
    this.#pixels ??= this.#paint();
    return this.#pixels;
  }

  /** The unit it starts from. @throws {ArgumentError} for a projection of a whole map or of maps */
  get unit(): Unit {
    if ("y" in this.seed) return this.seed;
    throw new ArgumentError(
      "Projection",
      "seed",
      "maps",
      "one unit; this projection starts from whole maps, see its seed",
    );
  }
}
