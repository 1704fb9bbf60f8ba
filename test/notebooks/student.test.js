/** The student version: no solution is left in it, every check says so, and answers put into it pass. */
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { venv } from "../../setup/jupyter.js";
import { registerKernel } from "../../setup/kernel.js";
import { stub, studentNotebook } from "../../setup/student-notebook.js";
import { tree } from "../../setup/tree.js";
import { exercise } from "../../src/lessons/exercise.js";
import { definitions } from "../../src/lessons/exercises/definitions.js";

const run = promisify(execFile);
const lessons = join(tree, "notebooks", "lessons");
const names = (await readdir(lessons)).filter((name) => name.endsWith(".ipynb"));
const notebookAt = async (path) => JSON.parse(await readFile(path, "utf8"));
const sourceOf = ({ source }) => [source].flat().join("");
let base = "";
let folder = "";

beforeAll(async () => {
  await registerKernel(tree, () => {});
  base = await mkdtemp(join(tmpdir(), "student-"));
  folder = join(base, "class");
  await run(process.execPath, [join(tree, "setup", "student-version.js"), folder]);
});
afterAll(() => rm(base, { recursive: true, force: true }));

describe.each(names)("%s", (name) => {
  test("holds nothing of a solution, nor what one gave, and all else as it was", async () => {
    const teacher = await notebookAt(join(lessons, name));
    const student = await notebookAt(join(folder, "lessons", name));
    const text = student.cells.map((cell) => JSON.stringify([sourceOf(cell), cell.outputs])).join("\n");
    expect(text).not.toMatch(/(BEGIN|END) SOLUTION|✓/);
    expect(student.cells.map(({ id, metadata }) => [id, metadata])).toEqual(
      teacher.cells.map(({ id, metadata }) => [id, metadata]),
    );
    const solutions = teacher.cells.filter(({ metadata }) => metadata.nbgrader?.solution);
    expect(solutions.length).toBeGreaterThanOrEqual(2);
    for (const cell of solutions) {
      const [, solution] = /BEGIN SOLUTION\n(.*?)\n *\/\/ END SOLUTION/s.exec(sourceOf(cell));
      for (const line of solution.split("\n").map((line) => line.trim())) {
        if (line.length > 20) expect(text).not.toContain(JSON.stringify(line).slice(1, -1));
      }
      const left = student.cells.find(({ id }) => id === cell.id);
      expect(sourceOf(left)).toContain(`{\n${stub.map((line) => `  ${line}\n`).join("")}}`);
      expect([left.outputs, left.execution_count]).toEqual([[], null]);
    }
    const graded = ({ metadata: { nbgrader } }) => nbgrader?.grade;
    expect(student.cells.filter(graded).length).toBe(solutions.length);
    expect(student.cells.filter(graded).every(({ outputs }) => outputs.length === 0)).toBe(true);
  });
});

/** The exercises of all English lessons in one notebook: a kernel's start for each would take minutes. */
async function exercisesOnly(answer) {
  const files = names.filter((name) => !name.endsWith(".zh.ipynb"));
  const notebooks = await Promise.all(files.map((name) => notebookAt(join(folder, "lessons", name))));
  const cells = notebooks.flatMap(({ cells }) =>
    cells
      .filter(
        ({ id, cell_type, metadata }) => cell_type === "code" && (metadata.nbgrader || id.endsWith("-check")),
      )
      .map((cell, i, all) => (metadataOf(cell).solution ? answer(cell, all[i - 1]) : cell)),
  );
  const path = join(base, "exercises.ipynb");
  // Ids are unique within one notebook only.
  const numbered = cells.map((cell, i) => ({ ...cell, id: `${cell.id}-${i}` }));
  await writeFile(path, JSON.stringify({ ...notebooks[0], cells: numbered }));
  const settings = ["--allow-errors", "--ExecutePreprocessor.store_widget_state=False"];
  await run(venv(tree).jupyter, [
    "nbconvert",
    "--to",
    "notebook",
    "--execute",
    "--inplace",
    ...settings,
    path,
  ]);
  return (await notebookAt(path)).cells;
}
const metadataOf = ({ metadata }) => metadata.nbgrader ?? {};
const failed = ({ outputs }) => outputs.some(({ output_type }) => output_type === "error");

test("nothing written yet: every check says so, and every grade is an error", async () => {
  const cells = await exercisesOnly((cell) => cell);
  const graded = cells.filter((cell) => metadataOf(cell).grade);
  expect(graded.length).toBeGreaterThanOrEqual(14);
  expect(graded.filter((cell) => !failed(cell)).map(({ id }) => id)).toEqual([]);
  const checks = cells.filter(({ id }) => /-check-\d+$/.test(id));
  expect(checks).toHaveLength(graded.length);
  for (const { outputs } of checks)
    expect(outputs[0].data["text/plain"].join("")).toMatch(/^✗ .*not written yet/);
}, 200_000);

test("each exercise's own solution put in: every check and every grade passes", async () => {
  const cells = await exercisesOnly((cell, task) => {
    const [, name] = /exercise\("(\w+)"\)/.exec(sourceOf(task));
    const [, source] = /```ts\n(.*)\n```/s.exec(exercise(name).solution().markdown);
    return { ...cell, source };
  });
  expect(cells.filter(failed).map(({ id }) => id)).toEqual([]);
  const checks = cells.filter(({ id }) => /-check-\d+$/.test(id));
  for (const { outputs } of checks) expect(outputs[0].data["text/plain"].join("")).toMatch(/^✓ Right in all/);
}, 200_000);

test("nbgrader is told to put the same in a solution's place", async () => {
  const config = await readFile(join(lessons, "nbgrader_config.py"), "utf8");
  expect(config).toContain(`"typescript": '${stub.join("\\n")}'`);
});

test("the mistakes that the teacher's guide names are those that checks tell apart", async () => {
  const guide = await readFile(join(lessons, "README.md"), "utf8");
  const pairs = guide
    .split("\n")
    .filter((line) => /^\| [^|]+\| `\w+`/.test(line))
    .flatMap((line) => {
      const [, , called] = line.split("|");
      return called.split(";").flatMap((part, _, parts) => {
        const [tasks, mistakes] = part.includes(":") ? part.split(":") : [parts[0].split(":")[0], part];
        const words = (text) => [...text.matchAll(/`(\w+)`/g)].map(([, word]) => word);
        return words(tasks).flatMap((task) => words(mistakes).map((mistake) => [task, mistake]));
      });
    });
  expect(pairs.length).toBeGreaterThan(20);
  expect(pairs.filter(([task, mistake]) => !(mistake in definitions[task].mistakes))).toEqual([]);
});

test("a folder that holds something is left alone", async () => {
  const again = run(process.execPath, [join(tree, "setup", "student-version.js"), folder]);
  await expect(again).rejects.toThrow("is not empty; name a new folder");
});

test.each([
  ["function f() {\n  // BEGIN SOLUTION\n  return 1;\n}", { solution: true }, "// END SOLUTION is missing"],
  ["function f() {\n  return 1;\n}", { solution: true }, "is a solution without // BEGIN SOLUTION"],
  ["// BEGIN SOLUTION\n1\n// END SOLUTION", undefined, "nbgrader's metadata don't mark as one"],
])("a solution that would slip through is refused: %j", (source, nbgrader, sentence) => {
  const metadata = nbgrader ? { nbgrader } : {};
  const cells = [{ cell_type: "code", source, metadata, outputs: [] }];
  expect(() => studentNotebook({ cells }, "x.ipynb")).toThrow(sentence);
});
