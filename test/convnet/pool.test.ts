import { expect, test } from "vitest";
import { convnet, FeatureMaps, fromRows, ShapeError, toRows } from "../../src/index.js";

test("the first of equal maxima is the switch", () => {
  const { maps, switches } = convnet.pool(
    fromRows([
      [4, 4],
      [4, 4],
    ]),
    { size: 2 },
  );
  expect([toRows(maps), [...switches.positions]]).toEqual([[[4]], [0]]);
});

test("overlapping windows may share a switch", () => {
  const { maps, switches } = convnet.pool(
    fromRows([
      [0, 0, 0, 0, 0],
      [0, 0, 9, 0, 0],
      [0, 0, 0, 0, 1],
    ]),
    { size: 3, stride: 2 },
  );
  expect(toRows(maps)).toEqual([[9, 9]]);
  expect([...switches.positions]).toEqual([7, 7]);
});

test("rounding up adds a window that overhangs, and padding is never a switch", () => {
  const floor = convnet.pool(fromRows([[1, 2, 3, -4]]), { size: [1, 3], stride: [1, 2] });
  const ceil = convnet.pool(fromRows([[1, 2, 3, -4]]), { size: [1, 3], stride: [1, 2], rounding: "ceil" });
  expect(toRows(floor.maps)).toEqual([[3]]);
  expect(toRows(ceil.maps)).toEqual([[3, 3]]);
  const negative = convnet.pool(fromRows([[-5, -6]]), {
    size: [1, 2],
    stride: [1, 2],
    padding: { top: 0, bottom: 0, left: 1, right: 0 },
  });
  expect([toRows(negative.maps), [...negative.switches.positions]]).toEqual([[[-5]], [0]]);
});

test("a last window that would start beyond the input and its left padding is dropped", () => {
  const how = { size: [1, 2] as const, stride: [1, 4] as const, rounding: "ceil" as const };
  expect(convnet.pool(fromRows([[1, 2, 3, 4]]), how).maps.shape).toEqual([1, 1, 1]);
  expect(convnet.pool(fromRows([[1, 2, 3, 4, 5]]), how).maps.shape).toEqual([1, 2, 1]);
});

test("NaN counts as greater than every number and the first NaN wins", () => {
  const { maps, switches } = convnet.pool(
    fromRows([
      [1, Number.NaN],
      [Number.NaN, Number.POSITIVE_INFINITY],
    ]),
    { size: 2 },
  );
  expect([toRows(maps), [...switches.positions]]).toEqual([[[Number.NaN]], [1]]);
});

test("a window of nothing but −∞ has its first cell", () => {
  const low = Number.NEGATIVE_INFINITY;
  const { maps, switches } = convnet.pool(
    fromRows([
      [low, low],
      [low, low],
    ]),
    { size: 2 },
  );
  expect([toRows(maps), [...switches.positions]]).toEqual([[[low]], [0]]);
});

test("channels are pooled apart", () => {
  const { maps, switches } = convnet.pool(fromRows([[1, 2]], [[4, 3]]), { size: [1, 2] });
  expect([[...maps.data], [...switches.positions]]).toEqual([
    [2, 4],
    [1, 0],
  ]);
});

test("a window larger than the maps, or all padding, is refused with the sizes", () => {
  expect(() => convnet.pool(new FeatureMaps([2, 2, 1]), { size: 3 })).toThrow(ShapeError);
  expect(() => convnet.pool(new FeatureMaps([2, 2, 1]), { size: 3 })).toThrow(
    "pool: input is [2,2], wanted at least as large as the window [3,3]",
  );
  expect(() => convnet.pool(new FeatureMaps([4, 4, 1]), { size: 2, padding: 2 })).toThrow(
    /padding is \[2,2\]/,
  );
});
