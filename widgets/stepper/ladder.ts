import type { Row, Thumb } from "../../src/show/step-through-state.js";
import { element } from "../theme/element.js";
import { colour, pageTheme } from "../theme/theme.js";
import { type Lanes, layLanes } from "./lanes.js";
import { paintPixels, paintValues } from "./paint.js";
import type { Overview } from "./session.js";

/** In CSS pixels: of a row at most and at least, and between two lanes. */
const [tallest, lowest, lane] = [32, 24, 9];

/** Rows share so many CSS pixels where they can; more of them are scrolled. */
const height = 14 * tallest;

/** Of a thumb's canvas, in its own pixels. */
const frame = 64;

const svg = "http://www.w3.org/2000/svg";

/** One side of Figure 1: a row a layer, with the line that leads from row to row, and its branches. */
export class Ladder {
  readonly element: HTMLElement;
  readonly #root: HTMLElement;
  readonly #side: "down" | "up";
  readonly #list: HTMLElement;
  readonly #go: (step: number) => void;
  #overview: Overview | undefined;
  #lanes: Lanes | undefined;
  #rows: HTMLButtonElement[] = [];
  #current = -1;

  constructor(root: HTMLElement, side: "down" | "up", go: (step: number) => void) {
    this.#root = root;
    this.#side = side;
    this.#go = go;
    this.#list = element("div", {
      class: "rows",
      role: "group",
      "aria-label": side === "down" ? "Way down" : "Way up",
    });
    this.element = element(
      "div",
      { class: `ladder ${side}`, testid: `stepper-${side}` },
      element(
        "p",
        { class: "head" },
        element("strong", { text: side === "down" ? "Down" : "Up" }),
        element("span", { class: "fact", text: side === "down" ? "signal" : "maps" }),
      ),
      this.#list,
    );
  }

  /** The row of the current stage, where it is drawn. */
  get current(): HTMLElement | undefined {
    return this.#rows[this.#current];
  }

  /** Where the rows are scrolled. */
  get scroller(): HTMLElement {
    return this.#list;
  }

  show(overview: Overview): void {
    this.#overview = overview;
    const { rows } = overview.outline;
    this.#lanes = layLanes(rows.map(({ below }) => below));
    this.#current = -1;
    const tall = Math.max(lowest, Math.min(tallest, Math.floor(height / rows.length)));
    this.#list.style.setProperty("--row", `${tall}px`);
    this.#list.style.setProperty("--lanes", `${6 + this.#lanes.count * lane}px`);
    this.#rows = rows.map((row, i) => this.#row(row, i));
    this.#list.replaceChildren(...this.#rows);
    this.repaint();
  }

  /** Marks the row of the current stage; those that the signal has not reached stand back. */
  mark(row: number): void {
    if (row === this.#current) return;
    this.#current = row;
    this.#rows.forEach((one, i) => {
      one.classList.toggle("here", i === row);
      one.classList.toggle("ahead", this.#side === "down" && i > row);
      if (i === row) one.setAttribute("aria-current", "step");
      else one.removeAttribute("aria-current");
    });
    const here = this.current;
    if (!here) return;
    // Only the list itself is scrolled, never the notebook.
    const { offsetTop, offsetHeight } = here;
    const { scrollTop, clientHeight } = this.#list;
    if (offsetTop < scrollTop || offsetTop + offsetHeight > scrollTop + clientHeight)
      this.#list.scrollTop = offsetTop - clientHeight / 2;
  }

  /** Draws thumbs and lines in the colours that the page has now. */
  repaint(): void {
    if (!this.#overview || !this.#lanes) return;
    const { rows } = this.#overview.outline;
    this.#rows.forEach((button, i) => {
      const thumb = this.#side === "down" ? rows[i].down : rows[i].up;
      button.querySelector("canvas")?.replaceWith(this.#thumb(thumb));
    });
    this.#list.querySelector("svg")?.remove();
    this.#list.prepend(this.#lines(this.#lanes, rows.length));
  }

  #row(row: Row, i: number): HTMLButtonElement {
    const name = this.#side === "up" && i === this.#last ? "image" : row.name;
    const button = element(
      "button",
      {
        class: "row",
        type: "button",
        testid: `stepper-${this.#side}-row`,
        "data-layer": row.name,
        title: name,
      },
      document.createElement("canvas"),
      element("span", { class: "name", text: name }),
    );
    const first = row.stages[0] ?? (this.#overview?.outline.stages.length ?? 1) - 1;
    button.addEventListener("click", () => this.#go(first));
    return button;
  }

  get #last(): number {
    return (this.#overview?.outline.rows.length ?? 0) - 1;
  }

  /** A small picture in the frame that all of them share: what the seed sees. */
  #thumb({ kind, width, height, buffer, scale, place }: Thumb): HTMLCanvasElement {
    const { buffer: bytes } = this.#overview!.buffers[buffer];
    const picture =
      kind === "values"
        ? paintValues(new Float32Array(bytes as ArrayBuffer), { width, height, scale }, pageTheme())
        : paintPixels(new Uint8Array(bytes as ArrayBuffer), width, height);
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [frame, frame];
    const context = canvas.getContext("2d")!;
    context.fillStyle = colour(this.#root, "map-zero");
    context.fillRect(0, 0, frame, frame);
    context.imageSmoothingEnabled = kind === "pixels";
    // However small its part of the frame, a cell is seen.
    const [across, down] = [Math.max(place.width * frame, 4), Math.max(place.height * frame, 4)];
    const [x, y] = [
      (place.x + place.width / 2) * frame - across / 2,
      (place.y + place.height / 2) * frame - down / 2,
    ];
    context.drawImage(picture, x, y, across, down);
    return canvas;
  }

  /** The line from row to row: straight down, or from lane to lane where branches part and meet. */
  #lines({ rows, ways, count }: Lanes, length: number): SVGSVGElement {
    const tall = Math.max(lowest, Math.min(tallest, Math.floor(height / length)));
    const width = 6 + count * lane;
    const at = (one: number): number => (this.#side === "down" ? 6 + one * lane : width - 6 - one * lane);
    const middle = (row: number): number => (row + 0.5) * tall;
    const graph = document.createElementNS(svg, "svg");
    graph.setAttribute("class", "lines");
    graph.setAttribute("width", String(width));
    graph.setAttribute("height", String(length * tall));
    graph.setAttribute("aria-hidden", "true");
    const stroke = colour(this.#root, "second-text");
    const path = (d: string, fill: string): void => {
      const line = document.createElementNS(svg, "path");
      line.setAttribute("d", d);
      line.setAttribute("fill", fill);
      line.setAttribute("stroke", stroke);
      line.setAttribute("stroke-width", "1.5");
      graph.append(line);
    };
    const straight = count === 1;
    if (straight) {
      // One line with its point: no knots where nothing parts.
      const x = at(0);
      const [top, bottom] = [4, length * tall - 4];
      path(`M${x} ${top}V${bottom}`, "none");
      const [tip, back] = this.#side === "down" ? [bottom, bottom - 7] : [top, top + 7];
      path(`M${x - 4} ${back}L${x} ${tip}L${x + 4} ${back}`, "none");
      return graph;
    }
    for (const { from, to, lane: between } of ways) {
      const [x0, x1, x2] = [at(from.lane), at(between), at(to.lane)];
      const [y0, y2] = [middle(from.row), middle(to.row)];
      const bend = tall / 2;
      const start = x0 === x1 ? `M${x0} ${y0}` : `M${x0} ${y0}Q${x1} ${y0} ${x1} ${y0 + bend}`;
      const end = x1 === x2 ? `V${y2}` : `V${y2 - bend}Q${x1} ${y2} ${x2} ${y2}`;
      path(`${start}${end}`, "none");
    }
    rows.forEach((one, row) => {
      const [x, y] = [at(one), middle(row)];
      path(`M${x - 3} ${y}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0`, stroke);
    });
    return graph;
  }
}
