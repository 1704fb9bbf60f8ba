import { expect, test } from "vitest";
import { convnet, deconvnet, FeatureMaps, fromRows, toRows } from "../../src/index.js";

/** Two windows of 3 columns share the 9 in the middle. */
const shared = fromRows([
  [0, 0, 0, 0, 0],
  [0, 0, 9, 0, 0],
  [0, 0, 0, 0, 1],
]);
const overlapping = { size: 3, stride: 2 };

test("a value goes to its switch, zeros elsewhere", () => {
  const { switches } = convnet.pool(
    fromRows([
      [1, 5],
      [3, 2],
    ]),
    { size: 2 },
  );
  expect(toRows(deconvnet.unpool(fromRows([[7]]), switches))).toEqual([
    [0, 7],
    [0, 0],
  ]);
});

test("where windows share a switch, values add", () => {
  const { switches } = convnet.pool(shared, overlapping);
  expect(toRows(deconvnet.unpool(fromRows([[2, 3]]), switches))[1]).toEqual([0, 0, 5, 0, 0]);
});

test("where windows share a switch, overwrite keeps the later one's value", () => {
  const { switches } = convnet.pool(shared, overlapping);
  const out = deconvnet.unpool(fromRows([[2, 3]]), switches, { duplicates: "overwrite" });
  expect(toRows(out)[1]).toEqual([0, 0, 3, 0, 0]);
});

test("all ties: every equal maximum gets the value", () => {
  const input = fromRows([
    [4, 1],
    [4, 4],
  ]);
  const pooling = { size: 2 };
  const { switches } = convnet.pool(input, pooling);
  expect(toRows(deconvnet.unpool(fromRows([[6]]), switches))).toEqual([
    [6, 0],
    [0, 0],
  ]);
  expect(toRows(deconvnet.unpool(fromRows([[6]]), switches, { ties: { input, pooling } }))).toEqual([
    [6, 0],
    [6, 6],
  ]);
});

test("rows that no window reached stay zero, at the size that was pooled", () => {
  const { switches } = convnet.pool(
    fromRows([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]),
    { size: 2 },
  );
  expect(toRows(deconvnet.unpool(fromRows([[1]]), switches))).toEqual([
    [0, 0, 0],
    [0, 1, 0],
    [0, 0, 0],
  ]);
});

test("switches of another pool are refused, with both shapes", () => {
  const { switches } = convnet.pool(new FeatureMaps([6, 6, 2]), { size: 2 });
  expect(() => deconvnet.unpool(new FeatureMaps([7, 7, 2]), switches)).toThrow(
    "deconvnet.unpool: values are [7,7,2], wanted [3,3,2]; pass the switches recorded by the same pool",
  );
});
