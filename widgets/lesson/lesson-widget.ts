import type { AnyModel, AnyWidget } from "@anywidget/types";
import type { LessonModel } from "../../src/lessons/model.js";
import type { Sheet, SheetSpace } from "../../src/show/lesson-sheet.js";
import type { LessonWidgetState } from "../../src/show/lesson-state.js";
import { Channel, goneWords, quietWords, Superseded } from "../requests/channel.js";
import { makeRoot } from "../theme/root.js";
import { CellEditor, isNumber, toNumber } from "./cell-editor.js";
import type { PanelCell } from "./cells.js";
import { type Control, Controls } from "./controls.js";
import { keysOf } from "./keys.js";
import { measureOnPage } from "./measure.js";
import { SheetView } from "./sheet-view.js";
import "./lesson.css";

/** What tells one lesson's widget from another's. Nothing in it computes a number: models come from the kernel. */
export interface LessonDefinition<Model extends LessonModel, Choice> {
  /** As the widget's folder, such as `lesson-convolution`. */
  readonly name: string;
  /** What is looked at before anything was pointed at. */
  readonly first: Choice;
  readonly sheet: (model: Model, choice: Choice, space: SheetSpace) => Sheet;
  /** What is looked at when a cell is pointed at or has the focus. */
  readonly point: (model: Model, choice: Choice, cell: PanelCell) => Choice;
  /** What an arrow key does while no cell has the focus. */
  readonly move: (model: Model, choice: Choice, down: number, across: number) => Choice;
  readonly controls: (model: Model) => readonly Control[];
  /** Names on the sheet that can be pressed: which one is, and what a press does. */
  readonly tabs?: {
    readonly pressed: (choice: Choice) => string | undefined;
    readonly press: (model: Model, choice: Choice, tab: string) => Choice;
  };
  /** Keys of this lesson alone, and words for them. */
  readonly keys?: (model: Model) => readonly { readonly keys: readonly string[]; readonly words: string }[];
}

/** Milliseconds after which numbers that still wait for the kernel are shown as such. */
const soon = 300;

/** A widget for one lesson: made anew for each model of a page. */
export function lessonWidget<Model extends LessonModel, Choice>(
  definition: LessonDefinition<Model, Choice>,
): () => Promise<AnyWidget<LessonWidgetState<Model>>> {
  return async () => {
    let channel: Channel;
    return {
      initialize({ model }) {
        channel = new Channel(model as unknown as AnyModel);
        return () => channel.close();
      },
      render({ model, el, signal }) {
        show(definition, model, el, channel, signal);
      },
    };
  };
}

function show<Model extends LessonModel, Choice>(
  definition: LessonDefinition<Model, Choice>,
  model: AnyModel<LessonWidgetState<Model>>,
  el: HTMLElement,
  channel: Channel,
  signal: AbortSignal,
): void {
  let lesson: Model = model.get("lesson");
  let chosen = definition.first;
  let hovered: Choice | undefined;
  let size: SheetSpace = { width: 0, measure: () => 0 };

  const root = makeRoot(el, definition.name, lesson.title, channel, signal, {
    gone: lesson.labels.gone ?? goneWords,
    quiet: lesson.labels.quiet ?? quietWords,
  });
  root.element.classList.add("lesson");
  const title = document.createElement("h2");
  const controls = new Controls((change) => void ask("change", change));
  const fresh = document.createElement("button");
  fresh.type = "button";
  fresh.className = "button";
  fresh.dataset.testid = "new-numbers";
  fresh.addEventListener("click", () => void ask("new numbers", {}));
  const header = document.createElement("header");
  header.append(title, fresh, controls.element);

  const sheet = new SheetView((tab) => {
    if (definition.tabs) choose(definition.tabs.press(lesson, chosen, tab));
  });
  const scroller = document.createElement("div");
  scroller.className = "scroller";
  scroller.append(sheet.element);
  const sentence = document.createElement("p");
  sentence.className = "sentence";
  sentence.dataset.testid = "sentence";
  const footer = document.createElement("footer");
  root.element.prepend(header);
  root.element.append(scroller, sentence, footer);

  const editor = new CellEditor(
    (cell, text) => void ask("edit", { ...cell, value: isNumber(text) ? toNumber(text) : text }),
    () => draw(),
  );

  let waiting = 0;
  async function ask(topic: string, body: object): Promise<void> {
    waiting++;
    const timer = setTimeout(() => root.element.classList.add("waiting"), soon);
    try {
      // One lane: a newer number or setting takes the place of an answer that is still awaited.
      await channel.ask(topic, body as Readonly<Record<string, unknown>>, { lane: "lesson" });
      root.complain(undefined);
    } catch (error) {
      if (!(error instanceof Superseded)) root.complain((error as Error).message);
    } finally {
      clearTimeout(timer);
      if (--waiting === 0) root.element.classList.remove("waiting");
    }
  }

  function choose(choice: Choice): void {
    chosen = choice;
    hovered = undefined;
    draw();
  }

  function draw(): void {
    if (size.width <= 0) return;
    const choice = hovered ?? chosen;
    sheet.draw(definition.sheet(lesson, choice, size), definition.tabs?.pressed(chosen), editor.element);
  }

  function drawAll(): void {
    title.textContent = lesson.title;
    fresh.textContent = lesson.labels.newNumbers ?? "";
    controls.draw(definition.controls(lesson));
    sentence.textContent = lesson.sentence;
    footer.replaceChildren(...keysOf(lesson.labels, definition.keys?.(lesson) ?? []));
    draw();
  }

  const cellAt = (target: EventTarget | null): { element: HTMLElement; cell: PanelCell } | undefined => {
    const element = target instanceof Element ? target.closest<HTMLElement>(".cell") : null;
    const cell = element ? sheet.gridOf(element)?.placeOf(element) : undefined;
    return element && cell ? { element, cell } : undefined;
  };
  const editable = (element: HTMLElement): boolean => element.closest(".editable") !== null;

  sheet.element.addEventListener("pointerover", (event) => {
    const at = cellAt(event.target);
    hovered = at ? definition.point(lesson, chosen, at.cell) : undefined;
    draw();
  });
  sheet.element.addEventListener("pointerleave", () => {
    hovered = undefined;
    draw();
  });
  sheet.element.addEventListener("focusin", (event) => {
    const at = cellAt(event.target);
    if (!at) return;
    sheet.gridOf(at.element)?.stopAt(at.cell.y, at.cell.x);
    choose(definition.point(lesson, chosen, at.cell));
  });
  sheet.element.addEventListener("click", (event) => {
    const at = cellAt(event.target);
    // A second click on the same number types into it.
    if (at && event.detail >= 2 && editable(at.element)) editor.open(at.element, at.cell);
  });

  root.element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const arrow = arrows[event.key];
    const target = event.target as HTMLElement;
    if (target.closest("input, button")) return;
    const at = cellAt(target);
    if (at) {
      const grid = sheet.gridOf(at.element);
      if (!grid) return;
      if (arrow) grid.stopAt(at.cell.y + arrow[0], at.cell.x + arrow[1]).focus();
      else if (event.key === "Home") grid.stopAt(at.cell.y, 0).focus();
      else if (event.key === "End") grid.stopAt(at.cell.y, Number.POSITIVE_INFINITY).focus();
      else if (editable(at.element) && (event.key === "Enter" || event.key === "F2"))
        editor.open(at.element, at.cell);
      else if (editable(at.element) && /^[-−.\d]$/.test(event.key))
        editor.open(at.element, at.cell, event.key.replace("-", "−"));
      else if (!tabKey(event.key)) return;
    } else if (arrow && target === root.element) choose(definition.move(lesson, chosen, arrow[0], arrow[1]));
    else if (!tabKey(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  });

  function tabKey(key: string): boolean {
    if (!definition.tabs || !/^[a-z]$/i.test(key)) return false;
    const next = definition.tabs.press(lesson, chosen, key.toUpperCase());
    if (next === chosen) return false;
    choose(next);
    return true;
  }

  const changed = (): void => {
    lesson = model.get("lesson");
    drawAll();
  };
  model.on("change:lesson", changed);
  signal.addEventListener("abort", () => model.off("change:lesson", changed));

  const observer = new ResizeObserver(() => {
    // Without the room that frames at the edges need.
    const width = Math.floor(scroller.clientWidth) - 8;
    if (width === size.width) return;
    size = { width, measure: measureOnPage(root.element) };
    draw();
  });
  observer.observe(scroller);
  signal.addEventListener("abort", () => observer.disconnect());
  drawAll();
}

const arrows: Readonly<Record<string, readonly [down: number, across: number] | undefined>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
