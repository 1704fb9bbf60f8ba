import { describe, expect, test } from "vitest";
import { fromRows, type Projection } from "../../src/index.js";
import type { StageView } from "../../src/show/step-through-state.js";
import { captionText } from "../../src/show/stepper-caption.js";
import { captions } from "../../src/show/stepper-captions.js";
import { defaultMap, spacesOf } from "../../src/show/stepper-order.js";
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
  relu,
  residual,
} from "./step-through-networks.js";

const square = fromRows([
  [1, 2],
  [3, 4],
]);
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

/** The three captions of a stage at a cell; at the view's own where none is told. */
function said(stages: Stages, step: number, map: number, cell?: StageView["focus"]): string[] {
  const { view, buffers } = stages.view(step, map, cell ?? null);
  const { input, operation, output } = captions(view, (buffer) => buffers[buffer], view.focus);
  return [input, operation, output].map(captionText);
}

const rowsOf = ({ body }: ReturnType<Stages["outline"]>) =>
  body.rows.map(({ name, below, stages }) => [name, below, stages]);

describe("a pool, a rectifier and a filter in a line", () => {
  const unit = { layer: "p", map: 0, y: 0, x: 1 };

  test("the ladder has a row a layer; a rectifier goes by its convolution's name", async () => {
    const outline = new Stages(await down(doubled, numbers, unit), 7).outline();
    expect(rowsOf(outline)).toEqual([
      ["p", [1], [0]],
      ["c", [2], [1, 2]],
      ["pixels", [], []],
    ]);
    expect(outline.body).toMatchObject({ revision: 7, network: "toy", seed: ["p", "map 0", "unit 0, 1"] });
    expect(outline.body.stages.map(({ kind, layer, name, from }) => [kind, layer, name, from])).toEqual([
      ["unpool", "p", "p", []],
      ["rectify", "c", "c_relu", [0]],
      ["filter", "c", "c", [1]],
    ]);
    // Of the row "c": the signal that comes down to it, and the maps of the way up in the same window.
    const { down: below, up, window } = outline.body.rows[1];
    expect(window).toEqual({ y: 0, x: 2, height: 2, width: 2 });
    expect([...(outline.buffers![below.buffer] as Float32Array)]).toEqual([0, 0, 0, 16]);
    expect([...(outline.buffers![up.buffer] as Float32Array)]).toEqual([4, 0, 8, 16]);
  });

  test("each stage says what it did in its own numbers", async () => {
    const stages = new Stages(await down(doubled, numbers, unit), 1);
    expect(stages.sentence(0)).toBe(
      "Unpool puts each value back where its 2 × 2 window had its maximum on the way up. Of 4 places in 1 map, 1 gets a value and 3 stay 0.",
    );
    expect(said(stages, 0, 0)).toEqual(["at 0, 1: 16", "switch: bottom right", "at 1, 3: 16, other 3 are 0"]);
    expect(stages.sentence(1)).toBe(
      "Rectify keeps the positive values of the signal coming down and sets the negative ones to 0. It kept 1 of 4 values in 1 map; 0 were negative. The signs on the way up play no part.",
    );
    expect(said(stages, 1, 0)).toEqual(["at 1, 3: 16", "above zero, so it goes on", "at 1, 3: 16"]);
    expect(stages.sentence(2)).toBe(
      "Filter sends every map through its own 1 × 1 kernel. No bias. The window stays 2 × 2, and 0 of 4 values are negative.",
    );
    expect(said(stages, 2, 0)).toEqual(["map 0", "+32", "at 1, 3: 32"]);
    expect(said(stages, 2, 0, { side: "input", map: 0, y: 1, x: 3 })).toEqual([
      "map 0, at 1, 3: 16",
      "times its weight",
      "painted over row 1, column 3",
    ]);
  });

  test("a place that no switch points to says so", async () => {
    const stages = new Stages(await down(doubled, numbers, unit), 1);
    expect(said(stages, 0, 0, { side: "output", map: 0, y: 0, x: 2 })).toEqual([
      "no value goes there",
      "no switch points there",
      "at 0, 2: 0",
    ]);
  });
});

test("windows that share a switch are told, with their values", async () => {
  const net = network([3, 3, 1], [maxPool("p", "input", 2, 1)], {});
  const input = fromRows([
    [1, 2, 3],
    [4, 9, 5],
    [6, 7, 8],
  ]);
  const add = new Stages(await down(net, input, { layer: "p", map: 0 }), 1);
  const cell = { side: "output", map: 0, y: 1, x: 1 } as const;
  expect(said(add, 0, 0, cell)).toEqual([
    "at 0, 0: 9; at 0, 1: 9; at 1, 0: 9; at 1, 1: 9",
    "4 windows share this place: added",
    "at 1, 1: 36",
  ]);
  const last = new Stages(await down(net, input, { layer: "p", map: 0 }, { duplicates: "overwrite" }), 1);
  expect(said(last, 0, 0, cell).slice(1)).toEqual([
    "4 windows share this place: the last is kept",
    "at 1, 1: 9",
  ]);
  expect(last.sentence(0)).toContain("Where windows share a maximum, the last one’s value is kept.");
});

describe("the three rules at one rectifier", () => {
  // On the way up −1, 2, 3, 0 are rectified; coming down are −5, −6, 7, 8.
  const net = network([2, 2, 1], [relu("r", "input"), convolution("c", "r", 1, { size: [2, 2] })], {
    c: [-5, -6, 7, 8],
  });
  const input = fromRows([
    [-1, 2],
    [3, 0],
  ]);
  const by = async (rule: Projection["rule"]) =>
    new Stages(await down(net, input, { layer: "c", map: 0, y: 0, x: 0 }, { rule, seed: 1 }), 1);

  test("deconvnet looks at the signal", async () => {
    const stages = await by("deconvnet");
    expect(stages.sentence(1)).toContain("It kept 2 of 4 values in 1 map; 2 were negative.");
    // Shown first: the strongest value that was cut.
    expect(said(stages, 1, 0)).toEqual(["at 0, 1: −6", "below zero, so it stops here", "at 0, 1: 0"]);
  });

  test("gradient looks at the way up, and shows it", async () => {
    const stages = await by("gradient");
    expect(stages.sentence(1)).toBe(
      "Rectify keeps the values, of either sign, where the way up was above 0. Of 4 values in 1 map that are not 0 it kept 2; the other 2 stood where the way up had 0.",
    );
    const { view, buffers } = stages.view(1, 0, null);
    expect(view.operation).toMatchObject({ kind: "rectify", rule: "gradient" });
    const up = view.operation.kind === "rectify" ? view.operation.up! : -1;
    expect([...buffers[up]]).toEqual([0, 2, 3, 0]);
    expect(said(stages, 1, 0, { side: "input", map: 0, y: 0, x: 1 })[1]).toBe("on the way up 2: goes on");
    expect(said(stages, 1, 0)[1]).toBe("on the way up 0: stops here");
  });

  test("guided looks at both", async () => {
    const stages = await by("guided");
    expect(stages.sentence(1)).toContain(
      "Of 4 values in 1 map that are not 0 it kept 1; 2 were negative, and 1 positive stood where the way up had 0.",
    );
    expect(said(stages, 1, 0, { side: "input", map: 0, y: 0, x: 1 })[1]).toBe(
      "on the way up 2, signal below zero: stops here",
    );
  });
});

describe("a residual block", () => {
  const unit = { layer: "added", map: 0, y: 1, x: 1 };

  test("its signals part, go down alone, and meet in a sum", async () => {
    const stages = new Stages(await down(residual, square, unit), 1);
    const outline = stages.outline();
    expect(rowsOf(outline)).toEqual([
      ["added", [1, 2], [0]],
      ["a", [2], [1, 2]],
      ["pixels", [], [3]],
    ]);
    expect(outline.body.stages.map(({ kind, from }) => [kind, from])).toEqual([
      ["branch", []],
      ["rectify", [0]],
      ["filter", [1]],
      ["sum", [0, 2]],
    ]);
  });

  test("the sum shows what each branch brought: 16 by the short way, 48 by the filter", async () => {
    const stages = new Stages(await down(residual, square, unit), 1);
    expect(said(stages, 3, 0)).toEqual(["at 1, 1", "16 + 48", "at 1, 1: 64"]);
    expect(stages.sentence(3)).toBe(
      "Sum adds what comes down the 2 branches, from added and a, before anything rectifies it. Of 1 value in 1 map, 1 is not 0.",
    );
    expect(stages.sentence(0)).toContain(
      "each of the 2 layers that were added here on the way up: a and pixels.",
    );
  });

  test("x + x sends two signals down the same way", async () => {
    const net = network([2, 2, 1], [{ kind: "add", name: "twice", inputs: ["input", "input"] }], {});
    const stages = new Stages(await down(net, square, { ...unit, layer: "twice" }), 1);
    expect(said(stages, 1, 0)).toEqual(["at 1, 1", "8 + 8", "at 1, 1: 16"]);
  });
});

describe("an inception block", () => {
  const seed = { layer: "joined", map: 2, y: 1, x: 1 };

  test("each branch is a row of its own", async () => {
    expect(rowsOf(new Stages(await down(inception, two, seed), 1).outline())).toEqual([
      ["joined", [2, 1], [0]],
      ["b", [3], [1]],
      ["a", [3], [2]],
      ["pixels", [], [3]],
    ]);
  });

  test("a split says where a map goes and which it is there", async () => {
    const stages = new Stages(await down(inception, two, seed), 1);
    expect(said(stages, 0, 2)).toEqual(["at 1, 1: 840", "to b, map 1 there", "at 1, 1: 840"]);
    expect(stages.sentence(0)).toContain("its own maps back: 1 to a and 2 to b.");
  });

  test("maps begin anew below a split and a filter, and keep their numbers through the rest", async () => {
    const { steps } = await down(inception, two, seed);
    expect(steps.map(({ kind }) => kind)).toEqual(["split", "filter", "filter", "sum"]);
    // Both filters lead to the picture's channels, which are added.
    expect(spacesOf(steps)).toEqual([0, 1, 1, 1]);
  });
});

describe("which map is shown first", () => {
  test("the strongest that the next rectifier lets through, in all stages that keep its number", async () => {
    // Coming down to r: −9 in map 0, 5 in map 1.
    const net = network([1, 1, 2], [relu("r", "input"), convolution("c", "r", 1)], { c: [-9, 5] });
    const projection = await down(
      net,
      fromRows([[1]], [[1]]),
      { layer: "c", map: 0, y: 0, x: 0 },
      { seed: 1 },
    );
    const spaces = spacesOf(projection.steps);
    expect(spaces).toEqual([0, 0]);
    expect([0, 1].map((step) => defaultMap(projection, spaces, step))).toEqual([1, 1]);
  });

  test("one that was chosen stays in its space, and a number that the stage does not have is not taken", async () => {
    const stages = new Stages(await down(inception, two, { layer: "joined", map: 2, y: 1, x: 1 }), 1);
    expect(stages.mapAt(0, {})).toBe(2);
    expect(stages.mapAt(0, { 0: 1 })).toBe(1);
    expect(stages.mapAt(3, { 1: 0 })).toBe(0);
    expect(stages.mapAt(3, { 1: 2 })).toBe(1);
  });
});

describe("a filter that adds many maps", () => {
  // Ten maps: map i is i everywhere and has the weight 1, but map 3 has 100.
  const weights = Array.from({ length: 10 }, (_, i) => (i === 3 ? 100 : 1));
  const net = network(
    [1, 1, 1],
    [convolution("many", "input", 10), convolution("again", "many", 10), convolution("one", "again", 1)],
    {
      many: weights,
      again: Array.from({ length: 100 }, (_, i) => (i % 11 === 0 ? 1 : 0)),
      one: Array.from({ length: 10 }, (_, i) => i),
    },
  );

  test("shows first what brought most to the cell, and the others on demand", async () => {
    const stages = new Stages(
      await down(net, fromRows([[1]]), { layer: "one", map: 0, y: 0, x: 0 }, { seed: 1 }),
      1,
    );
    const shown = (first: number) => stages.view(2, 0, null, first).view.inputs.map(({ map }) => map);
    expect([shown(0), shown(4), shown(8), shown(50)]).toEqual([
      [3, 9, 8, 7],
      [6, 5, 4, 2],
      [1, 0],
      [1, 0],
    ]);
    expect(said(stages, 2, 0)).toEqual(["maps 3, 9, 8, 7", "+300 +9 +8 +7, 6 maps +18", "at 0, 0: 342"]);
  });

  test("a map whose cell is pinned comes first", async () => {
    const stages = new Stages(
      await down(net, fromRows([[1]]), { layer: "one", map: 0, y: 0, x: 0 }, { seed: 1 }),
      1,
    );
    const { view } = stages.view(2, 0, { side: "input", map: 1, y: 0, x: 0 });
    expect(view.inputs.map(({ map }) => map)).toEqual([1, 3, 9, 8]);
    expect(view.focus).toEqual({ side: "input", map: 1, y: 0, x: 0 });
  });
});

test("kernels are shown flipped both ways", async () => {
  const net = network([3, 3, 1], [convolution("c", "input", 1, { size: [3, 3], padding: around })], {
    c: [1, 2, 3, 4, 5, 6, 7, 8, 9],
  });
  const ones = fromRows([
    [1, 1, 1],
    [1, 1, 1],
    [1, 1, 1],
  ]);
  const stages = new Stages(await down(net, ones, { layer: "c", map: 0, y: 1, x: 1 }, { seed: 1 }), 1);
  const { view, buffers } = stages.view(0, 0, null);
  const [kernel] = view.operation.kind === "kernels" ? view.operation.kernels : [];
  expect([...buffers[kernel]]).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
  // What it paints is the kernel as it was on the way up.
  expect([...buffers[view.output.buffer]]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
