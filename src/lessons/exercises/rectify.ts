import { rectify as rectifyUp } from "../../convnet/rectify.js";
import { type Rule, rectify as rectifyDown, rules } from "../../deconvnet/rectify.js";
import { mapsOfRows, type Rows, rowsOfMaps } from "../rows.js";
import type { Definition } from "./definition.js";
import { cellwise } from "./rows-by-hand.js";

type Args = readonly [signal: Rows, forward: Rows, rule: Rule];

const [signal, forward] = [
  [
    [2, 4, 3],
    [-6, -1, 5],
  ],
  [
    [3, -2, 0],
    [-1, 5, 2],
  ],
];

/** One ReLU on the way down, by three rules. */
export const rectify: Definition<"rectify", Args, number[][]> = {
  name: "rectify",
  lesson: 4,
  signature:
    'function rectify(signal: number[][], forward: number[][], rule: "deconvnet" | "gradient" | "guided"): number[][]',
  cases: [
    [signal, forward, "deconvnet"],
    [signal, forward, "gradient"],
    [signal, forward, "guided"],
  ],
  random: (random) => {
    const [height, width] = [random.whole(1, 3), random.whole(2, 4)];
    return [random.rows(height, width, -5, 5), random.rows(height, width, -3, 3), rules[random.whole(0, 2)]];
  },
  expected,
  mistakes: {
    forwardMask: (r, x) => expected(r, x, "gradient"),
    ruleIgnored: (r, x) => expected(r, x, "deconvnet"),
    alwaysGuided: (r, x) => expected(r, x, "guided"),
    rulesSwapped: (r, x, rule) =>
      expected(r, x, rule === "deconvnet" ? "gradient" : rule === "gradient" ? "deconvnet" : rule),
    zeroPasses: (r, x, rule) =>
      cellwise(r, (value, row, column) => {
        const [positive, fired] = [value > 0, x[row][column] >= 0];
        return (rule === "deconvnet" || fired) && (rule === "gradient" || positive) ? value : 0;
      }),
    forwardRectified: (r, x, rule) =>
      rule === "deconvnet" ? expected(x, x, "deconvnet") : expected(x, r, rule),
    mask: (r, x, rule) => cellwise(expected(r, x, rule), (value) => (value === 0 ? 0 : 1)),
    multiplied: (r, x, rule) =>
      cellwise(expected(r, x, rule), (value, row, column) => value * x[row][column]),
    negated: (r, x, rule) => cellwise(r, (value, row, column) => value - expected(r, x, rule)[row][column]),
  },
  facts: ([r, x, rule], row, column) => ({
    signal: String(r[row][column]),
    x: String(x[row][column]),
    rule,
  }),
  solution: `function rectify(signal: number[][], forward: number[][], rule: "deconvnet" | "gradient" | "guided"): number[][] {
  return signal.map((row, y) =>
    row.map((value, x) => {
      if (rule !== "gradient" && value < 0) return 0;
      if (rule !== "deconvnet" && forward[y][x] <= 0) return 0;
      return value;
    }),
  );
}`,
};

function expected(r: Rows, x: Rows, rule: Rule): number[][] {
  const rectified = rectifyUp(mapsOfRows([x]));
  return rowsOfMaps(rectifyDown(mapsOfRows([r]), { rule, rectified }))[0];
}
