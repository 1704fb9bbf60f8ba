import { type GridMark, numberSize } from "../../src/show/lesson-sheet.js";
import type { PanelCell } from "./cells.js";

/**
 * One matrix on the page: a grid of cells of which one takes the keyboard's focus. Elements stay as long as the matrix
 * keeps its size, so that focus and typing survive when all numbers change.
 */
export class GridView {
  readonly element: HTMLElement = document.createElement("div");
  readonly cells: HTMLElement[][] = [];
  readonly #mark: { panel: string; map: number };
  /** The cell that the Tab key reaches. */
  #stop: { y: number; x: number } = { y: 0, x: 0 };

  constructor(mark: GridMark) {
    this.#mark = { panel: mark.panel, map: mark.map };
    const { element } = this;
    element.className = "grid";
    element.setAttribute("role", "grid");
    element.dataset.panel = mark.panel;
    element.dataset.map = String(mark.map);
    element.dataset.copy = String(mark.copy ?? 0);
    mark.rows.forEach((row, y) => {
      const line = document.createElement("div");
      line.setAttribute("role", "row");
      line.className = "row";
      this.cells.push(
        row.map((_, x) => {
          const cell = document.createElement("div");
          cell.setAttribute("role", "gridcell");
          cell.className = "cell";
          cell.dataset.y = String(y);
          cell.dataset.x = String(x);
          cell.tabIndex = -1;
          const number = document.createElement("span");
          cell.append(number);
          line.append(cell);
          return cell;
        }),
      );
      element.append(line);
    });
  }

  /** Whether these cells can show it. */
  fits(mark: GridMark): boolean {
    return this.cells.length === mark.rows.length && this.cells[0].length === mark.rows[0].length;
  }

  draw(mark: GridMark, editing: HTMLElement | undefined): void {
    const { style } = this.element;
    style.left = `${mark.x}px`;
    style.top = `${mark.y}px`;
    style.setProperty("--cell-width", `${mark.cellWidth}px`);
    style.setProperty("--cell-height", `${mark.cellHeight}px`);
    style.setProperty("--number-size", `${numberSize(mark.cellHeight)}px`);
    this.element.setAttribute("aria-label", `${mark.name}, ${mark.rows.length} × ${mark.rows[0].length}`);
    this.element.setAttribute("aria-readonly", String(!mark.editable));
    this.element.classList.toggle("editable", mark.editable);
    mark.rows.forEach((row, y) => {
      row.forEach((text, x) => {
        const cell = this.cells[y][x];
        const tint = mark.tint(y, x);
        const name = `cell ${tint ? `${tint === "quiet" ? "" : "lit "}${tint}` : ""}${text === "0" ? " zero" : ""}`;
        if (cell.className !== name) cell.className = name;
        const number = cell.firstChild as HTMLElement;
        if (cell !== editing && number.textContent !== text) number.textContent = text;
        const words = `${mark.name} ${y}, ${x}: ${text}`;
        if (cell.getAttribute("aria-label") !== words) cell.setAttribute("aria-label", words);
        if (tint !== undefined && tint !== "quiet") cell.setAttribute("aria-selected", "true");
        else cell.removeAttribute("aria-selected");
      });
    });
    this.stopAt(this.#stop.y, this.#stop.x);
  }

  /** Which cell of which matrix an element is. */
  placeOf(cell: HTMLElement): PanelCell {
    return { ...this.#mark, y: Number(cell.dataset.y), x: Number(cell.dataset.x) };
  }

  /** The Tab key comes here from now on. */
  stopAt(y: number, x: number): HTMLElement {
    this.cells[this.#stop.y][this.#stop.x].tabIndex = -1;
    this.#stop = {
      y: Math.max(0, Math.min(y, this.cells.length - 1)),
      x: Math.max(0, Math.min(x, this.cells[0].length - 1)),
    };
    const cell = this.cells[this.#stop.y][this.#stop.x];
    cell.tabIndex = 0;
    return cell;
  }
}
