import { SourceMap } from "node:module";

/** Where something stands in what the user wrote; counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The two steps from a cell to what runs: TypeScript → ES module, ES module → CommonJS. */
export interface Steps {
  readonly first: string;
  readonly second: string;
  /** Lines that were put in front of the source. */
  readonly before: number;
  /** How many lines of what runs are the cell's; what follows is the call that starts it. */
  readonly lines: number;
}

/** From the lines that V8 counts back to the lines that the user wrote; worked out when a trace is shown. */
export class SourceMaps {
  readonly #steps = new Map<string, Steps>();

  add(name: string, steps: Steps): void {
    this.#steps.set(name, steps);
  }

  has(name: string): boolean {
    return this.#steps.has(name);
  }

  /** Whether this place is in no line of the user's. */
  isOutside(name: string, { line }: Place): boolean {
    const steps = this.#steps.get(name);
    return steps !== undefined && line > steps.lines;
  }

  /** @param place counted from 1, in what ran under this name */
  original(name: string, place: Place): Place | undefined {
    const steps = this.#steps.get(name);
    if (!steps) return undefined;
    const middle = find(steps.second, place);
    const first = middle && find(steps.first, middle);
    return first && { line: first.line - steps.before, column: first.column };
  }
}

function find(json: string, { line, column }: Place): Place | undefined {
  const entry = new SourceMap(JSON.parse(json)).findEntry(line - 1, column - 1);
  if (!("originalLine" in entry)) return undefined;
  return { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
}

const inline = /\n?\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/;

/** Takes a source map off the end of compiled code. */
export function takeInlineMap(code: string): { readonly code: string; readonly map: string | undefined } {
  const match = inline.exec(code);
  if (!match) return { code, map: undefined };
  return { code: code.slice(0, match.index), map: Buffer.from(match[1], "base64").toString("utf8") };
}
