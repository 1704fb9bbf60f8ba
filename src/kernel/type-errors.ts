import type { Diagnostic } from "./tslab.js";

/** A cell that the compiler refused; nothing of it was run. */
export class TypeScriptError extends Error {
  override name = "TypeScriptError";
  readonly diagnostics: readonly Diagnostic[];
  /** The message with the place, the line of the cell and marks under what is wrong. */
  readonly lines: readonly string[];

  /** @param cell what the cell is called, such as `cell[3]` */
  constructor(diagnostics: readonly Diagnostic[], cell: string, source: string) {
    const [{ start, messageText }] = diagnostics;
    super(`${start.line + 1}:${start.character + 1} - ${messageText}`);
    this.diagnostics = diagnostics;
    this.lines = describe(diagnostics, cell, source);
  }
}

function describe(diagnostics: readonly Diagnostic[], cell: string, source: string): string[] {
  const lines: string[] = [];
  let last: Diagnostic | undefined;
  for (const diagnostic of diagnostics) {
    const { start, messageText, code, fileName } = diagnostic;
    if (last && samePlace(last, diagnostic)) {
      // The compiler gives the reasons of an error as further ones at its place.
      lines.push(`  ${messageText}`);
      continue;
    }
    if (last) lines.push(...frame(last, source), "");
    lines.push(
      `${fileName ?? cell}:${start.line + 1}:${start.character + 1} - error TS${code}: ${messageText}`,
    );
    last = diagnostic;
  }
  if (last) lines.push(...frame(last, source));
  return lines;
}

function samePlace(a: Diagnostic, b: Diagnostic): boolean {
  return a.fileName === b.fileName && a.start.offset === b.start.offset && a.end.offset === b.end.offset;
}

/** The line of the cell, and `~` under what is wrong. */
function frame({ start, end, fileName }: Diagnostic, source: string): string[] {
  const line = source.split("\n")[start.line];
  if (fileName || line === undefined) return [];
  const label = `${start.line + 1} `;
  const last = end.line === start.line ? end.character : line.length;
  const marks = "~".repeat(Math.max(1, last - start.character));
  // Tabs stay tabs, so that the marks stand where they belong.
  const indent = line.slice(0, start.character).replace(/[^\t]/g, " ");
  return [`${label}${line}`, `${" ".repeat(label.length)}${indent}${marks}`];
}
