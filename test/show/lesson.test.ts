import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lesson } from "../../src/lessons/lesson.js";
import { bundle } from "../../src/show/bundle.js";
import { editedNumber } from "../../src/show/lesson-edits.js";
import { lessonAnswers } from "../../src/show/lesson-live.js";
import { lessonStill } from "../../src/show/lesson-still.js";
import { png } from "../../src/show/raster.js";
import { save } from "../../src/show/save.js";
import { expectGolden } from "./golden.js";

const names = ["convolution", "transpose", "switches", "rectify", "network", "learning"] as const;

test.each(names)("%s looks as it did when it was last looked at", async (name) => {
  const { drawing, words } = lessonStill(await lesson[name]().model());
  await expectGolden(`lesson-${name}`, await png(drawing, words));
});

test("a lesson in Chinese and dark looks as it did when it was last looked at", async () => {
  const model = await lesson.switches().with({ language: "zh" }).model();
  const { drawing, words } = lessonStill(model, { theme: "dark" });
  await expectGolden("lesson-switches-zh-dark", await png(drawing, words));
});

test.each([640, 1000, 1600])(
  "stills %s pixels wide hold all of a lesson with several channels",
  async (width) => {
    const model = await lesson.convolution().with({ channels: 3, filters: 3, padding: 1 }).model();
    const { drawing } = lessonStill(model, { width });
    for (const mark of drawing.marks) if (mark.kind === "outline") expect(mark.x).toBeLessThan(drawing.width);
  },
);

test("a lesson is saved as any other picture", async () => {
  const path = join(tmpdir(), `lesson-${process.pid}.svg`);
  await save(lesson.rectify(), path);
  expect(readFileSync(path, "utf8")).toContain("<title>One ReLU, three rules");
  rmSync(path);
});

test("without a kernel a lesson shows its still, its matrices as text, and why it is not live", async () => {
  const shown = await bundle(lesson.rectify());
  expect(shown["image/png"]).toBeTypeOf("string");
  expect(shown["text/plain"]).toMatch(/^One ReLU, three rules[\s\S]*does not run in the kernel/);
});

test("a typed number finds its place: in a matrix, in a map's, in a filter's channel, in a layer", () => {
  const at = { panel: "kernel", map: 3, y: 0, x: 1, value: 9 };
  expect(
    editedNumber(
      {
        kernel: [
          [[[1, 2]], [[3, 4]]],
          [[[5, 6]], [[7, 8]]],
        ],
      },
      at,
    ),
  ).toEqual({
    kernel: [
      [[[1, 2]], [[3, 4]]],
      [[[5, 6]], [[7, 9]]],
    ],
  });
  expect(editedNumber({ input: [[[1]], [[2]]] }, { ...at, panel: "input", map: 1, x: 0 })).toEqual({
    input: [[[1]], [[9]]],
  });
  expect(
    editedNumber({ conv1: { filters: [[[[1]]]], bias: [4] } }, { ...at, panel: "conv1", map: 0, x: 0 }),
  ).toEqual({
    conv1: { filters: [[[[9]]]], bias: [4] },
  });
});

test("what has no place is refused", () => {
  const state = { input: [[1]], bias: [0], language: "en" };
  const at = { map: 0, y: 0, x: 0, value: 1 };
  for (const panel of ["bias", "language", "output", "toString", 3, null])
    expect(() => editedNumber(state, { ...at, panel })).toThrow("edit: panel is");
  for (const wrong of [{ y: 1 }, { x: -1 }, { y: "length" }, { x: null, y: 0.5 }])
    expect(() => editedNumber(state, { ...at, panel: "input", ...wrong })).toThrow("edit: cell is");
});

test("fast typing loses no number: each change builds on the one before, the newest model alone is shown", async () => {
  const shown: number[][][] = [];
  const answers = lessonAnswers(lesson.rectify(), {
    set: ({ lesson: model }) =>
      void shown.push(
        (model as unknown as { panels: { forward: { maps: number[][][] } } }).panels.forward.maps[0],
      ),
  });
  const asking = {} as never;
  const edit = (x: number, value: unknown) =>
    answers.edit({ panel: "forward", map: 0, y: 0, x, value }, asking);
  await Promise.all([edit(0, 7), edit(1, 8), edit(2, 9)]);
  expect(shown.at(-1)?.[0]).toEqual([7, 8, 9]);
  await expect((async () => edit(0, "two"))()).rejects.toThrow(/two/);
  expect(shown.at(-1)?.[0]).toEqual([7, 8, 9]);
});
