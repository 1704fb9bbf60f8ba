import type { AnyModel } from "@anywidget/types";
import { expect, test } from "vitest";
import { forward, project, strongest } from "../../src/index.js";
import { fromRows } from "../../src/maps.js";
import { answerRequests } from "../../src/show/answer-requests.js";
import type { PinnedCell, StepThroughState } from "../../src/show/step-through-state.js";
import { answerStage } from "../../src/show/stepper-requests.js";
import { Stages } from "../../src/show/stepper-stages.js";
import { pause } from "../../src/work.js";
import { followed } from "../../widgets/stepper/follow.js";
import { Session, type Stage } from "../../widgets/stepper/session.js";
import { doubled, inception, numbers, residual } from "../show/step-through-networks.js";
import { makeLine } from "./line.js";

/** A page's session, and the stages that a kernel answers it from. */
async function open(net = doubled, input = numbers) {
  const seen = await forward(net, input);
  const unit = strongest(seen, seen.layers[seen.layers.length - 1]);
  const stages = new Stages(await project(seen, unit), 1);
  const line = makeLine();
  const asked: unknown[] = [];
  answerRequests(line.widget, {
    outline: () => stages.outline(),
    stage: async (body, { signal }) => {
      await pause({ signal });
      asked.push([body.step, body.map]);
      return answerStage(stages, body, {});
    },
  });
  const state: { -readonly [key in keyof StepThroughState]?: StepThroughState[key] } = {
    revision: 1,
    step: 0,
    maps: {},
    cell: null,
  };
  const model = {
    ...line.model,
    get: (key: keyof StepThroughState) => state[key],
  } as AnyModel<StepThroughState>;
  return { session: new Session(model), stages, asked, state };
}

const wanted = (step: number, map: number | null = null) => ({ step, map, cell: null, first: 0 });

test("a stage comes as the kernel made it, with its lists of switches", async () => {
  const { session, stages } = await open();
  const { view, values } = await session.stage(wanted(0), "stage");
  const made = stages.view(0, 0, null);
  expect(view).toEqual(made.view);
  expect([...values(view.output.buffer)]).toEqual([...made.buffers[made.view.output.buffer]]);
});

test("what was fetched is not asked for again, neither as it was asked for nor by its map's number", async () => {
  const { session, asked } = await open();
  const first = await session.stage(wanted(1), "stage");
  expect(await session.stage(wanted(1), "stage")).toBe(first);
  expect(await session.stage(wanted(1, 0), "ahead")).toBe(first);
  expect(session.has(wanted(1, 0))).toBe(true);
  expect(asked).toEqual([[1, null]]);
});

test("a stage that was asked for ahead of time and gave way to another is asked for again when it is wanted", async () => {
  const { session, asked } = await open();
  const ahead = [session.stage(wanted(1), "ahead"), session.stage(wanted(2), "ahead")];
  const now = session.stage(wanted(1), "stage");
  expect((await Promise.allSettled(ahead)).map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  expect((await now).view.step).toBe(1);
  expect(asked).toEqual([
    [2, null],
    [1, null],
  ]);
});

test("of stages that are asked for one upon the other the newest alone comes", async () => {
  const { session, asked } = await open();
  const all = [0, 1, 2].map((step) => session.stage(wanted(step), "stage"));
  expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual([
    "rejected",
    "rejected",
    "fulfilled",
  ]);
  expect(asked).toEqual([[2, null]]);
});

test("after another projection everything is fetched anew", async () => {
  const { session, state, asked } = await open();
  await session.overview();
  await session.stage(wanted(0), "stage");
  state.revision = 2;
  await session.overview();
  await session.stage(wanted(0), "stage");
  expect(asked).toHaveLength(2);
});

/** Where a pinned cell goes from one stage to another. */
async function follow(
  opened: Awaited<ReturnType<typeof open>>,
  from: number,
  cell: PinnedCell,
  to: number,
): Promise<PinnedCell | null> {
  const { view, buffers } = opened.stages.view(from, cell.map, null);
  const stage: Stage = { view, values: (buffer) => buffers[buffer], bytes: 0 };
  return followed(stage, cell, (await opened.session.overview()).outline, to);
}

test("a pinned value is followed down: into the pool, to its switch, on, and back up again", async () => {
  const opened = await open();
  // The strongest of the pool: 18 at (1, 0), whose maximum was at (3, 0).
  const pooled = { side: "input", map: 0, y: 1, x: 0 } as const;
  const unpooled = { side: "input", map: 0, y: 3, x: 0 } as const;
  expect(await follow(opened, 0, pooled, 1)).toEqual(unpooled);
  expect(await follow(opened, 1, unpooled, 2)).toEqual(unpooled);
  expect(await follow(opened, 1, unpooled, 0)).toEqual({ ...unpooled, side: "output" });
  expect(await follow(opened, 0, { ...unpooled, side: "output" }, 1)).toEqual(unpooled);
});

test("a value is not followed where stages do not meet", async () => {
  const square = fromRows([
    [1, 2],
    [3, 4],
  ]);
  const opened = await open(residual, square);
  const cell = { side: "output", map: 0, y: 1, x: 1 } as const;
  expect(await follow(opened, 0, cell, 3)).toEqual({ ...cell, side: "input" });
  expect(await follow(opened, 0, cell, 2)).toBe(null);
  const two = fromRows(
    [
      [1, 2],
      [3, 4],
    ],
    [
      [5, 6],
      [7, 8],
    ],
  );
  const split = await open(inception, two);
  expect(await follow(split, 1, { side: "input", map: 1, y: 1, x: 1 }, 0)).toBe(null);
});
