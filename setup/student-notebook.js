/** A notebook without its solutions: as nbgrader's ClearSolutions makes one with `notebooks/lessons/nbgrader_config.py`. */
import { SetupError } from "./setup-error.js";

/**
 * @typedef {object} Cell
 * @property {string} cell_type
 * @property {string | string[]} source
 * @property {{ nbgrader?: { solution?: boolean, grade_id?: string } }} metadata
 * @property {unknown[]} [outputs]
 * @property {number | null} [execution_count]
 */

/** @typedef {{ cells: Cell[] }} Notebook */

/** What stands in a solution's place. TypeScript takes a function that only throws for one of any type. */
export const stub = ["// your code here / 在这里写代码", 'throw new Error("not written yet / 还没有写");'];

/**
 * @param {Notebook} notebook
 * @param {string} name of its file, for an error
 * @returns {Notebook} another one; nbgrader's metadata are the same
 * @throws {SetupError} for a solution that does not end, or stands in a cell that is not marked as one
 */
export function studentNotebook(notebook, name) {
  const solutions = notebook.cells.filter((cell) => cell.metadata.nbgrader?.solution);
  const theirs = solutions.flatMap((cell) =>
    [...sourceOf(cell).matchAll(/^(?:async )?function (\w+)/gm)].map(([, word]) => word),
  );
  // Not `lesson.switches(`, nor `{ seed: 2 }`: the name by itself, called or handed on.
  const calls = theirs.length > 0 ? new RegExp(`(?<![.\\w"])(?:${theirs.join("|")})\\s*[()]`) : /(?!)/;
  const cells = notebook.cells.map((cell) => {
    if (cell.cell_type !== "code") return cell;
    const before = sourceOf(cell);
    const source = withoutSolution(before, `${name}, cell ${cell.metadata.nbgrader?.grade_id ?? ""}`);
    const marked = cell.metadata.nbgrader?.solution ?? false;
    if (marked !== (source !== before)) {
      throw new SetupError(
        marked
          ? `${name}: the cell ${cell.metadata.nbgrader?.grade_id} is a solution without // BEGIN SOLUTION`
          : `${name}: a solution stands in a cell that nbgrader's metadata don't mark as one`,
      );
    }
    // A result that the teacher's solution made is half an answer.
    if (!marked && !calls.test(source)) return cell;
    return { ...cell, source: source.split(/(?<=\n)/), outputs: [], execution_count: null };
  });
  return { ...notebook, cells };
}

/** @param {Cell} cell */
function sourceOf({ source }) {
  return typeof source === "string" ? source : source.join("");
}

/** @param {string} source @param {string} where */
function withoutSolution(source, where) {
  /** @type {string[]} */
  const kept = [];
  let inside = false;
  for (const line of source.split("\n")) {
    if (line.includes("BEGIN SOLUTION")) {
      if (inside) throw new SetupError(`${where}: // BEGIN SOLUTION stands within a solution`);
      inside = true;
      const indent = /^\s*/.exec(line)?.[0] ?? "";
      kept.push(...stub.map((text) => indent + text));
    } else if (line.includes("END SOLUTION")) {
      inside = false;
    } else if (!inside) {
      kept.push(line);
    }
  }
  if (inside) throw new SetupError(`${where}: // END SOLUTION is missing`);
  return kept.join("\n");
}
