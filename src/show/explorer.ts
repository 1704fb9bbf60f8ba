import type { Rule } from "../deconvnet/rectify.js";
import { ArgumentError, DeconvnetError } from "../errors.js";
import type { Projection } from "../projection.js";
import type { Seen } from "../seen.js";
import type { FoundUnit, Unit } from "../select.js";
import type { MimeBundle } from "../shown.js";
import type { Work } from "../work.js";
import { answerRequests } from "./answer-requests.js";
import type { Still } from "./drawable.js";
import { explorerAnswers } from "./explorer-answers.js";
import { SmallProjections } from "./explorer-nine.js";
import { firstLayer, outlineOf } from "./explorer-outline.js";
import { ExplorerPhotos } from "./explorer-photos.js";
import { checkedSettings } from "./explorer-settings.js";
import type { ExplorerSettings, ExplorerState } from "./explorer-state.js";
import { explorerStill } from "./explorer-still.js";
import { checkedUnit, sameUnit, type UnitChoice, unitMeant } from "./explorer-unit.js";
import { LiveView } from "./live-view.js";
import { liveBundle, openLive, whyStill } from "./live-widget.js";
import type { Widget } from "./running-kernel.js";
import type { StepThrough } from "./step-through.js";
import type { StillOptions } from "./still-options.js";

/** What may be set from code: a unit, by as much of it as is known, and how things are shown. */
export interface ExplorerChange extends UnitChoice, Partial<ExplorerSettings> {}

/** What can be listened to, and what its listener gets. */
export interface ExplorerEvents {
  /** Another unit was chosen, or the same unit is looked at in another photo. */
  readonly unit: FoundUnit;
  /** Another rule was chosen. */
  readonly rule: Rule;
  /** Another photo was chosen or dropped in; this is what the network saw in it. */
  readonly seen: Seen;
}

type Listener = (value: never) => unknown;

/**
 * A network and what it sees, to click through. What is chosen in the widget can be read here and set from here, so that
 * the next cell works on what was clicked. Made by `explore`.
 */
export class Explorer extends LiveView {
  readonly #photos: ExplorerPhotos;
  readonly #listeners = new Map<keyof ExplorerEvents, Set<Listener>>();
  readonly #small = new SmallProjections();
  readonly #why: string | undefined;
  #seen: Seen;
  #state: ExplorerState;
  #widget: Widget<ExplorerState> | undefined;
  #stepper: StepThrough | undefined;

  constructor(seen: Seen, change: ExplorerChange = {}) {
    super();
    this.#seen = seen;
    this.#photos = new ExplorerPhotos(seen);
    const network = outlineOf(seen.network);
    const layer = firstLayer(network);
    this.#state = {
      network,
      photos: this.#photos.outlines,
      photo: 0,
      unit: unitMeant("explore", seen, { layer, ...change }, { layer, map: 0, y: 0, x: 0 }),
      ...checkedSettings("explore", change, {
        rule: "deconvnet",
        rules: "one",
        order: "strength",
        nine: "maps",
        contrast: 1,
      }),
    };
    this.#why = whyStill("explore", "explorer");
    if (this.#why) console.warn(this.#why);
  }

  /** The unit that is looked at, and how strongly it fired. */
  get unit(): FoundUnit {
    const { unit } = this.#state;
    const { shape, data } = this.#seen.maps(unit.layer);
    return { ...unit, value: data[(unit.y * shape[1] + unit.x) * shape[2] + unit.map] };
  }

  /** What the network saw in the photo that is looked at: another one after a photo was dropped in. */
  get seen(): Seen {
    return this.#seen;
  }

  /** The rule of the projection: `"deconvnet"`, `"gradient"` or `"guided"`. */
  get rule(): Rule {
    return this.#state.rule;
  }

  /** Everything that the widget keeps. @internal */
  get state(): ExplorerState {
    return this.#state;
  }

  /**
   * Calls a function whenever something is chosen, in the widget or by `set`.
   *
   * @param event `"unit"`, `"rule"` or `"seen"`
   * @returns what stops the calls
   * @throws {ArgumentError} for another event
   * @example
   * const view = explore(seen);
   * const chosen = [];
   * view.on("unit", ({ layer, map }) => chosen.push(`${layer} ${map}`));
   * view.set({ layer: "conv3_1", map: 7 });
   * chosen; // ["conv3_1 7"]
   */
  on<Event extends keyof ExplorerEvents>(
    event: Event,
    listener: (value: ExplorerEvents[Event]) => unknown,
  ): () => void {
    if (event !== "unit" && event !== "rule" && event !== "seen")
      throw new ArgumentError("on", "event", event, '"unit", "rule" or "seen"');
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  /**
   * Chooses from code, as a click does.
   *
   * @param change a unit by as much as is known: `layer` alone means its strongest unit, `map` its strongest, `y` and `x`
   *   that very unit; and `rule`, `rules` (`"one"` or `"all"`), `order` of the maps (`"strength"` or `"number"`), `nine`
   *   (`"maps"` or `"units"`), `contrast` (0.25 to 8)
   * @throws {UnknownNameError} for a layer the network does not have
   * @throws {ArgumentError} for anything out of range; nothing has changed then
   * @example
   * const view = explore(seen);
   * view.set({ layer: "conv5_1", map: 479 });
   * [view.unit.y, view.unit.x]; // [5, 4]
   */
  set(change: ExplorerChange): void {
    const unit = unitMeant("set", this.#seen, change, this.#state.unit);
    this.#change({ unit, ...checkedSettings("set", change, this.#state) });
  }

  /** The panels as they stand. */
  async still(options: StillOptions = {}): Promise<Still> {
    return explorerStill(this.#seen, this.#state, this.#small, options);
  }

  async bundle(): Promise<MimeBundle> {
    const still = await this.still();
    this.#widget ??= this.#open();
    return liveBundle(still, this.#widget, this.#why);
  }

  /** Takes the widget out of every notebook page, and lets go of what it kept. */
  close(): void {
    this.#stepper?.close();
    this.#widget?.close();
    this.#widget = undefined;
  }

  #open(): Widget<ExplorerState> | undefined {
    const widget = openLive<ExplorerState>("explorer", this.#state);
    if (!widget) return undefined;
    const stop = answerRequests(
      widget,
      explorerAnswers({
        small: this.#small,
        see: (photo) => (photo === this.#state.photo ? Promise.resolve(this.#seen) : this.#photos.see(photo)),
        look: (photo) => this.#look(photo),
        drop: (file, name, work) => this.#drop(file, name, work),
        step: (projection) => this.#step(projection),
      }),
    );
    for (const key of ["unit", "rule", "rules", "order", "nine", "contrast"] as const)
      widget.on(key, (value, _, by) => (by === "browser" ? this.#chosen(widget, key, value) : undefined));
    widget.onClose(() => {
      stop();
      if (this.#widget === widget) this.#widget = undefined;
    });
    return widget;
  }

  /** What a browser chose. It comes from outside: what the network does not have is put back. */
  #chosen(widget: Widget<ExplorerState>, key: keyof ExplorerSettings | "unit", value: unknown): void {
    try {
      this.#change(
        key === "unit"
          ? { unit: checkedUnit("explore", this.#seen, Object(value) as Unit) }
          : checkedSettings("explore", { [key]: value }, this.#state),
      );
    } catch (error) {
      widget.set({ [key]: this.#state[key] });
      throw error;
    }
  }

  async #drop(file: Uint8Array, name: string, work: Work): Promise<number> {
    const photo = await this.#photos.drop(file, name, work);
    await this.#look(photo);
    return photo;
  }

  /** One stepper at a time: the one before is let go, with all its stages. */
  async #step(projection: Projection): Promise<string> {
    const { stepThrough } = await import("./step-through.js");
    this.#stepper?.close();
    this.#stepper = stepThrough(projection);
    const model = this.#stepper.open();
    if (model !== undefined) return model;
    throw new DeconvnetError("explore", "the stepper has no live view here; run npm run build");
  }

  async #look(photo: number): Promise<void> {
    const seen = await this.#photos.see(photo);
    this.#change({ photo, photos: this.#photos.outlines }, seen);
  }

  /** The one place where anything changes: here, in the widget, and for those who listen. */
  #change(changes: Partial<ExplorerState>, seen: Seen = this.#seen): void {
    const before = this.#state;
    const other = seen !== this.#seen;
    this.#state = { ...before, ...changes };
    this.#seen = seen;
    const unit = other || !sameUnit(before.unit, this.#state.unit);
    const news = Object.entries(changes).filter(
      ([key, value]) => value !== before[key as keyof ExplorerState] && (key !== "unit" || unit),
    );
    if (news.length) this.#widget?.set(Object.fromEntries(news));
    if (other) this.#tell("seen", seen);
    if (before.rule !== this.#state.rule) this.#tell("rule", this.#state.rule);
    if (unit) this.#tell("unit", this.unit);
  }

  #tell<Event extends keyof ExplorerEvents>(event: Event, value: ExplorerEvents[Event]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(value as never);
  }
}
