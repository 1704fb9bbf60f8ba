/** Turns a student's TypeScript into a function, as a notebook's cell does. */
import ts from "typescript";
import type { Wrong } from "./wrong-answers.js";

export type Student = (...args: readonly unknown[]) => unknown;

/** The function that a source declares; `right` is the right answer, for answers that spoil it afterwards. */
export function compiled(source: string, name: string, right?: Student): Student {
  const { outputText } = ts.transpileModule(source, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const transpose = (rows: readonly (readonly unknown[])[]): unknown[][] =>
    rows[0].map((_, x) => rows.map((row) => row[x]));
  return new Function("right", "transpose", `"use strict";\n${outputText}\nreturn ${name};`)(
    right,
    transpose,
  );
}

/** A wrong answer made of a right one. */
export function spoiled(solution: string, wrong: Wrong): string {
  const head = solution.slice(0, solution.indexOf("{\n") + 1);
  if (typeof wrong === "string") return `${head}\n${wrong}\n}`;
  return wrong.reduce((source, [from, to]) => {
    if (!source.includes(from)) throw new Error(`the solution holds no ${JSON.stringify(from)}:\n${source}`);
    return source.replace(from, () => to);
  }, solution);
}
