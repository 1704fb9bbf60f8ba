import { arrowPaths } from "../../src/show/lesson-arrow.js";
import {
  type FrameMark,
  type GridMark,
  type PathMark,
  type Sheet,
  type TabMark,
  type WordsMark,
  wordSizes,
} from "../../src/show/lesson-sheet.js";
import { GridView } from "./grid-view.js";

const svgNames = "http://www.w3.org/2000/svg";

/** Draws a lesson's sheet: matrices and words as elements that can be read out, lines below and frames above them. */
export class SheetView {
  readonly element: HTMLElement = document.createElement("div");
  readonly #lines: SVGSVGElement = layer("lines");
  readonly #frames: SVGSVGElement = layer("frames");
  readonly #grids = new Map<string, GridView>();
  readonly #words: HTMLElement[] = [];
  readonly #tabs = new Map<string, HTMLButtonElement>();
  readonly #press: (tab: string) => void;

  /** @param press called when a name on the sheet is pressed, such as a window's letter */
  constructor(press: (tab: string) => void) {
    this.#press = press;
    this.element.className = "sheet";
    this.element.append(this.#lines, this.#frames);
  }

  /** @param editing the cell that is being typed into: it keeps what is typed */
  draw(sheet: Sheet, pressed: string | undefined, editing: HTMLElement | undefined): void {
    this.element.style.width = `${sheet.width}px`;
    this.element.style.height = `${sheet.height}px`;
    for (const svg of [this.#lines, this.#frames]) {
      svg.setAttribute("width", String(sheet.width));
      svg.setAttribute("height", String(sheet.height));
    }
    this.#drawGrids(
      sheet.marks.filter((mark) => mark.kind === "grid"),
      editing,
    );
    this.#drawWords(sheet.marks.filter((mark) => mark.kind === "words"));
    this.#drawTabs(
      sheet.marks.filter((mark) => mark.kind === "tab"),
      pressed,
    );
    const paths = sheet.marks.filter((mark) => mark.kind === "path");
    // Curves end inside matrices, and so lie above them.
    this.#lines.replaceChildren(...paths.filter((mark) => !mark.curved).flatMap(pathElements));
    this.#frames.replaceChildren(
      ...sheet.marks.flatMap((mark) => (mark.kind === "frame" ? [frameElement(mark)] : [])),
      ...paths.filter((mark) => mark.curved).flatMap(pathElements),
    );
  }

  /** The matrix that an element belongs to. */
  gridOf(cell: HTMLElement): GridView | undefined {
    const grid = cell.closest<HTMLElement>(".grid");
    return grid
      ? this.#grids.get(`${grid.dataset.panel} ${grid.dataset.map} ${grid.dataset.copy}`)
      : undefined;
  }

  #drawGrids(marks: readonly GridMark[], editing: HTMLElement | undefined): void {
    const left = new Set(this.#grids.keys());
    const focused = document.activeElement;
    let before: Element = this.#lines;
    for (const mark of marks) {
      const key = `${mark.panel} ${mark.map} ${mark.copy ?? 0}`;
      left.delete(key);
      const old = this.#grids.get(key);
      let view = old;
      if (!view?.fits(mark)) {
        view = new GridView(mark);
        this.#grids.set(key, view);
        if (old) {
          const place =
            old.element.contains(focused) && focused instanceof HTMLElement
              ? old.placeOf(focused)
              : undefined;
          old.element.replaceWith(view.element);
          if (place) view.stopAt(place.y, place.x).focus({ preventScroll: true });
        }
      }
      // Tab goes through the matrices in the order of the sheet.
      if (view.element.previousElementSibling !== before) before.after(view.element);
      before = view.element;
      view.draw(mark, editing);
    }
    for (const key of left) {
      this.#grids.get(key)?.element.remove();
      this.#grids.delete(key);
    }
  }

  #drawWords(marks: readonly WordsMark[]): void {
    while (this.#words.length > marks.length) this.#words.pop()?.remove();
    marks.forEach((mark, i) => {
      let element = this.#words[i];
      if (!element) {
        element = document.createElement("p");
        this.#words.push(element);
        this.element.append(element);
      }
      const [size, line] = wordSizes[mark.size];
      element.className = `words ${mark.anchor}`;
      element.style.font = `inherit`;
      element.style.fontSize = `${size}px`;
      element.style.lineHeight = `${line}px`;
      element.style.left = `${mark.x}px`;
      element.style.top = `${mark.y}px`;
      const lines = mark.lines.flatMap((parts, number) => [
        ...(number > 0 ? [document.createTextNode("\n")] : []),
        ...parts.map((part) => {
          const span = document.createElement("span");
          span.textContent = part.text;
          if (part.bold) span.classList.add("bold");
          if (part.colour) span.classList.add(part.colour === "second" ? "fact" : part.colour);
          return span;
        }),
      ]);
      element.replaceChildren(...lines);
    });
  }

  #drawTabs(marks: readonly TabMark[], pressed: string | undefined): void {
    const left = new Set(this.#tabs.keys());
    for (const mark of marks) {
      const key = mark.text;
      left.delete(key);
      let button = this.#tabs.get(key);
      if (!button) {
        button = document.createElement("button");
        button.type = "button";
        button.dataset.tab = key;
        button.addEventListener("click", () => this.#press(key));
        this.#tabs.set(key, button);
        this.element.append(button);
      }
      button.className = `tab ${mark.series}`;
      button.textContent = mark.text;
      button.setAttribute("aria-pressed", String(pressed === mark.series));
      button.style.left = `${mark.x}px`;
      button.style.top = `${mark.y}px`;
    }
    for (const key of left) {
      this.#tabs.get(key)?.remove();
      this.#tabs.delete(key);
    }
  }
}

function layer(name: string): SVGSVGElement {
  const svg = document.createElementNS(svgNames, "svg");
  svg.setAttribute("class", name);
  svg.setAttribute("aria-hidden", "true");
  return svg;
}

function pathElements(mark: PathMark): SVGElement[] {
  const { look, series, points } = mark;
  const name = `${look} ${series}`;
  if (look === "cells") {
    const d = points.map(([x, y], i) => `${i % 2 ? "L" : "M"}${x} ${y}`).join("");
    return [path(d, name)];
  }
  if (look === "tie" || look === "hairline") {
    return [path(points.map(([x, y], i) => `${i ? "L" : "M"}${x} ${y}`).join(""), name)];
  }
  const drawn = arrowPaths(
    points[0],
    points[points.length - 1],
    mark.curved ?? false,
    series === "plain" ? 9 : 11,
  );
  return [path(drawn.path, name), path(drawn.head, `head ${name}`)];
}

function path(d: string, name: string): SVGElement {
  const element = document.createElementNS(svgNames, "path");
  element.setAttribute("d", d);
  element.setAttribute("class", name);
  return element;
}

function frameElement({ x, y, width, height, series }: FrameMark): SVGElement {
  const element = document.createElementNS(svgNames, "rect");
  for (const [name, value] of Object.entries({ x, y, width, height, rx: 2 }))
    element.setAttribute(name, String(value));
  element.setAttribute("class", series);
  return element;
}
