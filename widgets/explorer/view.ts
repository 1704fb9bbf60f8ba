import type { AnyModel, Host } from "@anywidget/types";
import type { ExplorerState } from "../../src/show/explorer-state.js";
import { shortNumber, sides } from "../pictures/numbers.js";
import { parsedColour, patchPicture, projectionPicture } from "../pictures/pictures.js";
import { makePixelPanel, type PixelPanel, type Place } from "../pictures/pixel-panel.js";
import { colourAt, projectedAt } from "../pictures/values.js";
import { loadPlotly } from "../plotly/load-plotly.js";
import { Superseded } from "../requests/channel.js";
import { element } from "../theme/element.js";
import { makeRoot, type Root } from "../theme/root.js";
import { colour, onThemeChange, pageTheme } from "../theme/theme.js";
import { type AtlasPanel, makeAtlasPanel } from "./atlas-panel.js";
import { takeDrops } from "./drop.js";
import { type Header, makeHeader, rules } from "./header.js";
import { hints, onKey } from "./keys.js";
import { type Labels, makeLabels } from "./labels.js";
import { type MapPanel, makeMapPanel } from "./map-panel.js";
import { makeNinePanel, type NinePanel } from "./nine-panel.js";
import { makePhotoPanel, type PhotoPanel } from "./photo-panel.js";
import { makeProgressLine, type ProgressLine } from "./progress-line.js";
import {
  type LayerData,
  type NineData,
  type PhotoData,
  type ProjectionData,
  type Session,
  unitKey,
} from "./session.js";
import { makeStrip, type Strip } from "./strip.js";
import { seesAll, shownWindow, unitAt, windowOf } from "./windows.js";

type Unit = ExplorerState["unit"];
type Rule = ExplorerState["rule"];

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
  readonly #header: Header;
  readonly #progress: ProgressLine;
  readonly #strip: Strip;
  readonly #labels: Labels;
  readonly #atlas: AtlasPanel;
  readonly #nine: NinePanel;
  readonly #photo: PhotoPanel;
  readonly #map: MapPanel;
  readonly #patch: PixelPanel;
  /** The chosen rule's, and all three. */
  readonly #projection: PixelPanel;
  readonly #byRule: ReadonlyMap<Rule, PixelPanel>;
  readonly #answers: HTMLElement;
  readonly #sentence: HTMLElement;
  readonly #stepper: HTMLElement;
  /** What is on the screen now. */
  #layerShown: LayerData | undefined;
  #photoShown: PhotoData | undefined;
  #nineShown: NineData | undefined;
  readonly #projections = new Map<PixelPanel, ProjectionData>();
  #updating = false;
  #ahead: ReturnType<typeof setTimeout> | undefined;

  constructor({ session, model, el, signal, host }: View) {
    this.#session = session;
    this.#signal = signal;
    this.#host = host;
    const network = session.get("network");
    this.#root = makeRoot(el, "explorer", `Explorer of ${network.name}`, session.channel, signal);
    this.#header = makeHeader({
      rule: (rule) => session.set({ rule }),
      rules: (rules) => session.set({ rules }),
      contrast: (contrast) => session.set({ contrast }),
      look: (photo) => void this.#try(session.look(photo)),
      drop: (file) => void this.#drop(file),
    });
    this.#progress = makeProgressLine();
    this.#strip = makeStrip(network, (layer) => void this.#goToLayer(layer));
    this.#labels = makeLabels((unit) => session.set({ unit }));
    this.#atlas = makeAtlasPanel(
      (map) => this.#goToMap(map),
      () => session.set({ order: session.get("order") === "strength" ? "number" : "strength" }),
    );
    this.#nine = makeNinePanel(
      (unit) => session.set({ unit }),
      (nine) => session.set({ nine }),
    );
    this.#photo = makePhotoPanel(({ y, x }) => {
      const unit = session.get("unit");
      session.set({ unit: { ...unit, ...unitAt(session.layerNamed(unit.layer), y + 0.5, x + 0.5) } });
    });
    this.#map = makeMapPanel(
      (place) => this.#goToPlace(place),
      (map) => this.#goToMap(map),
    );
    const hover = (place: Place | undefined): void => this.#cross(place);
    this.#patch = makePixelPanel("patch", hover);
    this.#projection = makePixelPanel("projection", hover);
    this.#byRule = new Map(
      rules.map((rule) => {
        const panel = makePixelPanel(`projection-${rule}`, hover);
        panel.element.addEventListener("click", () => session.set({ rule }));
        return [rule, panel];
      }),
    );
    this.#answers = element(
      "div",
      { class: "answers" },
      this.#photo.element,
      this.#map.element,
      element(
        "div",
        { class: "what" },
        this.#patch.element,
        this.#projection.element,
        ...[...this.#byRule.values()].map((panel) => panel.element),
      ),
    );
    this.#sentence = element("p", { class: "sentence", "aria-live": "polite", testid: "sentence" });
    this.#stepper = element("div", { class: "stepper-place", testid: "stepper-place", hidden: "" });
    this.#root.element.append(
      this.#header.element,
      this.#progress.element,
      this.#strip.element,
      this.#labels.element,
      element(
        "div",
        { class: "panels" },
        element("div", { class: "choose" }, this.#atlas.element, this.#nine.element),
        this.#answers,
      ),
      this.#sentence,
      footer(),
    );
    // Beside the explorer, not inside: the stepper has its own keys and styles.
    el.append(this.#stepper);
    signal.addEventListener("abort", () => this.#stepper.remove());
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
          unit: (down, across) => this.#moveUnit(down, across),
          map: (by) => this.#moveMap(by),
          layer: (by) => this.#moveLayer(by),
          ninth: (place) => this.#goToNinth(place),
          strongest: () => this.#goToMap(this.#session.get("unit").map),
          rule: () => this.#nextRule(),
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
      this.#map.close();
    });
  }

  // —— choosing ——

  #choose(unit: Unit): void {
    if (unitKey(unit) !== unitKey(this.#session.get("unit"))) this.#session.set({ unit });
  }

  #goToPlace({ y, x }: Place): void {
    this.#choose({ ...this.#session.get("unit"), y, x });
  }

  #goToMap(map: number): void {
    const layer = this.#layerShown;
    const { layer: name } = this.#session.get("unit");
    if (layer?.strongest.layer !== name) return;
    this.#choose({ layer: name, map, y: layer.rows[map], x: layer.columns[map] });
  }

  async #goToLayer(name: string): Promise<void> {
    this.#strip.pending(name);
    const layer = await this.#try(this.#session.layer(name));
    this.#strip.pending(undefined);
    if (layer) this.#choose(layer.strongest);
  }

  #goToNinth(place: number): void {
    const one = this.#nineShown?.units[place];
    if (one) this.#choose(one.unit);
  }

  #moveUnit(down: number, across: number): void {
    const unit = this.#session.get("unit");
    const [height, width] = this.#session.layerNamed(unit.layer).shape;
    const y = Math.min(height - 1, Math.max(0, unit.y + down));
    const x = Math.min(width - 1, Math.max(0, unit.x + across));
    this.#choose({ ...unit, y, x });
  }

  #moveMap(by: number): void {
    const layer = this.#layerShown;
    if (!layer) return;
    const { map } = this.#session.get("unit");
    const byStrength = this.#session.get("order") === "strength";
    const place = (byStrength ? layer.ranks[map] : map) + by;
    if (place < 0 || place >= layer.maps) return;
    this.#goToMap(byStrength ? layer.order[place] : place);
  }

  #moveLayer(by: number): void {
    const { layers } = this.#session.get("network");
    const here = layers.findIndex(({ name }) => name === this.#session.get("unit").layer);
    const next = layers[here + by];
    if (next) void this.#goToLayer(next.name);
  }

  #nextRule(): void {
    const here = rules.indexOf(this.#session.get("rule"));
    this.#session.set({ rule: rules[(here + 1) % rules.length] });
  }

  async #drop(file: File): Promise<void> {
    const work = this.#progress.during(`looking at ${file.name}`, (progress) =>
      this.#session.drop(file, progress),
    );
    await this.#try(work);
  }

  async #step(): Promise<void> {
    const work = this.#progress.during("stepping down", (progress) => this.#session.step(progress));
    const stepper = await this.#try(work);
    if (!stepper) return;
    this.#stepper.replaceChildren();
    this.#stepper.hidden = false;
    const widget = await this.#try(this.#host.getWidget(`anywidget:${stepper.model}`));
    await this.#try(widget?.render({ el: this.#stepper, signal: this.#signal }));
    this.#stepper.scrollIntoView({ block: "nearest", behavior: "smooth" });
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
    this.#header.unit(unit);
    this.#header.photos(network.name, get("photos"), get("photo"));
    this.#header.rule(get("rule"), get("rules"));
    this.#header.contrast(get("contrast"));
    this.#strip.draw(unit.layer);
    this.#answers.classList.toggle("all-rules", get("rules") === "all");
    this.#nine.chosen(unit);
    this.#map.unit(unit);
    this.#root.complain(undefined);
    clearTimeout(this.#ahead);
    void this.#drawPhoto();
    void this.#drawLayer();
    void this.#drawMap();
    void this.#drawProjections().then((drawn) => (drawn ? this.#drawNine() : undefined));
  }

  async #drawPhoto(): Promise<void> {
    const photo = await this.#still(this.#session.photo(pageTheme()));
    if (!photo) return;
    const unit = this.#session.get("unit");
    const network = this.#session.get("network");
    const window = windowOf(this.#session.layerNamed(unit.layer), unit.y, unit.x);
    const all = seesAll(network, window);
    if (photo !== this.#photoShown) {
      this.#photoShown = photo;
      this.#photo.draw(photo);
      this.#strip.photo(photo);
    }
    this.#photo.name(photo.heading);
    const size = all ? `all ${sides(network.height, network.width)}` : sides(window.height, window.width);
    this.#photo.fact(photo.fact || `unit sees ${size} px`, photo.fact || `${size} px`);
    this.#photo.window(all ? undefined : window);
    this.#labels.draw(photo.labels, unit);
    this.#patch.name("Patch");
    this.#patch.fact("what the unit sees");
    const outside = parsedColour(colour(this.#root.element, "track"));
    this.#patch.draw(patchPicture(photo, shownWindow(network, window), outside));
  }

  async #drawLayer(): Promise<void> {
    const { layer } = this.#session.get("unit");
    this.#atlas.stale(this.#layerShown?.strongest.layer !== layer);
    const data = await this.#still(this.#session.layer(layer));
    if (!data) return;
    const { map } = this.#session.get("unit");
    this.#layerShown = data;
    this.#atlas.draw(data, this.#session.get("order"), map, pageTheme());
    this.#atlas.stale(false);
  }

  async #drawMap(): Promise<void> {
    const { layer, map } = this.#session.get("unit");
    const theme = pageTheme();
    const { shape } = this.#session.layerNamed(layer);
    const plotly = loadPlotly(this.#session.channel);
    const whole = await this.#still(this.#session.layer(layer));
    if (!whole) return;
    const single = shape[0] * shape[1] === 1;
    this.#map.name(single ? "Strongest units" : `Map ${map}`);
    if (!single) this.#map.preview(whole, map, shape, theme);
    this.#map.unit(this.#session.get("unit"));
    const never = whole.bytes === 1 && !(whole.peaks[map] > 0);
    this.#map.say(never && !single ? "This map never fires in this photo." : undefined);
    const data = await this.#still(this.#session.map({ layer, map }));
    if (!data) return;
    const { y, x } = this.#session.get("unit");
    this.#map.fact(`${whole.names[map] ?? "value"} ${shortNumber(data.values[y * data.width + x])}`);
    const library = await this.#still(plotly);
    if (!library) return;
    if (single)
      await this.#still(
        this.#map.bars(library, whole, map, (one) => whole.names[one] ?? `map ${one}`, theme),
      );
    else await this.#still(this.#map.draw(library, data, theme));
  }

  /** Whether they are drawn, and were not overtaken. */
  async #drawProjections(): Promise<boolean> {
    const [unit, rule] = [this.#session.get("unit"), this.#session.get("rule")];
    const all = this.#session.get("rules") === "all";
    const panels: [Rule, PixelPanel][] = all ? [...this.#byRule] : [[rule, this.#projection]];
    // The chosen rule's first.
    panels.sort(([a], [b]) => Number(b === rule) - Number(a === rule));
    const drawn = panels.map(async ([one, panel]) => {
      panel.name(all ? one : "Projection");
      panel.element.classList.toggle("here", all && one === rule);
      panel.stale(true);
      const lane = all ? `projection ${one}` : "projection";
      const work = this.#progress.during("projecting", (progress) =>
        this.#session.projection(unit, one, { lane, progress }),
      );
      const projection = await this.#still(work, panel);
      if (!projection) return false;
      this.#projections.set(panel, projection);
      this.#paintProjection(panel, projection);
      panel.stale(false);
      if (one === rule) this.#sentence.textContent = projection.sentences.join(" ");
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
    if (nine !== this.#nineShown || photo !== this.#photoShown) this.#nine.small(undefined);
    this.#nineShown = nine;
    this.#nine.draw(nine, kind, photo, theme);
    this.#nine.chosen(this.#session.get("unit"));
    const rule = this.#session.get("rule");
    const small = await this.#still(
      this.#progress.during("projecting the nine", (progress) =>
        this.#session.small(nine, rule, theme, progress),
      ),
    );
    if (!small || this.#nineShown !== nine) return;
    this.#nine.small(small);
    this.#ahead = setTimeout(() => void this.#fetchAhead(), rest);
  }

  /** The other rules' projections of the same unit, so that R shows them at once. */
  async #fetchAhead(): Promise<void> {
    const unit = this.#session.get("unit");
    for (const rule of rules) {
      if (unitKey(unit) !== unitKey(this.#session.get("unit")) || this.#signal.aborted) return;
      await this.#still(this.#session.projection(unit, rule, { lane: "ahead", ahead: true }));
    }
  }

  /** A cross at the same pixel of patch and projections, with their values there. */
  #cross(place: Place | undefined): void {
    const all = this.#session.get("rules") === "all";
    const panels = all ? [...this.#byRule.values()] : [this.#projection];
    for (const panel of [this.#patch, ...panels]) panel.cross(place);
    for (const panel of panels) {
      const projection = this.#projections.get(panel);
      if (!projection) continue;
      if (place) panel.fact(projectedAt(projection, place));
      else this.#paintFact(panel, projection);
    }
    const photo = this.#photoShown;
    if (!photo) return;
    if (!place) return this.#patch.fact("what the unit sees");
    const unit = this.#session.get("unit");
    const window = windowOf(this.#session.layerNamed(unit.layer), unit.y, unit.x);
    const shown = shownWindow(this.#session.get("network"), window);
    this.#patch.fact(colourAt(photo, shown.y + place.y, shown.x + place.x));
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

function footer(): HTMLElement {
  const groups = hints.map(({ keys, words }) =>
    element(
      "span",
      {},
      ...keys.map((key) => (key === "–" ? " – " : element("kbd", { text: key }))),
      element("span", { class: "fact", text: ` ${words}` }),
    ),
  );
  return element("footer", {}, ...groups);
}
