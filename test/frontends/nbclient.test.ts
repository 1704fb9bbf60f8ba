/** Notebooks run from a command line: by nbclient (`jupyter execute`), and by papermill. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Cell, textOf } from "../jupyterlab/notebook-file.js";
import { cells, pngSignature, Workplace } from "./workplace.js";

let workplace: Workplace;
beforeAll(async () => {
  workplace = await Workplace.open();
});
afterAll(() => workplace.close());

const kinds = (all: readonly Cell[]) => all.map(({ outputs = [] }) => outputs.map((one) => one.output_type));

function expectFirstThree(all: readonly Cell[]): void {
  expect(textOf(all[0].outputs?.[0].text)).toBe("printed by a\n");
  const shown = all[1].outputs?.[0].data ?? {};
  expect(textOf(shown["image/png"])).toContain(pngSignature);
  expect(textOf(shown["text/plain"])).not.toBe("");
  expect(all[2].outputs?.[0]).toMatchObject({ ename: "RangeError", evalue: "too far" });
}

describe("nbclient", () => {
  test("runs each cell, also behind errors where they are allowed", async () => {
    workplace.write("all.ipynb");
    const ran = await workplace.python(
      "-m",
      "jupyter",
      "execute",
      "--allow-errors",
      "--inplace",
      "all.ipynb",
    );
    expect(ran.code, ran.stderr).toBe(0);
    const { cells: all } = workplace.read("all.ipynb");
    expect(kinds(all)).toEqual([["stream"], ["execute_result"], ["error"], ["error"], ["execute_result"]]);
    expectFirstThree(all);
    expect(all[3].outputs?.[0].evalue).toContain("'string' is not assignable to type 'number'");
    expect(textOf(all[4].outputs?.[0].data?.["text/plain"])).toBe("'after'");
  });

  test("stops at the first error, and says which it was", async () => {
    workplace.write("stops.ipynb");
    const ran = await workplace.python("-m", "jupyter", "execute", "stops.ipynb");
    expect(ran.code).not.toBe(0);
    expect(ran.stderr).toContain("RangeError: too far");
    expect(ran.stderr).toContain(cells[2]);
  });
});

describe("papermill", () => {
  const papermill = (...words: string[]) =>
    workplace.python("-m", "papermill", "--no-progress-bar", ...words);

  test("runs a notebook, and keeps what came before an error", async () => {
    workplace.write("whole.ipynb", [cells[0], cells[1], cells[4]]);
    const whole = await papermill("whole.ipynb", "whole.out.ipynb");
    expect(whole.code, whole.stderr).toBe(0);
    const { cells: all } = workplace.read("whole.out.ipynb");
    expect(kinds(all)).toEqual([["stream"], ["execute_result"], ["execute_result"]]);

    workplace.write("broken.ipynb");
    const broken = await papermill("broken.ipynb", "broken.out.ipynb");
    expect(broken.code).not.toBe(0);
    expect(broken.stderr).toContain("RangeError: too far");
    // It puts notes of its own above the notebook and above the cell that failed.
    const kept = workplace.read("broken.out.ipynb").cells.filter(({ cell_type }) => cell_type === "code");
    expectFirstThree(kept);
    expect(kinds(kept.slice(3))).toEqual([[], []]);
  });

  test("has no parameters for TypeScript, and says so before anything runs (the README tells it)", async () => {
    workplace.write("parameters.ipynb", [cells[0]]);
    const ran = await papermill("-p", "name", "b", "parameters.ipynb", "parameters.out.ipynb");
    expect(ran.code).not.toBe(0);
    expect(ran.stderr).toContain("No parameter translator functions specified for kernel 'deconvnet'");
  });
});
