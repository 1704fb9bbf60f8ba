import { expect, test } from "vitest";
import { fromRows, type Projection } from "../../src/index.js";
import { png } from "../../src/show/raster.js";
import { stepThrough } from "../../src/show/step-through.js";
import type { StillOptions } from "../../src/show/still-options.js";
import { expectGolden } from "./golden.js";
import { around, convolution, down, inception, maxPool, network, relu } from "./step-through-networks.js";

/** Values that any machine computes alike. */
const rows = Array.from({ length: 12 }, (_, y) =>
  Array.from({ length: 12 }, (_, x) => ((x * 5 + y * 7) % 11) - 3),
);

const net = network(
  [12, 12, 1],
  [
    ...[convolution("conv1", "input", 3, { size: [3, 3], padding: around }), relu("conv1_relu", "conv1")],
    maxPool("pool", "conv1_relu"),
    ...[convolution("conv2", "pool", 2, { size: [3, 3], padding: around }), relu("conv2_relu", "conv2")],
  ],
  {
    conv1: Array.from({ length: 27 }, (_, i) => ((i * 7) % 5) - 2),
    conv2: Array.from({ length: 54 }, (_, i) => ((i * 5) % 7) - 3),
  },
);
const projected = (): Promise<Projection> =>
  down(net, fromRows(rows), { layer: "conv2", map: 1, y: 2, x: 3 }, { seed: 5 });

const cases: [name: string, step: number, options?: StillOptions][] = [
  ["step-through-filter", 1],
  ["step-through-unpool", 2],
  ["step-through-rectify-dark", 3, { theme: "dark" }],
];

test.each(cases)("%s looks as it did when it was last looked at", async (name, step, options = {}) => {
  const view = stepThrough(await projected());
  view.step = step;
  const { drawing, words } = await view.still(options);
  await expectGolden(name, await png(drawing, words));
});

test("a sum of branches looks as it did when it was last looked at", async () => {
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
  const view = stepThrough(
    await down(inception, two, {
      layer: "joined",
      maps: fromRows(
        [
          [1, 0],
          [0, 1],
        ],
        [
          [2, 0],
          [0, 0],
        ],
        [
          [0, 3],
          [0, 0],
        ],
      ),
    }),
  );
  view.step = 3;
  const { drawing, words } = await view.still();
  expect(words).toContain("Sum adds what comes down the 2 branches");
  await expectGolden("step-through-sum", await png(drawing, words));
});
