import type { AnyModel, Host } from "@anywidget/types";
import type { ExplorerState } from "../../src/show/explorer-state.js";
import { shortNumber, sides } from "../pictures/numbers.js";
import { parsedColour, patchPicture, projectionPicture } from "../pictures/pictures.js";
import type { PixelPanel, Place } from "../pictures/pixel-panel.js";
import { colourAt, projectedAt } from "../pictures/values.js";
import { loadPlotly } from "../plotly/load-plotly.js";
import { Superseded } from "../requests/channel.js";
import { shown } from "../theme/frame.js";
import { makeRoot, type Root } from "../theme/root.js";
import { colour, onThemeChange, pageTheme } from "../theme/theme.js";
import { Choices, type Shown } from "./choices.js";
import { takeDrops } from "./drop.js";
import { type Rule, rules } from "./header.js";
import { onKey } from "./keys.js";
import { makeParts, type Parts } from "./parts.js";
import { type ProjectionData, type Session, unitKey } from "./session.js";
import { seesAll, shownWindow, windowOf } from "./windows.js";

/** Milliseconds of rest until the other rules' projections are fetched ahead. */
const rest = 400;

export interface View {
  readonly session: Session;
  readonly model: AnyModel<ExplorerState>;
  readonly el: HTMLElement;
  readonly signal: AbortSignal;
  readonly host: Host;
}

/** Draws the explorer into an element, until the signal is aborted. */
export function renderExplorer(view: View): void {
  new ExplorerView(view);
}

class ExplorerView {
  readonly #session: Session;
  readonly #signal: AbortSignal;
  readonly #host: Host;
  readonly #root: Root;
  readonly #parts: Parts;
  readonly #shown: Shown = { layer: undefined, photo: undefined, nine: undefined };
  readonly #choices: Choices;
  readonly #projections = new Map<PixelPanel, ProjectionData>();
  #updating = false;
  #ahead: ReturnType<typeof setTimeout> | undefined;

  constructor({ session, model, el, signal, host }: View) {
    this.#session = session;
    this.#signal = signal;
    this.#host = host;
    const network = session.get("network");
    this.#root = makeRoot(el, "explorer", `Explorer of ${network.name}`, session.channel, signal);
    this.#choices = new Choices(
      session,
      this.#shown,
      (work) => this.#try(work),
      (layer) => this.#parts.strip.pending(layer),
    );
    this.#parts = makeParts(session, this.#choices, {
      look: (photo) => void this.#try(session.look(photo)),
      drop: (file) => void this.#drop(file),
      hover: (place) => this.#cross(place),
    });
    this.#root.element.append(...this.#parts.elements);
    // Beside the explorer, not inside: the stepper has its own keys and styles.
    el.append(this.#parts.stepper);
    signal.addEventListener("abort", () => this.#parts.stepper.remove());
    takeDrops(this.#root.element, (file) => void this.#drop(file), signal);
    this.#listen(model);
    this.#schedule();
  }

  #listen(model: AnyModel<ExplorerState>): void {
    const { element: root } = this.#root;
    const changed = (): void => this.#schedule();
    for (const key of ["unit", "rule", "rules", "order", "nine", "contrast", "photo", "photos"])
      model.on(`change:${key}`, changed);
    onThemeChange(changed, this.#signal);
    root.addEventListener(
      "keydown",
      (event) =>
        onKey(event, {
          unit: (down, across) => this.#choices.moveUnit(down, across),
          map: (by) => this.#choices.moveMap(by),
          layer: (by) => this.#choices.moveLayer(by),
          ninth: (place) => this.#choices.goToNinth(place),
          strongest: () => this.#choices.goToMap(this.#session.get("unit").map),
          rule: () => this.#choices.nextRule(),
          step: () => void this.#step(),
        }),
      { signal: this.#signal },
    );
    // What has no focus of its own gives it to the widget, so that its keys work after any click in it.
    root.addEventListener(
      "pointerup",
      (event) => {
        const target = event.target as Element;
        if (!target.closest("button, input, select, a")) root.focus({ preventScroll: true });
      },
      { signal: this.#signal },
    );
    this.#signal.addEventListener("abort", () => {
      clearTimeout(this.#ahead);
      this.#parts.map.close();
    });
  }

  async #drop(file: File): Promise<void> {
    const work = this.#parts.progress.during(`looking at ${file.name}`, (progress) =>
      this.#session.drop(file, progress),
    );
    await this.#try(work);
  }

  async #step(): Promise<void> {
    const work = this.#parts.progress.during("stepping down", (progress) => this.#session.step(progress));
    const stepper = await this.#try(work);
    if (!stepper) return;
    this.#parts.stepper.replaceChildren();
    this.#parts.stepper.hidden = false;
    const widget = await this.#try(this.#host.getWidget(`anywidget:${stepper.model}`));
    await this.#try(widget?.render({ el: this.#parts.stepper, signal: this.#signal }));
    this.#parts.stepper.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  // —— drawing ——

  /** Once for all that changes in one go. */
  #schedule(): void {
    if (this.#updating) return;
    this.#updating = true;
    queueMicrotask(() => {
      this.#updating = false;
      if (!this.#signal.aborted) this.#update();
    });
  }

  #update(): void {
    const get: Session["get"] = (key) => this.#session.get(key);
    const unit = get("unit");
    const network = get("network");
    this.#parts.header.unit(unit);
    this.#parts.header.photos(network.name, get("photos"), get("photo"));
    this.#parts.header.rule(get("rule"), get("rules"));
    this.#parts.header.contrast(get("contrast"));
    this.#parts.strip.draw(unit.layer);
    this.#parts.answers.classList.toggle("all-rules", get("rules") === "all");
    this.#parts.nine.chosen(unit);
    this.#parts.map.unit(unit);
    this.#root.complain(undefined);
    clearTimeout(this.#ahead);
    void this.#drawPhoto();
    void this.#drawLayer();
    const projected = this.#still(this.#drawProjections().then((drawn) => shown().then(() => drawn)));
    void this.#drawMap(projected);
    void projected.then((drawn) => (drawn ? this.#drawNine() : undefined));
  }

  async #drawPhoto(): Promise<void> {
    const photo = await this.#still(this.#session.photo(pageTheme()));
    if (!photo) return;
    const unit = this.#session.get("unit");
    const network = this.#session.get("network");
    const window = windowOf(this.#session.layerNamed(unit.layer), unit.y, unit.x);
    const all = seesAll(network, window);
    if (photo !== this.#shown.photo) {
      this.#shown.photo = photo;
      this.#parts.photo.draw(photo);
      this.#parts.strip.photo(photo);
    }
    this.#parts.photo.name(photo.heading);
    const size = all ? `all ${sides(network.height, network.width)}` : sides(window.height, window.width);
    this.#parts.photo.fact(photo.fact || `unit sees ${size} px`, photo.fact || `${size} px`);
    this.#parts.photo.window(all ? undefined : window);
    this.#parts.labels.draw(photo.labels, unit);
    this.#parts.patch.name("Patch");
    this.#parts.patch.fact("what the unit sees");
    const outside = parsedColour(colour(this.#root.element, "track"));
    this.#parts.patch.draw(patchPicture(photo, shownWindow(network, window), outside));
  }

  async #drawLayer(): Promise<void> {
    const { layer } = this.#session.get("unit");
    this.#parts.atlas.stale(this.#shown.layer?.strongest.layer !== layer);
    const data = await this.#still(this.#session.layer(layer));
    if (!data) return;
    const { map } = this.#session.get("unit");
    this.#shown.layer = data;
    this.#parts.atlas.draw(data, this.#session.get("order"), map, pageTheme());
    this.#parts.atlas.stale(false);
  }

  /** The chart comes after the projection is seen: the preview shows the same values, and a chart takes the page's time. */
  async #drawMap(projected: Promise<unknown>): Promise<void> {
    const { layer, map } = this.#session.get("unit");
    const theme = pageTheme();
    const { shape } = this.#session.layerNamed(layer);
    const plotly = loadPlotly(this.#session.channel);
    const whole = await this.#still(this.#session.layer(layer));
    if (!whole) return;
    const single = shape[0] * shape[1] === 1;
    this.#parts.map.name(single ? "Strongest units" : `Map ${map}`);
    if (!single) this.#parts.map.preview(whole, map, shape, theme);
    this.#parts.map.unit(this.#session.get("unit"));
    const never = whole.bytes === 1 && !(whole.peaks[map] > 0);
    this.#parts.map.say(never && !single ? "This map never fires in this photo." : undefined);
    const data = await this.#still(this.#session.map({ layer, map }));
    if (!data) return;
    const { y, x } = this.#session.get("unit");
    this.#parts.map.fact(`${whole.names[map] ?? "value"} ${shortNumber(data.values[y * data.width + x])}`);
    const [library] = (await this.#still(Promise.all([plotly, projected]))) ?? [];
    if (!library) return;
    if (single)
      await this.#still(
        this.#parts.map.bars(library, whole, map, (one) => whole.names[one] ?? `map ${one}`, theme),
      );
    else await this.#still(this.#parts.map.draw(library, data, theme));
  }

  /** Whether they are drawn, and were not overtaken. */
  async #drawProjections(): Promise<boolean> {
    const [unit, rule] = [this.#session.get("unit"), this.#session.get("rule")];
    const all = this.#session.get("rules") === "all";
    const panels: [Rule, PixelPanel][] = all ? [...this.#parts.byRule] : [[rule, this.#parts.projection]];
    // The chosen rule's first.
    panels.sort(([a], [b]) => Number(b === rule) - Number(a === rule));
    const drawn = panels.map(async ([one, panel]) => {
      panel.name(all ? one : "Projection");
      panel.element.classList.toggle("here", all && one === rule);
      panel.stale(true);
      const lane = all ? `projection ${one}` : "projection";
      const work = this.#parts.progress.during("projecting", (progress) =>
        this.#session.projection(unit, one, { lane, progress }),
      );
      const projection = await this.#still(work, panel);
      if (!projection) return false;
      this.#projections.set(panel, projection);
      this.#paintProjection(panel, projection);
      panel.stale(false);
      if (one === rule) this.#parts.sentence.textContent = projection.sentences.join(" ");
      return true;
    });
    return (await Promise.all(drawn)).every(Boolean);
  }

  #paintProjection(panel: PixelPanel, projection: ProjectionData): void {
    const contrast = this.#session.get("contrast");
    panel.draw(projectionPicture(projection, contrast, pageTheme()));
    this.#paintFact(panel, projection);
    panel.say(projection.scale ? undefined : "This unit did not fire: nothing comes down from it.");
  }

  async #drawNine(): Promise<void> {
    const { layer, map } = this.#session.get("unit");
    const kind = this.#session.get("nine");
    const theme = pageTheme();
    const photo = await this.#still(this.#session.photo(theme));
    const nine = await this.#still(this.#session.nine(layer, kind === "units" ? map : null));
    if (!nine || !photo) return;
    if (nine !== this.#shown.nine || photo !== this.#shown.photo) this.#parts.nine.small(undefined);
    this.#shown.nine = nine;
    this.#parts.nine.draw(nine, kind, photo, theme);
    this.#parts.nine.chosen(this.#session.get("unit"));
    const rule = this.#session.get("rule");
    const small = await this.#still(
      this.#parts.progress.during("projecting the nine", (progress) =>
        this.#session.small(nine, rule, theme, progress),
      ),
    );
    if (!small || this.#shown.nine !== nine) return;
    this.#parts.nine.small(small);
    this.#ahead = setTimeout(() => void this.#fetchAhead(), rest);
  }

  /**
   * The other rules' projections of the same unit, so that R shows them at once. In the lane of the projection that is
   * shown: another unit's takes their place, and the kernel has both cores for it.
   */
  async #fetchAhead(): Promise<void> {
    const [unit, before] = [this.#session.get("unit"), this.#key()];
    for (const rule of rules) {
      if (this.#key() !== before || this.#signal.aborted) return;
      const how = { lane: "projection", ahead: true };
      // What was overtaken stays so: the next rule's would overtake the one that somebody waits for.
      if (!(await this.#still(this.#session.projection(unit, rule, how)))) return;
    }
  }

  /** A cross at the same pixel of patch and projections, with their values there. */
  #cross(place: Place | undefined): void {
    const all = this.#session.get("rules") === "all";
    const panels = all ? [...this.#parts.byRule.values()] : [this.#parts.projection];
    for (const panel of [this.#parts.patch, ...panels]) panel.cross(place);
    for (const panel of panels) {
      const projection = this.#projections.get(panel);
      if (!projection) continue;
      if (place) panel.fact(projectedAt(projection, place));
      else this.#paintFact(panel, projection);
    }
    const photo = this.#shown.photo;
    if (!photo) return;
    if (!place) return this.#parts.patch.fact("what the unit sees");
    const unit = this.#session.get("unit");
    const window = windowOf(this.#session.layerNamed(unit.layer), unit.y, unit.x);
    const shown = shownWindow(this.#session.get("network"), window);
    this.#parts.patch.fact(colourAt(photo, shown.y + place.y, shown.x + place.x));
  }

  #paintFact(panel: PixelPanel, projection: ProjectionData): void {
    if (!projection.scale) return panel.fact("zero everywhere");
    const full = `±${shortNumber(projection.scale / this.#session.get("contrast"))}`;
    panel.fact(
      `grey is zero, full at ${full}`,
      this.#session.get("rules") === "all" ? full : `full at ${full}`,
    );
  }

  // —— what goes wrong ——

  /** What came back, or undefined where a newer wish overtook it; what failed is said above everything. */
  async #try<Value>(work: Promise<Value> | undefined): Promise<Value | undefined> {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof Superseded)) this.#root.complain((error as Error).message);
      return undefined;
    }
  }

  /** The same for what is drawn: undefined also where another unit, photo or rule has been chosen meanwhile. */
  async #still<Value>(work: Promise<Value>, panel?: PixelPanel): Promise<Value | undefined> {
    const before = this.#key();
    const value = await this.#try(work);
    if (value === undefined && panel && this.#key() === before) panel.stale(true);
    return this.#key() === before && !this.#signal.aborted ? value : undefined;
  }

  #key(): string {
    const get: Session["get"] = (key) => this.#session.get(key);
    return [get("photo"), unitKey(get("unit")), get("rule"), get("rules"), get("nine"), pageTheme()].join(
      " ",
    );
  }
}
