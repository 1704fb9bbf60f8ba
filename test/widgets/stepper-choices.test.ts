import { describe, expect, test } from "vitest";
import { forward, fromRows, project } from "../../src/index.js";
import type { PinnedCell } from "../../src/show/step-through-state.js";
import { Stages } from "../../src/show/stepper-stages.js";
import { besides, toCell, toMap, toStage } from "../../widgets/stepper/choices.js";
import type { Stage } from "../../widgets/stepper/session.js";
import { convolution, doubled, network, numbers, relu } from "../show/step-through-networks.js";

const cell = (side: "input" | "output", map: number, y: number, x: number): PinnedCell => ({
  side,
  map,
  y,
  x,
});

/** Two maps: a filter between two rectifiers. */
const two = network(
  [2, 2, 1],
  [
    ...[convolution("a", "input", 2), relu("a_relu", "a")],
    ...[convolution("b", "a_relu", 2), relu("b_relu", "b")],
  ],
  { a: [1, 2], b: [1, 2, 3, 4] },
);
const square = fromRows([
  [1, 2],
  [3, 4],
]);

async function open(net = two, input = square, seed: object = { layer: "b", map: 0 }) {
  const stages = new Stages(await project(await forward(net, input), seed as never), 1);
  const outline = stages.outline().body;
  const stage = (step: number, map: number): Stage => {
    const { view, buffers } = stages.view(step, map, null);
    return { view, values: (buffer) => buffers[buffer], bytes: 0 };
  };
  return { outline, stage };
}

describe("another stage", () => {
  test("without a pinned cell only the stage changes", async () => {
    const { outline, stage } = await open();
    expect(toStage(2, { step: 0, maps: { 0: 1 }, cell: null }, outline, stage(0, 1))).toEqual({
      step: 2,
      cell: null,
    });
  });

  test("back over a filter, the stage above shows the map that the followed value is in", async () => {
    const { outline, stage } = await open();
    expect(outline.stages.map(({ kind, space }) => [kind, space])).toEqual([
      ["rectify", 0],
      ["filter", 1],
      ["rectify", 1],
      ["filter", 2],
    ]);
    const state = { step: 1, maps: { 1: 0 }, cell: cell("input", 1, 0, 1) };
    expect(toStage(0, state, outline, stage(1, 0))).toEqual({
      ...{ step: 0, cell: cell("output", 1, 0, 1), maps: { 0: 1, 1: 0 } },
    });
  });

  test("further away, or before the stage is there, the cell is let go", async () => {
    const { outline, stage } = await open();
    const state = { step: 0, maps: {}, cell: cell("output", 0, 0, 0) };
    expect(toStage(3, state, outline, stage(0, 0))).toEqual({ step: 3, cell: null });
    expect(toStage(1, state, outline, undefined)).toEqual({ step: 1, cell: null });
  });
});

describe("another map", () => {
  test("keeps the pinned place", async () => {
    const { outline, stage } = await open();
    const state = { step: 0, maps: { 1: 1 }, cell: cell("input", 0, 1, 1) };
    expect(toMap(1, state, outline, stage(0, 0))).toEqual({
      maps: { 0: 1, 1: 1 },
      cell: cell("input", 1, 1, 1),
    });
  });

  test("of what goes out of a filter leaves a cell of what comes in as it is", async () => {
    const { outline, stage } = await open();
    const state = { step: 1, maps: {}, cell: cell("input", 0, 1, 1) };
    expect(toMap(1, state, outline, stage(1, 0)).cell).toEqual(cell("input", 0, 1, 1));
    expect(toMap(1, { ...state, cell: cell("output", 0, 1, 1) }, outline, stage(1, 0)).cell).toEqual(
      cell("output", 1, 1, 1),
    );
  });
});

describe("a click on a cell", () => {
  test("pins it, and lets it go the second time", async () => {
    const { outline, stage } = await open();
    const one = cell("output", 0, 0, 1);
    expect(toCell(one, { step: 0, maps: {}, cell: null }, outline, stage(0, 0))).toEqual({ cell: one });
    expect(toCell(one, { step: 0, maps: {}, cell: { ...one } }, outline, stage(0, 0))).toEqual({
      cell: null,
    });
  });

  test("chooses the map where a cell is a map", async () => {
    const net = network(
      [1, 1, 3],
      [
        { kind: "flatten", name: "flat", inputs: ["input"], order: "hwc" },
        { kind: "dense", name: "d", inputs: ["flat"], channels: 2 },
      ],
      { d: [1, 2, 3, 4, 5, 6] },
    );
    const { outline, stage } = await open(net, fromRows([[1]], [[2]], [[3]]), {
      layer: "d",
      map: 0,
      y: 0,
      x: 0,
    });
    const two = cell("output", 2, 0, 0);
    expect(toCell(two, { step: 0, maps: {}, cell: null }, outline, stage(0, 0))).toEqual({
      cell: two,
      maps: { [outline.stages[0].space]: 2 },
    });
  });
});

test("from cell to cell, and no further than the edge of what is shown", async () => {
  const { stage } = await open(doubled, numbers, { layer: "p", map: 0, y: 0, x: 1 });
  const unpool = stage(0, 0);
  expect(besides(unpool, cell("output", 0, 0, 2), 1, 1)).toEqual(cell("output", 0, 1, 3));
  expect(besides(unpool, cell("output", 0, 0, 2), 0, -1)).toBe(undefined);
  expect(besides(unpool, cell("input", 0, 0, 1), 1, 0)).toBe(undefined);
});
