import { ArgumentError } from "../errors.js";
import { pictureScale } from "../image/projection-picture.js";
import type { Projection } from "../projection.js";
import type { MimeBundle } from "../shown.js";
import { answerRequests } from "./answer-requests.js";
import { checkOptions } from "./check-options.js";
import { type ComparisonNames, comparisonNames, cosine } from "./comparison-names.js";
import { panelAnswer, panelOutline } from "./comparison-panel.js";
import type { ComparisonState } from "./comparison-state.js";
import { comparisonStill } from "./comparison-still.js";
import type { Still } from "./drawable.js";
import { LiveView } from "./live-view.js";
import { liveBundle, openLive, whyStill } from "./live-widget.js";
import { shortNumber } from "./number.js";
import type { Widget } from "./running-kernel.js";
import type { StillOptions } from "./still-options.js";

/** So many panels are looked at together; more would be too small to see anything. */
const most = 60;

/** Projections side by side on one scale. Made by `compare`. */
export class Comparison extends LiveView {
  readonly projections: readonly Projection[];
  /** The magnitude that all panels show at full strength. */
  readonly scale: number;
  /** What is said below the panels. */
  readonly sentence: string;
  /** What sets the panels apart. @internal */
  readonly names: ComparisonNames;
  readonly #why: string | undefined;
  #contrast: number;
  #widget: Widget<ComparisonState> | undefined;

  constructor(
    projections: readonly Projection[],
    { range, contrast = 1 }: Pick<StillOptions, "range" | "contrast"> = {},
  ) {
    super();
    checkOptions("compare", { ...(range && { range }), contrast });
    if (projections.length === 0 || projections.length > most)
      throw new ArgumentError("compare", "projections", projections.length, `1 to ${most} of them`);
    this.projections = projections;
    this.names = comparisonNames(projections);
    this.scale = pictureScale(
      projections.map(({ pixels }) => pixels),
      range ? { range } : {},
    );
    this.#contrast = contrast;
    this.sentence = sentenceOf(this);
    this.#why = whyStill("compare", "comparison");
    if (this.#why) console.warn(this.#why);
  }

  /** What the widget keeps. @internal */
  get state(): ComparisonState {
    const { projections, names, scale, sentence } = this;
    const { each, title, shared, sameUnit } = names;
    return {
      ...{ title, shared, sameUnit, scale, sentence, contrast: this.#contrast },
      panels: projections.map((projection, i) => panelOutline(projection, each[i], factOf(this, i))),
    };
  }

  async still(options: StillOptions = {}): Promise<Still> {
    checkOptions("still", options);
    return comparisonStill(this, options);
  }

  async bundle(): Promise<MimeBundle> {
    const still = await this.still();
    this.#widget ??= this.#open();
    return liveBundle(still, this.#widget, this.#why);
  }

  /** Takes the widget out of every notebook page. */
  close(): void {
    this.#widget?.close();
    this.#widget = undefined;
  }

  #open(): Widget<ComparisonState> | undefined {
    const widget = openLive<ComparisonState>("comparison", this.state);
    if (!widget) return undefined;
    const stop = answerRequests(widget, { panel: (body) => panelAnswer(this.projections, body) });
    widget.on("contrast", (contrast, _, by) => {
      if (by === "browser" && contrast > 0 && contrast < 1000) this.#contrast = contrast;
    });
    widget.onClose(() => {
      stop();
      if (this.#widget === widget) this.#widget = undefined;
    });
    return widget;
  }
}

/** A panel's own strongest value, since one scale says little of the weak ones. */
function factOf({ projections }: Comparison, i: number): string {
  return `±${shortNumber(strongestOf(projections[i]))}`;
}

function strongestOf({ pixels }: Projection): number {
  return pixels.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** The scale, and of what starts from one unit: how alike the results are. */
function sentenceOf({ projections, names, scale }: Comparison): string {
  if (scale === 0) return "Nothing came down: every value is zero.";
  const one = `All panels share one scale, full at ±${shortNumber(scale)}; above each stands its own strongest value.`;
  if (!names.sameUnit || projections.length < 2) return one;
  const first = projections[0].pixels.data;
  const others = projections.slice(1).map(({ pixels }, i) => {
    const alike = cosine(first, pixels.data);
    const words = same(first, pixels.data)
      ? "the same"
      : Number.isNaN(alike)
        ? "zero"
        : shortNumber(Math.round(alike * 1000) / 1000);
    return `${names.each[i + 1]} ${words}`;
  });
  return `${one} Cosine with ${names.each[0]}: ${others.join(", ")}.`;
}

function same(a: Float32Array, b: Float32Array): boolean {
  return a.every((value, i) => Object.is(value, b[i]) || value === b[i]);
}
