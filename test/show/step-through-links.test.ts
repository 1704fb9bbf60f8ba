import { describe, expect, test } from "vitest";
import { forward, fromRows, type Layer, project } from "../../src/index.js";
import type { Side } from "../../src/show/step-through-state.js";
import { cellAt, partners, placeOf } from "../../src/show/stepper-links.js";
import { Stages } from "../../src/show/stepper-stages.js";
import {
  around,
  convolution,
  doubled,
  down,
  inception,
  maxPool,
  network,
  numbers,
  residual,
} from "./step-through-networks.js";

/** What `partners` finds for a cell of one stage: cells on the other side, and taps where there are. */
function found(stages: Stages, step: number, side: Side, y: number, x: number, map = 0): unknown[] {
  const { view } = stages.view(step, map, null);
  const [input] = view.inputs;
  const [from, to] = side === "input" ? [input, view.output] : [view.output, input];
  const place = placeOf(from, { map: from.map, y, x });
  return partners(view.links, side, from, to, place).map(({ place, tap }) => {
    const cell = cellAt(to, place);
    return tap === undefined ? [cell.y, cell.x] : [cell.y, cell.x, tap];
  });
}

describe("unpool: a value goes to its switch and to nothing else", () => {
  test("from above", async () => {
    const stages = new Stages(await down(doubled, numbers, { layer: "p", map: 0 }), 1);
    expect([found(stages, 0, "input", 0, 0), found(stages, 0, "input", 0, 1)]).toEqual([[[0, 1]], [[1, 3]]]);
    expect([found(stages, 0, "input", 1, 0), found(stages, 0, "input", 1, 1)]).toEqual([[[3, 0]], [[2, 2]]]);
  });

  test("from below", async () => {
    const stages = new Stages(await down(doubled, numbers, { layer: "p", map: 0 }), 1);
    expect(found(stages, 0, "output", 3, 0)).toEqual([[1, 0]]);
    expect(found(stages, 0, "output", 0, 0)).toEqual([]);
  });

  test("inside the window of one unit, cells keep their places in the layer", async () => {
    const projection = await down(doubled, numbers, { layer: "p", map: 0, y: 0, x: 1 });
    const { view } = new Stages(projection, 1).view(0, 0, null);
    expect(view.inputs[0].window).toEqual({ y: 0, x: 1, height: 1, width: 1 });
    expect(view.output.window).toEqual({ y: 0, x: 2, height: 2, width: 2 });
    expect(found(new Stages(projection, 1), 0, "input", 0, 1)).toEqual([[1, 3]]);
  });

  test("windows that overlap share a switch", async () => {
    const net = network([3, 3, 1], [maxPool("p", "input", 2, 1)], {});
    const input = fromRows([
      [1, 2, 3],
      [4, 9, 5],
      [6, 7, 8],
    ]);
    const stages = new Stages(await down(net, input, { layer: "p", map: 0 }), 1);
    expect(found(stages, 0, "output", 1, 1)).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
  });

  test("with all ties a value goes to every equal maximum", async () => {
    const net = network([2, 2, 1], [maxPool("p", "input")], {});
    const input = fromRows([
      [3, 1],
      [3, 3],
    ]);
    const seed = { layer: "p", map: 0, y: 0, x: 0 };
    const all = new Stages(await down(net, input, seed, { ties: "all" }), 1);
    expect(found(all, 0, "input", 0, 0)).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
    ]);
    const first = new Stages(await down(net, input, seed), 1);
    expect(found(first, 0, "input", 0, 0)).toEqual([[0, 0]]);
  });
});

describe("filter: a value paints the window that it was computed from", () => {
  const filter = async (more: object, size: readonly [number, number], taps: number) => {
    const layer = convolution("c", "input", 1, more);
    const net = network([...size, 1], [layer], { c: Array.from({ length: taps }, (_, i) => i + 1) });
    const input = fromRows(Array.from({ length: size[0] }, () => Array.from({ length: size[1] }, () => 1)));
    return new Stages(await down(net, input, { layer: "c", map: 0 }), 1);
  };

  test("3 × 3 with padding: nine cells in the middle, four in a corner", async () => {
    const stages = await filter({ size: [3, 3], padding: around }, [4, 4], 9);
    expect(found(stages, 0, "input", 0, 0)).toEqual([
      [0, 0, 4],
      [0, 1, 5],
      [1, 0, 7],
      [1, 1, 8],
    ]);
    expect(found(stages, 0, "input", 1, 2)).toHaveLength(9);
    // Seen from below the same taps in the other order: the kernel is flipped.
    expect(found(stages, 0, "output", 0, 0)).toEqual([
      [0, 0, 4],
      [0, 1, 3],
      [1, 0, 1],
      [1, 1, 0],
    ]);
  });

  test("stride 2 and dilation 2: rows 1 and 3 alone are reached, row 1 twice", async () => {
    const stages = await filter(
      { size: [2, 2], stride: [2, 2], dilation: [2, 2], padding: around },
      [4, 4],
      4,
    );
    expect(found(stages, 0, "input", 0, 0)).toEqual([[1, 1, 3]]);
    expect(found(stages, 0, "input", 1, 1)).toEqual([
      [1, 1, 0],
      [1, 3, 1],
      [3, 1, 2],
      [3, 3, 3],
    ]);
    expect(found(stages, 0, "output", 1, 1)).toEqual([
      [0, 0, 3],
      [0, 1, 2],
      [1, 0, 1],
      [1, 1, 0],
    ]);
    expect(found(stages, 0, "output", 0, 0)).toEqual([]);
  });
});

test("rectify, branch and sum: the same cell", async () => {
  const input = fromRows([
    [1, 2],
    [3, 4],
  ]);
  const stages = new Stages(await down(residual, input, { layer: "added", map: 0 }), 1);
  expect(stages.projection.steps.map(({ kind }) => kind)).toEqual(["branch", "rectify", "filter", "sum"]);
  for (const step of [0, 1, 3]) expect(found(stages, step, "input", 1, 0)).toEqual([[1, 0]]);
});

test("split: the same cell, and a map by its number in its own branch", async () => {
  const input = fromRows(
    [
      [1, 2],
      [3, 4],
    ],
    [
      [5, 6],
      [7, 8],
    ],
  );
  const stages = new Stages(await down(inception, input, { layer: "joined", map: 2, y: 1, x: 1 }), 1);
  const { view } = stages.view(0, 2, null);
  expect([view.inputs[0].map, view.output.map]).toEqual([2, 1]);
  expect(view.operation).toEqual({
    kind: "split",
    parts: [
      { to: "a", first: 0, count: 1 },
      { to: "b", first: 1, count: 2 },
    ],
    chosen: 1,
  });
  expect(partners(view.links, "input", view.inputs[0], view.output, 0)).toEqual([{ place: 0 }]);
});

test("crop: cells and maps move by what was padded", async () => {
  const pad: Layer = {
    ...{ kind: "zeroPad", name: "pad", inputs: ["input"], channels: [1, 0] },
    padding: { top: 1, bottom: 0, left: 2, right: 0 },
  };
  const net = network([2, 2, 1], [pad], {});
  const seen = await forward(
    net,
    fromRows([
      [1, 2],
      [3, 4],
    ]),
  );
  const stages = new Stages(await project(seen, { layer: "pad", map: 1 }), 1);
  const { view } = stages.view(0, 0, null);
  expect([view.inputs[0].map, view.output.map]).toEqual([1, 0]);
  expect(found(stages, 0, "input", 1, 2)).toEqual([[0, 0]]);
  expect(found(stages, 0, "input", 0, 0)).toEqual([]);
  expect(found(stages, 0, "output", 1, 1)).toEqual([[2, 3]]);
});

describe("a layer with one place shows all its maps, a cell each", () => {
  const input = fromRows(
    [
      [1, 2],
      [3, 4],
    ],
    [
      [5, 6],
      [7, 8],
    ],
  );
  const flat = (order: "hwc" | "chw"): Layer[] => [
    { kind: "flatten", name: "flat", inputs: ["input"], order },
    { kind: "dense", name: "d", inputs: ["flat"], channels: 2 },
  ];
  const weights = { d: Array.from({ length: 16 }, (_, i) => i) };

  test.each([
    ["hwc", [1, 3, 5, 7]],
    ["chw", [4, 5, 6, 7]],
  ] as const)("reshape %s: map 1 comes from these places of the row", async (order, places) => {
    const stages = new Stages(
      await down(network([2, 2, 2], flat(order), weights), input, { layer: "d", map: 0, y: 0, x: 0 }),
      1,
    );
    const { view } = stages.view(1, 1, null);
    expect(view.inputs[0]).toMatchObject({ layout: "channels", count: 8, window: { height: 3, width: 3 } });
    const from = [0, 1, 2, 3].map((place) =>
      partners(view.links, "output", view.output, view.inputs[0], place),
    );
    expect(from).toEqual(places.map((place) => [{ place }]));
    expect(partners(view.links, "input", view.inputs[0], view.output, places[2])).toEqual([{ place: 2 }]);
  });

  test("dense: every value goes into every other", async () => {
    const stages = new Stages(
      await down(network([2, 2, 2], flat("hwc"), weights), input, { layer: "d", map: 1, y: 0, x: 0 }),
      1,
    );
    const { view, buffers } = stages.view(0, 3, null);
    expect(view.operation.kind).toBe("weights");
    // The weights that lead to map 3 from maps 0 and 1.
    expect(view.operation.kind === "weights" && [...buffers[view.operation.buffer]]).toEqual([6, 7]);
    expect(partners(view.links, "output", view.output, view.inputs[0], 3)).toEqual([
      { place: 0 },
      { place: 1 },
    ]);
  });

  test("a global average: every cell of a map comes from the map's one value", async () => {
    const net = network([2, 2, 2], [{ kind: "globalAveragePool", name: "mean", inputs: ["input"] }], {});
    const stages = new Stages(await down(net, input, { layer: "mean", map: 1, y: 0, x: 0 }), 1);
    const { view, buffers } = stages.view(0, 1, null);
    expect([...buffers[view.inputs[0].buffer]]).toEqual([0, 6.5]);
    expect([...buffers[view.output.buffer]]).toEqual([1.625, 1.625, 1.625, 1.625]);
    expect(partners(view.links, "output", view.output, view.inputs[0], 3)).toEqual([{ place: 1 }]);
    expect(partners(view.links, "input", view.inputs[0], view.output, 1)).toHaveLength(4);
    expect(partners(view.links, "input", view.inputs[0], view.output, 0)).toEqual([]);
  });
});
