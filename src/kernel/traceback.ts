import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import type { SourceMaps } from "./source-maps.js";
import { tslabFolder } from "./tslab.js";
import { TypeScriptError } from "./type-errors.js";

/** What an error message of the protocol says. */
export interface ErrorContent {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** Deep enough that the user's own calls are seen above those of libraries. */
export const stackTraceLimit = 30;

const ownFolder = dirname(fileURLToPath(import.meta.url));

/** Frames of Node, the kernel and tslab tell the user nothing. */
const inner = new RegExp(
  `^\\s*at (?:.*[(\\s])?(?:node:|evalmachine\\.<anonymous>|(?:file://)?(?:${escaped(ownFolder)}|${escaped(tslabFolder)})[\\\\/])`,
);

const frame = /(\/[^\s()]+\.js|(?:cell|unstored|expression)\[\d+\]):(\d+):(\d+)/g;

/** The line that Node puts in front of a stack, from what ran: it is not what the user wrote. */
const ranLine = /^(?:cell|unstored|expression)\[\d+\]:\d+\n.*\n *\^+\n+/;

/** What was thrown, with the lines of the cell in place of the lines that ran. */
export function describeError(thrown: unknown, maps: SourceMaps): ErrorContent {
  if (thrown instanceof TypeScriptError) {
    return { ename: thrown.name, evalue: thrown.message, traceback: thrown.lines };
  }
  if (!(thrown instanceof Error)) {
    const value = shown(thrown);
    return { ename: "Thrown", evalue: value, traceback: [`Uncaught ${value}`] };
  }
  const ename = String(thrown.name || "Error");
  return { ename, evalue: String(thrown.message), traceback: lines(shown(thrown), maps) };
}

/** Its stack, its causes and its own fields, as Node shows them; a value that can't even be shown is named. */
function shown(thrown: unknown): string {
  try {
    return inspect(thrown, { depth: 2, maxArrayLength: 20, maxStringLength: 2000 });
  } catch (error) {
    return `a value that can't be shown (${(error as Error)?.message})`;
  }
}

function lines(text: string, maps: SourceMaps): string[] {
  const kept: string[] = [];
  for (const line of text.replace(ranLine, "").split("\n")) {
    if (inner.test(line)) continue;
    let outside = false;
    const mapped = line.replace(frame, (whole, name: string, row: string, column: string) => {
      const ran = { line: Number(row), column: Number(column) };
      outside ||= maps.isOutside(name, ran);
      const place = maps.original(name, ran);
      return place ? `${name.replace(/\.js$/, ".ts")}:${place.line}:${place.column}` : whole;
    });
    if (!outside) kept.push(mapped);
  }
  return kept;
}

function escaped(path: string): string {
  return path.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
