/** Draws a line in place of what it drew before; the last time, the line stays. */
export type Draw = (line: string, last: boolean) => void;

interface LiveLine {
  readonly output: number;
  text: string;
}

/**
 * Lines of text that are redrawn in place: `\r` goes back to a line's beginning, in a terminal and in
 * JupyterLab alike. What else is printed meanwhile comes out above the line. Of several lines in one cell the
 * newest is drawn.
 */
export class LiveLines {
  readonly #write: (output: number, text: string) => void;
  #open: LiveLine[] = [];

  /** @param write puts text to the standard output of a cell, as it is */
  constructor(write: (output: number, text: string) => void) {
    this.#write = write;
  }

  open(output: number): Draw {
    const own: LiveLine = { output, text: "" };
    const hidden = this.#drawn(output);
    if (hidden?.text) this.#write(output, erased(hidden.text));
    this.#open.push(own);
    return (line, last) => {
      if (!this.#open.includes(own)) return;
      const before = own.text;
      own.text = line;
      if (last) this.#open = this.#open.filter((other) => other !== own);
      else if (this.#drawn(output) !== own) return;
      const rest = " ".repeat(Math.max(0, before.length - line.length));
      const next = last ? (this.#drawn(output)?.text ?? "") : "";
      this.#write(output, `\r${line}${rest}${last ? `\n${next}` : ""}`);
    };
  }

  /** What is to be written so that `text` stands above the cell's line. */
  around(output: number, text: string): string {
    const line = this.#open.length > 0 && this.#drawn(output);
    if (!line || line.text === "") return text;
    return `${erased(line.text)}${text}${text.endsWith("\n") ? line.text : ""}`;
  }

  /** A cell has ended; its lines stay as they are. */
  close(output: number): void {
    this.#open = this.#open.filter((line) => line.output !== output);
  }

  #drawn(output: number): LiveLine | undefined {
    return this.#open.findLast((line) => line.output === output);
  }
}

function erased(text: string): string {
  return `\r${" ".repeat(text.length)}\r`;
}
