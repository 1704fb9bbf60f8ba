import type { Outline, StepThroughState } from "../../src/show/step-through-state.js";
import { Superseded } from "../requests/channel.js";
import { element } from "../theme/element.js";
import { keepingFocus } from "../theme/focus.js";
import { makeRoot, type Root } from "../theme/root.js";
import { onThemeChange } from "../theme/theme.js";
import { Centre } from "./centre.js";
import { besides, toCell, toMap, toStage } from "./choices.js";
import { Header } from "./header.js";
import { hints, onKey } from "./keys.js";
import { Ladder } from "./ladder.js";
import { drawLendings } from "./lendings.js";
import { Player } from "./player.js";
import { Scrubber } from "./scrubber.js";
import type { Overview, Session, Stage, Wanted } from "./session.js";
import { stageSigns } from "./stage-words.js";

/** What the view is made of. */
export interface StepperPlace {
  readonly session: Session;
  readonly el: HTMLElement;
  readonly signal: AbortSignal;
}

/** One view of a stepper: Figure 1 as a ladder around the current stage, and the ways from stage to stage. */
export class StepperView {
  readonly #session: Session;
  readonly #root: Root;
  readonly #header: Header;
  readonly #down: Ladder;
  readonly #up: Ladder;
  readonly #centre: Centre;
  readonly #scrubber: Scrubber;
  readonly #player: Player;
  readonly #signs = element("p", { class: "signs" });
  readonly #over: SVGSVGElement;
  readonly #loading = element("p", { class: "loading fact", role: "status", text: "Loading the stages…" });
  readonly #body: HTMLElement;
  #overview: Overview | undefined;
  /** Of what a filter adds up: the first that is shown. */
  #first = 0;
  #turn = 0;

  constructor({ session, el, signal }: StepperPlace) {
    this.#session = session;
    this.#root = makeRoot(el, "stepper", "Projection, stage by stage", session.channel, signal);
    const root = this.#root.element;
    this.#header = new Header((rule) => session.set({ rule }));
    this.#down = new Ladder(root, "down", (step) => this.#jump(step));
    this.#up = new Ladder(root, "up", (step) => this.#jump(step));
    this.#centre = new Centre(
      root,
      {
        pin: (cell) => this.#choose((state, outline, stage) => toCell(cell, state, outline, stage)),
        page: (first) => {
          this.#first = first;
          void this.#show();
        },
        map: (map) => this.#map(map),
      },
      signal,
    );
    this.#scrubber = new Scrubber((step) => this.#jump(step), signal);
    this.#player = new Player(
      (by) => this.#move(by),
      () => this.#advance(),
      signal,
    );
    this.#over = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    this.#over.setAttribute("class", "lendings");
    this.#over.setAttribute("aria-hidden", "true");
    const figure = element(
      "div",
      { class: "figure" },
      this.#down.element,
      this.#centre.element,
      this.#up.element,
    );
    figure.append(this.#over);
    this.#body = element(
      "div",
      { class: "body", hidden: "" },
      this.#header.element,
      figure,
      this.#scrubber.element,
      this.#footer(),
    );
    root.append(this.#loading, this.#body);

    root.addEventListener("keydown", (event) => this.#key(event), { signal });
    const size = new ResizeObserver(() => this.#lend());
    size.observe(figure);
    signal.addEventListener("abort", () => size.disconnect());
    for (const ladder of [this.#down, this.#up])
      ladder.scroller.addEventListener("scroll", () => this.#lend(), { signal });
    onThemeChange(() => this.#repaint(), signal);
    session.on(["step", "maps", "cell"], () => void this.#show(), signal);
    session.on(["revision"], () => void this.#load(), signal);
    session.on(["rule", "busy", "problem"], () => this.#state(), signal);
    this.#state();
    void this.#load();
  }

  /** Another projection: its outline, and then the current stage. */
  async #load(): Promise<void> {
    // Nothing is there before the first projection is.
    if (this.#session.get("revision") === 0) return;
    const overview = await this.#try(this.#session.overview());
    if (!overview || overview.outline.revision !== this.#session.get("revision")) return;
    this.#overview = overview;
    this.#loading.remove();
    this.#body.hidden = false;
    this.#down.show(overview);
    this.#up.show(overview);
    this.#scrubber.show(overview.outline);
    const kinds = [...new Set(overview.outline.stages.map(({ kind }) => kind))];
    this.#signs.replaceChildren(
      ...kinds.map((kind) => element("span", {}, element("strong", { text: stageSigns[kind] }), ` ${kind}`)),
    );
    await this.#show();
  }

  /** Shows what is chosen: the ladder and the scrubber at once, the stage when it is there. */
  async #show(): Promise<void> {
    if (!this.#overview) return;
    const { outline } = this.#overview;
    const step = Math.min(this.#session.get("step"), outline.stages.length - 1);
    this.#header.stage(outline, step);
    this.#scrubber.mark(step);
    keepingFocus(this.#root.element, () => this.#player.mark(step, outline.stages.length));
    this.#down.mark(outline.stages[step].row);
    this.#up.mark(outline.stages[step].row);
    this.#lend();
    const turn = ++this.#turn;
    const late = setTimeout(() => this.#centre.wait(true), 60);
    const stage = await this.#try(this.#session.stage(this.#wanted(step), "stage"));
    clearTimeout(late);
    if (!stage || turn !== this.#turn) return;
    this.#centre.wait(false);
    this.#centre.show(stage, this.#session.get("cell"));
    this.#lend();
    void this.#ahead(stage, turn);
  }

  /** What is asked for a stage; the cell only where it decides what is shown. */
  #wanted(step: number, map?: number): Wanted {
    const { kind, space } = this.#overview!.outline.stages[step];
    const cell = kind === "filter" || kind === "sum" ? this.#session.get("cell") : null;
    const here = step === this.#session.get("step");
    return {
      step,
      map: map ?? this.#session.get("maps")[space] ?? null,
      cell: here ? cell : null,
      first: here ? this.#first : 0,
    };
  }

  /** Fetches what may be wanted next: the stages and the maps beside this one. */
  async #ahead({ view }: Stage, turn: number): Promise<void> {
    const last = this.#overview!.outline.stages.length - 1;
    const wanted: Wanted[] = [];
    if (view.step < last) wanted.push(this.#wanted(view.step + 1));
    if (view.step > 0) wanted.push(this.#wanted(view.step - 1));
    for (const map of [view.weaker, view.stronger])
      if (map !== null) wanted.push(this.#wanted(view.step, map));
    for (const one of wanted) {
      if (turn !== this.#turn) return;
      if (this.#session.has(one)) continue;
      try {
        await this.#session.stage(one, "ahead");
      } catch {
        // Nobody waits for it: when it is wanted it is asked for again, and then a failure is told.
        return;
      }
    }
  }

  #jump(step: number): void {
    this.#player.stop();
    this.#go(step);
  }

  #move(by: number): void {
    this.#player.stop();
    const step = this.#session.get("step") + by;
    if (this.#overview && step >= 0 && step < this.#overview.outline.stages.length) this.#go(step);
  }

  #go(step: number): void {
    if (step !== this.#session.get("step"))
      this.#choose((state, outline, stage) => toStage(step, state, outline, stage));
  }

  /** Changes what is chosen, here and in the kernel, and shows it. */
  #choose(
    change: (
      state: StepThroughState,
      outline: Outline,
      stage: Stage | undefined,
    ) => Partial<StepThroughState>,
  ): void {
    if (!this.#overview) return;
    const { stage } = this.#centre;
    const session = this.#session;
    const current = stage?.view.step === session.get("step") ? stage : undefined;
    this.#first = 0;
    session.set(change(session.state, this.#overview.outline, current));
    void this.#show();
  }

  /** While playing: to the next stage, from the last one to the first. */
  async #advance(): Promise<boolean> {
    if (!this.#overview) return false;
    const last = this.#overview.outline.stages.length - 1;
    const now = this.#session.get("step");
    this.#go(now >= last ? 0 : now + 1);
    await this.#try(this.#session.stage(this.#wanted(this.#session.get("step")), "stage"));
    return this.#session.get("step") < last;
  }

  #map(map: number): void {
    this.#choose((state, outline, stage) => toMap(map, state, outline, stage));
  }

  #key(event: KeyboardEvent): void {
    const view = this.#centre.stage?.view;
    onKey(event, {
      step: (by) => this.#move(by),
      ends: (last) => this.#jump(last ? (this.#overview?.outline.stages.length ?? 1) - 1 : 0),
      play: () => this.#player.toggle(),
      map: (by) => {
        const to = by < 0 ? view?.stronger : view?.weaker;
        if (to !== null && to !== undefined) this.#map(to);
      },
      cell: (down, right) => {
        const { stage, focus } = this.#centre;
        const next = stage && focus && besides(stage, focus, down, right);
        if (next) this.#choose((state, outline, stage) => toCell(next, state, outline, stage));
      },
      unpin: () => {
        if (this.#session.get("cell")) this.#choose(() => ({ cell: null }));
      },
    });
    // A widget around this one has keys of its own.
    if (!event.ctrlKey && !event.metaKey && !event.altKey && event.key !== "Tab") event.stopPropagation();
  }

  #state(): void {
    const { rule, busy, problem, revision } = this.#session.state;
    this.#header.rule(rule);
    this.#header.busy(busy, rule);
    this.#root.complain(problem || undefined);
    if (revision === 0 && busy)
      this.#loading.textContent = `Projecting: ${busy.done} of ${busy.total} layers, ${busy.what}`;
  }

  /** The arrows of the figure: the signal's, and that of what the way up lends. */
  #lend(): void {
    const operation = this.#centre.stage?.view.operation;
    const lends =
      operation?.kind === "switches" ||
      operation?.kind === "kernels" ||
      operation?.kind === "weights" ||
      operation?.kind === "factor" ||
      (operation?.kind === "rectify" && operation.up !== undefined);
    const current = this.#centre.stage?.view.step === this.#session.get("step");
    drawLendings(this.#over, this.#root.element, {
      signal: { from: visible(this.#down), to: firstOf(this.#centre.input) },
      lent: {
        from: current && lends ? visible(this.#up) : undefined,
        over: this.#centre.operation,
        to: firstOf(this.#centre.operation),
        before: this.#centre.element,
      },
    });
  }

  #repaint(): void {
    this.#down.repaint();
    this.#up.repaint();
    this.#centre.repaint();
    this.#lend();
  }

  #footer(): HTMLElement {
    const keys = hints.map(({ keys, words }) =>
      element(
        "span",
        { class: "hint" },
        ...keys.map((text) => element("kbd", { text })),
        element("span", { text: words }),
      ),
    );
    return element(
      "footer",
      {},
      this.#player.element,
      this.#signs,
      element("p", { class: "hints" }, ...keys),
    );
  }

  /** What was asked for; what goes wrong is said in words. */
  async #try<Value>(asked: Promise<Value>): Promise<Value | undefined> {
    try {
      const value = await asked;
      if (!this.#session.get("problem")) this.#root.complain(undefined);
      return value;
    } catch (error) {
      if (!(error instanceof Superseded)) {
        this.#root.complain((error as Error).message);
        this.#centre.wait(false);
      }
      return undefined;
    }
  }
}

/** The ladder's current row, where it is not scrolled out of sight. */
function visible(ladder: Ladder): HTMLElement | undefined {
  const row = ladder.current;
  if (!row) return undefined;
  const [box, list] = [row.getBoundingClientRect(), ladder.scroller.getBoundingClientRect()];
  const middle = (box.top + box.bottom) / 2;
  return middle > list.top && middle < list.bottom ? row : undefined;
}

/** The first picture of a panel, or the panel where there is none yet. */
function firstOf(boards: HTMLElement): HTMLElement {
  return (boards.firstElementChild as HTMLElement | null) ?? boards;
}
