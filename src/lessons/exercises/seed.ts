import type { Rows } from "../rows.js";
import type { Definition } from "./definition.js";
import { cellwise, zeros } from "./rows-by-hand.js";

type Args = readonly [map: Rows, y: number, x: number];

/** One activation is kept, all others are set to zero. */
export const seed: Definition<"seed", Args, number[][]> = {
  name: "seed",
  lesson: 5,
  signature: "function seed(map: number[][], y: number, x: number): number[][]",
  cases: [
    [
      [
        [1, 5, 2],
        [7, 3, 4],
      ],
      0,
      1,
    ],
    [
      [
        [2, 9],
        [9, 4],
        [9, 1],
      ],
      1,
      0,
    ],
    [
      [
        [1, 2, 3],
        [4, -6, 8],
        [5, 7, 9],
      ],
      1,
      1,
    ],
    [
      [
        [3, 1, 2],
        [6, 5, 4],
        [7, 8, 0],
      ],
      2,
      0,
    ],
  ],
  random: (random) => {
    const [height, width] = [random.whole(2, 4), random.whole(2, 4)];
    return [random.rows(height, width, -9, 9), random.whole(0, height - 1), random.whole(0, width - 1)];
  },
  expected: (map, y, x) => at(map, y, x, map[y][x]),
  mistakes: {
    ones: (map, y, x) => at(map, y, x, 1),
    wholeMap: (map) => map,
    swapped: (map, y, x) => at(map, x, y, map[x]?.[y] ?? 0),
    rectified: (map, y, x) => at(map, y, x, Math.max(map[y][x], 0)),
    equalsKept: (map, y, x) => cellwise(map, (value) => (value === map[y][x] ? value : 0)),
    strongest: (map) => {
      const greatest = Math.max(...map.flat());
      const place = map.flat().indexOf(greatest);
      return at(map, Math.floor(place / map[0].length), place % map[0].length, greatest);
    },
    erased: (map, y, x) => cellwise(map, (value, row, column) => (row === y && column === x ? 0 : value)),
    fromOne: (map, y, x) => at(map, y - 1, x - 1, map[y - 1]?.[x - 1] ?? 0),
    sum: (map, y, x) =>
      at(
        map,
        y,
        x,
        map.flat().reduce((a, b) => a + b),
      ),
    rowKept: (map, y) => cellwise(map, (value, row) => (row === y ? value : 0)),
  },
  solution: `function seed(map: number[][], y: number, x: number): number[][] {
  return map.map((row, i) => row.map((value, j) => (i === y && j === x ? value : 0)));
}`,
};

function at(map: Rows, y: number, x: number, value: number): number[][] {
  const out = zeros(map.length, map[0].length);
  if (out[y]?.[x] !== undefined) out[y][x] = value;
  return out;
}
