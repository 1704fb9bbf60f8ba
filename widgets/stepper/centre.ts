import { count, ordinal, shortNumber, sides } from "../../src/show/number.js";
import type { Picture, PinnedCell, Side } from "../../src/show/step-through-state.js";
import { captions } from "../../src/show/stepper-captions.js";
import { cellAt } from "../../src/show/stepper-links.js";
import { type Related, related } from "../../src/show/stepper-related.js";
import { element } from "../theme/element.js";
import { keepingFocus } from "../theme/focus.js";
import { Board } from "./board.js";
import { setCaption } from "./captions.js";
import { legend } from "./legend.js";
import { type OperationPanel, operationPanel } from "./operation-panel.js";
import type { Stage } from "./session.js";

/** What the middle of the widget asks for. */
export interface CentreEvents {
  /** A cell was clicked. */
  readonly pin: (cell: PinnedCell) => void;
  /** Other maps of what a filter adds up are wanted: from this one on. */
  readonly page: (first: number) => void;
  readonly map: (map: number) => void;
}

/** One of the three panels. */
interface Panel {
  readonly element: HTMLElement;
  readonly name: HTMLElement;
  readonly fact: HTMLElement;
  readonly boards: HTMLElement;
  readonly caption: HTMLElement;
}

/** The current stage, large: what comes in, what is done, what goes out, and a sentence with its numbers. */
export class Centre {
  readonly element: HTMLElement;
  readonly input: HTMLElement;
  readonly operation: HTMLElement;
  readonly #root: HTMLElement;
  readonly #events: CentreEvents;
  readonly #signal: AbortSignal;
  readonly #panels: Readonly<Record<"input" | "operation" | "output", Panel>>;
  readonly #sentence = element("p", { class: "sentence", testid: "stepper-sentence", "aria-live": "polite" });
  readonly #legends = element("div", { class: "legends" });
  readonly #pin = element("span", {
    class: "pin",
    text: "cell pinned",
    testid: "stepper-pinned",
    hidden: "",
  });
  readonly #maps = element("div", { class: "maps", testid: "stepper-maps" });
  #stage: Stage | undefined;
  #inputs: Board[] = [];
  #output: Board | undefined;
  #middle: OperationPanel | undefined;
  #pinned: PinnedCell | null = null;
  #hovered: PinnedCell | undefined;

  constructor(root: HTMLElement, events: CentreEvents, signal: AbortSignal) {
    this.#root = root;
    this.#events = events;
    this.#signal = signal;
    this.#panels = { input: panel("input"), operation: panel("operation"), output: panel("output") };
    const { input, operation, output } = this.#panels;
    this.input = input.boards;
    this.operation = operation.boards;
    this.element = element(
      "div",
      { class: "centre", testid: "stepper-stage" },
      element("div", { class: "panels" }, input.element, arrow(), operation.element, arrow(), output.element),
      element("hr", { class: "rule" }),
      this.#sentence,
      element("div", { class: "below" }, this.#legends, this.#pin, this.#maps),
    );
  }

  /** Another stage is on its way: what is there is out of date. */
  wait(waiting: boolean): void {
    this.element.classList.toggle("waiting", waiting);
    this.element.setAttribute("aria-busy", String(waiting));
  }

  /** The cell that the marks and captions are for now. */
  get focus(): PinnedCell | undefined {
    return this.#hovered ?? this.#shownPin() ?? this.#stage?.view.focus;
  }

  get stage(): Stage | undefined {
    return this.#stage;
  }

  show(stage: Stage, pinned: PinnedCell | null): void {
    if (this.#stage !== stage) keepingFocus(this.#root, () => this.#rebuild(stage));
    this.#pinned = pinned;
    this.#mark();
  }

  /** Draws everything in the colours that the page has now. */
  repaint(): void {
    for (const board of this.#inputs) board.repaint();
    this.#output?.repaint();
    this.#middle?.repaint();
    if (this.#stage) this.#showLegends(this.#stage);
  }

  #rebuild(stage: Stage): void {
    const { view, values } = stage;
    for (const board of this.#inputs) board.dispose();
    this.#output?.dispose();
    this.#middle?.dispose();
    this.#stage = stage;
    this.#hovered = undefined;

    this.#inputs = view.inputs.map((picture, i) => this.#board("input", picture, i, values));
    this.#output = this.#board("output", view.output, 0, values);
    this.#middle = operationPanel(
      this.#root,
      stage,
      {
        hover: (side, place) => this.#hover(side, 0, place),
        click: (side, place) => this.#click(side, 0, place),
      },
      this.#signal,
    );
    fill(
      this.#panels.input.boards,
      this.#inputs.map((board) => board.element),
    );
    fill(this.#panels.output.boards, [this.#output.element]);
    fill(this.#panels.operation.boards, this.#middle.elements);
    for (const key of ["input", "operation", "output"] as const) {
      this.#panels[key].name.textContent = view.names[key];
      this.#panels[key].fact.replaceChildren(element("span", { text: view.facts[key] }));
      this.#panels[key].fact.title = view.facts[key];
    }
    this.#showPages(stage);
    this.#sentence.textContent = view.sentence;
    this.#showLegends(stage);
    this.#showMaps(stage);
  }

  #board(side: Side, picture: Picture, i: number, values: Stage["values"]): Board {
    const board = new Board(
      this.#root,
      `stepper-${side}-board`,
      { hover: (place) => this.#hover(side, i, place), click: (place) => this.#click(side, i, place) },
      this.#signal,
    );
    const { height: rows, width: columns } = picture.window;
    board.show(
      { kind: "values", rows, columns, values: values(picture.buffer), scale: picture.scale },
      picture.layout === "map"
        ? `Signal at ${picture.layer}, map ${picture.map}, ${sides(rows, columns)} values up to ${shortNumber(picture.scale)}`
        : `Signal at ${picture.layer}, ${count(picture.count)} maps of one value each, up to ${shortNumber(picture.scale)}`,
    );
    return board;
  }

  #cell(side: Side, i: number, place: number): PinnedCell | undefined {
    const view = this.#stage?.view;
    if (!view) return undefined;
    return { side, ...cellAt(side === "input" ? view.inputs[i] : view.output, place) };
  }

  #hover(side: Side, i: number, place: number | undefined): void {
    this.#hovered = place === undefined ? undefined : this.#cell(side, i, place);
    this.#mark();
  }

  #click(side: Side, i: number, place: number): void {
    const cell = this.#cell(side, i, place);
    if (cell) this.#events.pin(cell);
  }

  #mark(): void {
    if (!this.#stage) return;
    const { view, values } = this.#stage;
    const pinned = this.#shownPin();
    const focus = this.#hovered ?? pinned ?? view.focus;
    const found = related(view, focus);
    const mark = (board: Board, places: readonly number[], all: number, strong: boolean): void =>
      board.mark(places.length && places.length < Math.max(all, 2) ? [{ places, strong }] : []);
    this.#inputs.forEach((board, i) => {
      const places = found.inputs[i].map(({ place }) => place);
      mark(board, places, view.inputs[i].count, focus.side === "input" || places.length === 1);
    });
    const places = found.output.map(({ place }) => place);
    if (this.#output)
      mark(this.#output, places, view.output.count, focus.side === "output" || places.length === 1);
    this.#middle?.mark(found);
    const words = captions(view, values, focus);
    setCaption(this.#panels.input.caption, words.input);
    setCaption(this.#panels.operation.caption, words.operation);
    setCaption(this.#panels.output.caption, words.output);
    this.#pin.hidden = pinned === undefined;
  }

  /** The pinned cell, where this stage shows it. */
  #shownPin(): PinnedCell | undefined {
    if (!this.#stage || !this.#pinned) return undefined;
    return isShown(related(this.#stage.view, this.#pinned)) ? this.#pinned : undefined;
  }

  /** Where a filter adds up more maps than are shown: which ones these are, and the way to others. */
  #showPages({ view: { operation, inputs } }: Stage): void {
    const sorted = operation.kind === "kernels" || operation.kind === "plus" ? operation.sorted : undefined;
    const { fact } = this.#panels.input;
    if (!sorted || sorted.all <= inputs.length) return;
    const last = sorted.first + inputs.length;
    const what = operation.kind === "plus" ? "branches" : "maps";
    const words = `${sorted.first + 1}–${last} of ${count(sorted.all)} ${what}`;
    fact.title = "Sorted by what each brought to the marked cell";
    const go = (label: string, text: string, first: number, there: boolean): HTMLElement => {
      const button = element("button", { class: "turn", type: "button", text, "aria-label": label });
      button.disabled = !there;
      button.addEventListener("click", () => this.#events.page(first));
      return button;
    };
    fact.replaceChildren(
      element("span", { text: words }),
      go("Those before", "‹", Math.max(0, sorted.first - inputs.length), sorted.first > 0),
      go("Those after", "›", last, last < sorted.all),
    );
  }

  #showLegends({ view: { inputs, output }, values }: Stage): void {
    const signed = (pictures: readonly Picture[]): boolean =>
      pictures.some(({ buffer }) => values(buffer).some((value) => value < 0));
    const one = inputs[0].scale === output.scale;
    const bars = one
      ? [legend(output.scale, signed([...inputs, output]), "")]
      : [legend(inputs[0].scale, signed(inputs), "in"), legend(output.scale, signed([output]), "out")];
    this.#legends.replaceChildren(...bars, ...(one ? [element("span", { text: "grey is zero" })] : []));
  }

  /** Which map is shown, and the way to others: the next stronger and weaker, or any by its number. */
  #showMaps({ view }: Stage): void {
    const { map, maps, rank, stronger, weaker } = view;
    this.#maps.hidden = maps === 1;
    const number = element("input", {
      type: "number",
      min: "0",
      max: String(maps - 1),
      value: String(map),
      testid: "stepper-map",
      "aria-label": `Map, from 0 to ${maps - 1}`,
    });
    number.addEventListener("change", () => {
      const wanted = Number(number.value);
      if (Number.isInteger(wanted) && wanted >= 0 && wanted < maps) this.#events.map(wanted);
      else number.value = String(map);
    });
    const go = (label: string, text: string, testid: string, to: number | null): HTMLElement => {
      const button = element("button", { class: "turn", type: "button", text, testid, "aria-label": label });
      button.disabled = to === null;
      button.addEventListener("click", () => {
        if (to !== null) this.#events.map(to);
      });
      return button;
    };
    const place = rank === 0 ? "the strongest" : `${ordinal(rank + 1)} strongest`;
    this.#maps.replaceChildren(
      go("Next stronger map", "‹", "stepper-map-stronger", stronger),
      element("span", { text: "map" }),
      number,
      element("span", { text: `of ${count(maps)}, ${place}` }),
      go("Next weaker map", "›", "stepper-map-weaker", weaker),
    );
  }
}

function isShown({ inputs, output }: Related): boolean {
  return output.length > 0 || inputs.some((cells) => cells.length > 0);
}

function panel(key: string): Panel {
  const name = element("h3", { testid: `stepper-${key}-name` });
  const fact = element("p", { class: "fact", testid: `stepper-${key}-fact` });
  const boards = element("div", { class: "boards" });
  const caption = element("p", { class: "caption", testid: `stepper-${key}-caption`, "aria-live": "polite" });
  return {
    ...{ name, fact, boards, caption },
    element: element("div", { class: `panel ${key}`, testid: `stepper-${key}` }, name, fact, boards, caption),
  };
}

function fill(boards: HTMLElement, elements: readonly HTMLElement[]): void {
  boards.classList.toggle("several", elements.length > 1);
  boards.classList.toggle("two", elements.length === 2);
  boards.replaceChildren(...elements);
}

function arrow(): HTMLElement {
  return element("span", { class: "arrow", "aria-hidden": "true", text: "" });
}
