import { shortNumber } from "../../src/show/number.js";
import { element } from "../theme/element.js";
import { colour, pageTheme } from "../theme/theme.js";
import { numberColour, paintCells, paintValues } from "./paint.js";

/** What a board shows: cells in rows and columns. */
export type Shown =
  | {
      readonly kind: "values";
      readonly rows: number;
      readonly columns: number;
      readonly values: Float32Array;
      readonly scale: number;
    }
  | {
      readonly kind: "cells";
      readonly rows: number;
      readonly columns: number;
      readonly on: Uint8Array;
      /** Where lines between a pool's windows are: before rows and columns `from + k · every`. */
      readonly windows?: {
        readonly every: readonly [number, number];
        readonly from: readonly [number, number];
      };
    };

/** Cells that are marked together, as one frame around them. */
export interface Mark {
  readonly places: readonly number[];
  /** What is in focus is drawn stronger than what belongs to it. */
  readonly strong: boolean;
}

/** What happens on a board. */
export interface BoardEvents {
  /** The pointer is over a cell, or over none. */
  readonly hover: (place: number | undefined) => void;
  readonly click: (place: number) => void;
}

/** Cells of at least so many CSS pixels have lines between them; wider ones hold their numbers. */
const [lined, numbered] = [6, 28];

/** No marker gets smaller, in CSS pixels. */
const smallestMark = 14;

/** A picture of cells that can be pointed at: numbers in the cells where they fit. */
export class Board {
  readonly element: HTMLCanvasElement;
  readonly #root: HTMLElement;
  #shown: Shown | undefined;
  #base: HTMLCanvasElement | undefined;
  #marks: readonly Mark[] = [];
  readonly #size: ResizeObserver;

  constructor(root: HTMLElement, testid: string, events: BoardEvents, signal: AbortSignal) {
    this.#root = root;
    this.element = element("canvas", { class: "board", testid, role: "img" });
    this.element.addEventListener("pointermove", (event) => events.hover(this.#placeAt(event)), { signal });
    this.element.addEventListener("pointerleave", () => events.hover(undefined), { signal });
    this.element.addEventListener(
      "click",
      (event) => {
        const place = this.#placeAt(event);
        if (place !== undefined) events.click(place);
      },
      { signal },
    );
    this.#size = new ResizeObserver(() => this.#draw());
    this.#size.observe(this.element);
    signal.addEventListener("abort", () => this.#size.disconnect());
  }

  /** Shows other cells; `label` says in words what they are. */
  show(shown: Shown, label: string): void {
    this.#shown = shown;
    this.#base = undefined;
    this.#marks = [];
    this.element.setAttribute("aria-label", label);
    this.#draw();
  }

  mark(marks: readonly Mark[]): void {
    if (marks.length === 0 && this.#marks.length === 0) return;
    this.#marks = marks;
    this.#draw();
  }

  /** Draws it in the theme that the page has now. */
  repaint(): void {
    this.#base = undefined;
    this.#draw();
  }

  dispose(): void {
    this.#size.disconnect();
    this.element.remove();
  }

  /** Where the cells lie on the canvas, in CSS pixels. */
  #layout(): { cell: number; width: number; height: number } | undefined {
    const { clientWidth, clientHeight } = this.element;
    if (!this.#shown || clientWidth === 0 || clientHeight === 0) return undefined;
    const { rows, columns } = this.#shown;
    const cell = Math.min(clientWidth / columns, clientHeight / rows);
    return { cell, width: cell * columns, height: cell * rows };
  }

  #placeAt(event: MouseEvent): number | undefined {
    const layout = this.#layout();
    if (!layout || !this.#shown) return undefined;
    const box = this.element.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top].map((at) =>
      Math.floor(at / layout.cell),
    );
    const { rows, columns } = this.#shown;
    if (x < 0 || y < 0 || x >= columns || y >= rows) return undefined;
    const place = y * columns + x;
    return this.#shown.kind === "values" && place >= this.#shown.values.length ? undefined : place;
  }

  #draw(): void {
    const layout = this.#layout();
    const shown = this.#shown;
    if (!layout || !shown) return;
    const { element: canvas } = this;
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight].map((side) => Math.round(side * ratio));
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    if (this.#base?.width !== width || this.#base.height !== height)
      this.#base = this.#drawBase(layout, shown, ratio);
    const context = canvas.getContext("2d")!;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    context.drawImage(this.#base, 0, 0);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    for (const mark of this.#marks) this.#drawMark(context, mark, shown, layout);
  }

  /** All but the marks: it stays while the pointer moves. */
  #drawBase(layout: Layout, shown: Shown, ratio: number): HTMLCanvasElement {
    const base = document.createElement("canvas");
    [base.width, base.height] = [this.element.width, this.element.height];
    const context = base.getContext("2d")!;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.imageSmoothingEnabled = false;
    if (shown.kind === "values") this.#drawValues(context, shown, layout);
    else this.#drawCells(context, shown, layout);
    context.strokeStyle = colour(this.#root, "edge");
    context.lineWidth = 1;
    context.strokeRect(0.5, 0.5, layout.width - 1, layout.height - 1);
    return base;
  }

  #drawValues(context: CanvasRenderingContext2D, shown: Shown & { kind: "values" }, layout: Layout): void {
    const { rows, columns, values, scale } = shown;
    const theme = pageTheme();
    context.drawImage(
      paintValues(values, { width: columns, height: rows, scale }, theme),
      0,
      0,
      layout.width,
      layout.height,
    );
    const { cell } = layout;
    if (cell >= lined) lines(context, rows, columns, cell, colour(this.#root, "page"), () => 1);
    if (cell < numbered || values.length > 600) return;
    const words = Array.from(values, shortNumber);
    const family = getComputedStyle(this.#root).fontFamily;
    let size = Math.min(15, Math.floor(cell * 0.36));
    const widest = (): number => Math.max(...words.map((word) => context.measureText(word).width));
    for (; size >= 9; size--) {
      context.font = `${size}px ${family}`;
      if (widest() <= cell - 4) break;
    }
    if (size < 9) return;
    context.textAlign = "center";
    context.textBaseline = "middle";
    words.forEach((word, i) => {
      context.fillStyle = numberColour(values[i], scale, theme);
      const [y, x] = [Math.floor(i / columns), i % columns];
      context.fillText(word, (x + 0.5) * cell, (y + 0.52) * cell);
    });
  }

  #drawCells(context: CanvasRenderingContext2D, shown: Shown & { kind: "cells" }, layout: Layout): void {
    const { rows, columns, on, windows } = shown;
    const { cell, width, height } = layout;
    const text = colour(this.#root, "text");
    context.fillStyle = colour(this.#root, "panel");
    context.fillRect(0, 0, width, height);
    if (cell < lined) {
      context.drawImage(paintCells(on, { width: columns, height: rows }, text), 0, 0, width, height);
    } else {
      lines(context, rows, columns, cell, colour(this.#root, "hairline"), () => 1);
      context.fillStyle = text;
      on.forEach((one, i) => {
        if (!one) return;
        const [y, x] = [Math.floor(i / columns), i % columns];
        context.beginPath();
        context.roundRect(
          (x + 0.18) * cell,
          (y + 0.18) * cell,
          cell * 0.64,
          cell * 0.64,
          Math.min(3, cell / 6),
        );
        context.fill();
      });
    }
    if (!windows || cell * Math.min(...windows.every) < 5) return;
    const { every, from } = windows;
    lines(context, rows, columns, cell, colour(this.#root, "edge"), (axis, at) =>
      (at - from[axis]) % every[axis] === 0 ? 1.5 : 0,
    );
  }

  #drawMark(context: CanvasRenderingContext2D, { places, strong }: Mark, shown: Shown, layout: Layout): void {
    const { columns } = shown;
    const rows = places.map((place) => Math.floor(place / columns));
    const across = places.map((place) => place % columns);
    const [top, left] = [Math.min(...rows), Math.min(...across)];
    const [bottom, right] = [Math.max(...rows) + 1, Math.max(...across) + 1];
    const { cell } = layout;
    const grow = (from: number, to: number, end: number): [number, number] => {
      const least = Math.max(0, (smallestMark - (to - from)) / 2);
      return [Math.max(0, from - least), Math.min(end, to + least)];
    };
    const [y0, y1] = grow(top * cell, bottom * cell, layout.height);
    const [x0, x1] = grow(left * cell, right * cell, layout.width);
    const inset = strong ? 2.5 : 1.5;
    const frame = (stroke: string, line: number): void => {
      context.strokeStyle = stroke;
      context.lineWidth = line;
      context.strokeRect(x0 + inset, y0 + inset, x1 - x0 - 2 * inset, y1 - y0 - 2 * inset);
    };
    frame(colour(this.#root, "page"), strong ? 7 : 5);
    frame(colour(this.#root, "brand"), strong ? 3 : 2);
    // Of cells that do not touch, such as equal maxima, each one is told.
    if (places.length === (bottom - top) * (right - left) || places.length > 64) return;
    context.fillStyle = colour(this.#root, "brand");
    for (const place of places) {
      const [y, x] = [Math.floor(place / columns), place % columns];
      const side = Math.max(3, Math.min(8, cell / 3));
      context.fillRect((x + 0.5) * cell - side / 2, (y + 0.5) * cell - side / 2, side, side);
    }
  }
}

interface Layout {
  readonly cell: number;
  readonly width: number;
  readonly height: number;
}

/** Lines between cells, as wide as is said; 0 for none. */
function lines(
  context: CanvasRenderingContext2D,
  rows: number,
  columns: number,
  cell: number,
  stroke: string,
  wide: (axis: 0 | 1, at: number) => number,
): void {
  context.strokeStyle = stroke;
  const line = (axis: 0 | 1, at: number): void => {
    const width = wide(axis, at);
    if (width === 0) return;
    context.lineWidth = width;
    context.beginPath();
    if (axis === 0) {
      context.moveTo(0, at * cell);
      context.lineTo(columns * cell, at * cell);
    } else {
      context.moveTo(at * cell, 0);
      context.lineTo(at * cell, rows * cell);
    }
    context.stroke();
  };
  for (let at = 1; at < rows; at++) line(0, at);
  for (let at = 1; at < columns; at++) line(1, at);
}
