import { type PanelCell, sameCell } from "./cells.js";

/** A number that is being typed into its own cell. Every key that makes another number of it is told at once. */
export class CellEditor {
  readonly #changed: (cell: PanelCell, text: string) => void;
  readonly #ended: () => void;
  #open: { element: HTMLElement; input: HTMLInputElement; cell: PanelCell; before: string } | undefined;

  constructor(changed: (cell: PanelCell, text: string) => void, ended: () => void) {
    this.#changed = changed;
    this.#ended = ended;
  }

  /** The cell that is typed into. */
  get element(): HTMLElement | undefined {
    return this.#open?.element;
  }

  /**
   * Opens a cell.
   *
   * @param first what was typed to open it, in place of its number
   */
  open(element: HTMLElement, cell: PanelCell, first?: string): void {
    if (sameCell(this.#open?.cell, cell)) return;
    this.close();
    const before = element.textContent ?? "";
    const input = document.createElement("input");
    input.type = "text";
    input.inputMode = "decimal";
    input.autocomplete = "off";
    input.maxLength = 12;
    input.value = first ?? before;
    input.setAttribute("aria-label", element.getAttribute("aria-label") ?? "");
    element.append(input);
    element.classList.add("editing");
    this.#open = { element, input, cell, before };
    input.addEventListener("input", () => this.#tell(input.value));
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => this.close());
    input.focus({ preventScroll: true });
    if (first === undefined) input.select();
    else this.#tell(first);
  }

  /** Ends typing; what is no number yet gives way to the number before. */
  close(): void {
    const open = this.#open;
    if (!open) return;
    this.#open = undefined;
    if (!isNumber(open.input.value)) this.#changed(open.cell, open.before);
    open.input.remove();
    open.element.classList.remove("editing");
    this.#ended();
  }

  #key(event: KeyboardEvent): void {
    const open = this.#open;
    if (!open) return;
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (step !== undefined) {
      const value = isNumber(open.input.value) ? toNumber(open.input.value) : toNumber(open.before);
      // Rounded, so that 0.1 + 1 is written 1.1.
      open.input.value = String(Math.round((value + step) * 1e4) / 1e4).replace("-", "−");
      this.#tell(open.input.value);
    } else if (event.key === "Enter") {
      const { input, element, cell } = open;
      // What is no number yet is refused in words, and typed on.
      if (!isNumber(input.value)) this.#changed(cell, input.value);
      else {
        this.close();
        element.focus({ preventScroll: true });
      }
    } else if (event.key === "Escape") {
      open.input.value = open.before;
      this.#changed(open.cell, open.before);
      this.close();
      open.element.focus({ preventScroll: true });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #tell(text: string): void {
    const open = this.#open;
    // A sign or a point alone is on its way to a number.
    if (open && !/^\s*[-−+]?[.,]?\s*$/.test(text)) this.#changed(open.cell, text);
  }
}

/** What was typed, as a number: with a true minus sign or a hyphen, with a point or a comma. */
export function toNumber(text: string): number {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  return plain === "" ? Number.NaN : Number(plain);
}

export function isNumber(text: string): boolean {
  return Number.isFinite(toNumber(text));
}
