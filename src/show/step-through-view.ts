import type { Rule } from "../deconvnet/rectify.js";
import { ArgumentError } from "../errors.js";
import { project } from "../project.js";
import { Projection, type Step } from "../projection.js";
import type { MimeBundle } from "../shown.js";
import { pause } from "../work.js";
import { answerRequests } from "./answer-requests.js";
import type { Still } from "./drawable.js";
import { LiveView } from "./live-view.js";
import { liveBundle, openLive, whyStill } from "./live-widget.js";
import { runningKernel, type Widget } from "./running-kernel.js";
import type { PinnedCell, StepThroughState } from "./step-through-state.js";
import { stepThroughStill } from "./step-through-still.js";
import { answerStage, checkRule, chosenMaps, pinnedCell, wholeBelow } from "./stepper-requests.js";
import { sameProjection, seedValue } from "./stepper-seed.js";
import { Stages } from "./stepper-stages.js";
import type { StillOptions } from "./still-options.js";

/** What may be chosen in a stepper. */
export interface StepChoice {
  /** Which stage: its place in `projection.steps`, from 0. */
  readonly step?: number;
  /** Which map of what goes out; kept in the stages that leave a map's number as it is. */
  readonly map?: number;
  /** The cell that is pinned, by row and column in its layer and its map; `null` for none. */
  readonly cell?: PinnedCell | null;
  /** By which rule a rectifier lets the signal through; another one projects anew. */
  readonly rule?: Rule;
}

/** What a stepper tells of: the new value, when it changed. */
export interface StepEvents {
  readonly step: number;
  readonly map: number;
  readonly cell: PinnedCell | null;
  readonly rule: Rule;
}

type Handler = (value: never) => void;

/** A projection stage by stage: shows itself as a live widget in its own kernel, else as a still. Made by `stepThrough`. */
export class StepThrough extends LiveView {
  /** Settles when the stages are there: at once, unless the projection was made without them. */
  readonly ready: Promise<void>;
  #stages: Stages;
  #step = 0;
  #maps: StepThroughState["maps"] = {};
  #cell: PinnedCell | null = null;
  /** The rule that is wanted; until its projection is there, the stages are another one's. */
  #rule: Rule;
  readonly #seed: number | undefined;
  readonly #why: string | undefined;
  #widget: Widget<StepThroughState> | undefined;
  #changing: { readonly controller: AbortController; readonly done: Promise<void> } | undefined;
  readonly #handlers = new Map<string, Set<Handler>>();

  constructor(projection: Projection) {
    super();
    if (!(projection instanceof Projection))
      throw new ArgumentError(
        "stepThrough",
        "projection",
        Array.isArray(projection) ? `a list of ${(projection as unknown[]).length}` : typeof projection,
        "one projection, as project(seen, unit) gives it",
      );
    const kept = projection.steps.length > 0;
    this.#rule = projection.rule;
    this.#stages = new Stages(projection, kept ? 1 : 0);
    this.#seed = seedValue(projection);
    this.ready = kept ? Promise.resolve() : this.#project(projection.rule);
    // Whoever awaits it hears of a failure; nobody has to.
    this.ready.catch(() => {});
    this.#why = whyStill("stepThrough", "stepper");
    if (this.#why) console.warn(this.#why);
  }

  /** The projection whose stages are shown; another one after a change of the rule. */
  get projection(): Projection {
    return this.#stages.projection;
  }

  /** Which stage is shown: its place in `projection.steps`, from 0. */
  get step(): number {
    return this.#step;
  }

  set step(step: number) {
    void this.set({ step });
  }

  /** The stage that is shown: what came in, what was done, what goes out. */
  get stage(): Step {
    return this.projection.steps[this.#step];
  }

  /** Which map of what goes out is shown. */
  get map(): number {
    return this.#stages.count ? this.#stages.mapAt(this.#step, this.#maps) : 0;
  }

  set map(map: number) {
    void this.set({ map });
  }

  /** The cell that is pinned, if any. */
  get cell(): PinnedCell | null {
    return this.#cell;
  }

  set cell(cell: PinnedCell | null) {
    void this.set({ cell });
  }

  /** The rule that the projection goes by. */
  get rule(): Rule {
    return this.projection.rule;
  }

  set rule(rule: Rule) {
    // A failure is told in the widget.
    this.set({ rule }).catch(() => {});
  }

  /**
   * Chooses stage, map, cell or rule, in every view of the widget. Stage, map and cell stay when the rule changes.
   *
   * @returns settles when the rule's projection is there
   * @throws {ArgumentError} for a stage, map, cell or rule that is not there; nothing is changed then
   * @example
   * const view = stepThrough(await project(seen, strongest(seen, "conv2_2")));
   * await view.set({ step: 1, rule: "guided" });
   * [view.step, view.rule]; // [1, "guided"]
   */
  set(choice: StepChoice): Promise<void> {
    const { step = this.#step, map, cell, rule } = choice;
    if (choice.step !== undefined || map !== undefined) wholeBelow("step", step, this.#stages.count);
    if (map !== undefined) wholeBelow("map", map, this.#stages.mapsOf(step));
    // A cell of another stage means nothing in this one.
    const pinned = cell === undefined ? (step === this.#step ? this.#cell : null) : pinnedCell(cell);
    if (rule !== undefined) checkRule(rule);
    this.#take(
      step,
      map === undefined ? this.#maps : { ...this.#maps, [this.#stages.spaceOf(step)]: map },
      pinned,
    );
    this.#share();
    return rule === undefined ? Promise.resolve() : this.#changeRule(rule);
  }

  /**
   * Calls back when the stage, the map, the cell or the rule has changed, by a click or by code.
   *
   * @param event `"step"`, `"map"`, `"cell"` or `"rule"`
   * @returns what takes the handler off
   * @throws {ArgumentError} for another event
   * @example
   * const view = stepThrough(await project(seen, strongest(seen, "conv2_2")));
   * const steps = [];
   * view.on("step", (step) => steps.push(step));
   * view.step = 1;
   * steps; // [1]
   */
  on<Event extends keyof StepEvents>(event: Event, handler: (value: StepEvents[Event]) => void): () => void {
    if (!["step", "map", "cell", "rule"].includes(event))
      throw new ArgumentError("on", "event", event, '"step", "map", "cell" or "rule"');
    const handlers = this.#handlers.get(event) ?? new Set();
    this.#handlers.set(event, handlers.add(handler as Handler));
    return () => void handlers.delete(handler as Handler);
  }

  /** The current stage as a picture: the widget's own panels and values. */
  async still(options: StillOptions = {}): Promise<Still> {
    await this.ready;
    return stepThroughStill(this.#stages, this.#step, this.map, this.#cell, options);
  }

  async bundle(): Promise<MimeBundle> {
    const still = await this.still();
    this.#widget ??= this.#open();
    return liveBundle(still, this.#widget, this.#why);
  }

  /** Opens the widget for another one to show inside; its model's name, or nothing where it can't be live. @internal */
  open(): string | undefined {
    this.#widget ??= this.#open();
    return this.#widget?.id;
  }

  /** Takes the widget out of every notebook page. */
  close(): void {
    this.#widget?.close();
    this.#widget = undefined;
  }

  #open(): Widget<StepThroughState> | undefined {
    const state = { ...this.#shared(), busy: null, problem: "" };
    const widget = openLive<StepThroughState>("stepper", state);
    if (!widget) return undefined;
    const stop = answerRequests(widget, {
      outline: () => this.#stages.outline(),
      stage: async (body, { signal }) => {
        // While a hand drags, newer requests are waiting already: they let this one's work fall.
        await pause({ signal });
        return answerStage(this.#stages, body, this.#maps);
      },
    });
    widget.onClose(() => {
      stop();
      if (this.#widget === widget) this.#widget = undefined;
    });
    this.#listen(widget);
    return widget;
  }

  /** What a browser changes comes from outside: what is wrong there is put back. */
  #listen(widget: Widget<StepThroughState>): void {
    const read = (_value: unknown, _previous: unknown, by: "kernel" | "browser"): void => {
      if (by !== "browser") return;
      try {
        const step = wholeBelow("step", widget.get("step"), this.#stages.count);
        const rule = widget.get("rule");
        checkRule(rule);
        this.#take(step, chosenMaps(widget.get("maps")), pinnedCell(widget.get("cell")));
        // What fails is told in the widget.
        this.#changeRule(rule).catch(() => {});
      } catch (error) {
        if (!(error instanceof ArgumentError)) throw error;
        this.#share();
      }
    };
    for (const key of ["step", "maps", "cell", "rule"] as const) widget.on(key, read);
  }

  /** Takes over a choice and tells of what it changed. */
  #take(step: number, maps: StepThroughState["maps"], cell: PinnedCell | null): void {
    const before = { step: this.#step, map: this.map, cell: this.#cell };
    this.#step = step;
    this.#maps = maps;
    this.#cell = cell;
    if (step !== before.step) this.#tell("step", step);
    if (this.map !== before.map) this.#tell("map", this.map);
    if (JSON.stringify(cell) !== JSON.stringify(before.cell)) this.#tell("cell", cell);
  }

  #tell<Event extends keyof StepEvents>(event: Event, value: StepEvents[Event]): void {
    for (const handler of this.#handlers.get(event) ?? []) handler(value as never);
  }

  /** Shows every view what is chosen. */
  #share(changes: Partial<StepThroughState> = {}): void {
    this.#widget?.set({ ...this.#shared(), ...changes });
  }

  #shared(): Omit<StepThroughState, "busy" | "problem"> {
    return {
      revision: this.#stages.revision,
      rule: this.#rule,
      step: this.#step,
      maps: this.#maps,
      cell: this.#cell,
    };
  }

  #changeRule(rule: Rule): Promise<void> {
    if (rule === this.#rule) return this.#changing?.done ?? Promise.resolve();
    // What is shown stays, also a map that nobody chose.
    if (this.#stages.count) this.#maps = { ...this.#maps, [this.#stages.spaceOf(this.#step)]: this.map };
    this.#rule = rule;
    return this.#project(rule);
  }

  /** Projects with stages, by a rule; the newest call ends the others' work, and they settle with it. */
  #project(rule: Rule): Promise<void> {
    this.#changing?.controller.abort(new DOMException("A newer rule took its place", "AbortError"));
    const controller = new AbortController();
    const done = this.#projected(rule, controller.signal).catch((error: unknown) => {
      if (controller.signal.aborted) return this.#changing?.done;
      this.#changing = undefined;
      this.#rule = this.projection.rule;
      this.#share({ busy: null, problem: String((error as Error)?.message ?? error) });
      throw error;
    });
    this.#changing = { controller, done };
    return done;
  }

  async #projected(rule: Rule, signal: AbortSignal): Promise<void> {
    const { projection, revision, count } = this.#stages;
    const { seen, seed, duplicates, ties } = projection;
    const interrupted = runningKernel()?.signal;
    const shown = Date.now();
    const again = await project(seen, seed, {
      ...{ rule, duplicates, ties, steps: "all" },
      ...(this.#seed === undefined ? {} : { seed: this.#seed }),
      signal: interrupted ? AbortSignal.any([signal, interrupted]) : signal,
      progress: (done, total, what) => {
        // What is quick needs no progress.
        if (Date.now() - shown > 300) this.#share({ busy: { done, total, what } });
      },
    });
    if (count === 0) sameProjection(projection, again);
    this.#stages = new Stages(again, revision + 1);
    this.#changing = undefined;
    this.#share({ busy: null, problem: "" });
    if (again.rule !== projection.rule) this.#tell("rule", again.rule);
  }
}
