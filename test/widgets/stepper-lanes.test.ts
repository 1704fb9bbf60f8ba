import { describe, expect, test } from "vitest";
import { layLanes } from "../../widgets/stepper/lanes.js";

/** Every way as "row.lane → row.lane by lane". */
const ways = (below: readonly (readonly number[])[]): string[] =>
  layLanes(below).ways.map(
    ({ from, to, lane }) => `${from.row}.${from.lane} → ${to.row}.${to.lane} by ${lane}`,
  );

test("rows in a line stand in one lane", () => {
  expect(layLanes([[1], [2], []])).toMatchObject({ rows: [0, 0, 0], count: 1 });
});

describe("a residual block", () => {
  // An add, two layers beside the short way, and the layer where they meet.
  const below = [[1, 3], [2], [3], [4], []];

  test("the short way runs beside the layers, which stand in a line", () => {
    expect(layLanes(below)).toMatchObject({ rows: [0, 0, 0, 0, 0], count: 2 });
    expect(ways(below)).toEqual([
      "0.0 → 1.0 by 0",
      "1.0 → 2.0 by 0",
      "2.0 → 3.0 by 0",
      "0.0 → 3.0 by 1",
      "3.0 → 4.0 by 0",
    ]);
  });
});

describe("an inception block", () => {
  // Joined: four branches of one, two, two and one layers, and the layer they all read.
  const below = [[1, 2, 4, 6], [7], [3], [7], [5], [7], [7], [8], []];

  test("each branch has a lane, and they end where they meet", () => {
    expect(layLanes(below)).toMatchObject({ rows: [0, 0, 1, 1, 2, 2, 3, 0, 0], count: 4 });
    expect(ways(below).filter((way) => way.includes("→ 7"))).toEqual([
      "1.0 → 7.0 by 0",
      "3.1 → 7.0 by 1",
      "5.2 → 7.0 by 2",
      "6.3 → 7.0 by 3",
    ]);
  });
});

test("no two rows or ways ever share a place", () => {
  // Dense blocks, as in DenseNet: every row leads to all that come after it.
  const below = Array.from({ length: 8 }, (_, row) => Array.from({ length: 7 - row }, (_, i) => row + 1 + i));
  const { rows, ways: all } = layLanes(below);
  for (let row = 0; row < 8; row++) {
    const passing = all.filter(({ from, to }) => from.row < row && to.row > row).map(({ lane }) => lane);
    expect(new Set([...passing, rows[row]]).size, `row ${row}`).toBe(passing.length + 1);
  }
  expect(all).toHaveLength(28);
});
