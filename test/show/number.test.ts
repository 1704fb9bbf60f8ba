import { expect, test } from "vitest";
import { count, ordinal, percent, several, shortNumber, sides } from "../../src/show/number.js";

test.each([
  [0, "0"],
  [-0, "0"],
  [7, "7"],
  [-3, "−3"],
  [1995.62, "1995.6"],
  [206.54, "206.5"],
  [100.04, "100"],
  [12.345, "12.35"],
  [0.75, "0.75"],
  [0.29345, "0.293"],
  [-0.012, "−0.012"],
  [1e-7, "1e−7"],
  [-2.34e8, "−2.3e8"],
  [1e6, "1e6"],
  [999999, "999999"],
  [Number.NaN, "NaN"],
  [Number.POSITIVE_INFINITY, "∞"],
  [Number.NEGATIVE_INFINITY, "−∞"],
])("%f is written %s", (value, words) => {
  expect(shortNumber(value)).toBe(words);
});

test("counts, sides, shares and places are written as people do", () => {
  expect([count(7), count(1234), count(3211264)]).toEqual(["7", "1,234", "3,211,264"]);
  expect(sides(14, 14, 512)).toBe("14 × 14 × 512");
  expect(sides(92.25, 92.25)).toBe("92.3 × 92.3");
  expect([several(1, "map"), several(2, "map")]).toEqual(["1 map", "2 maps"]);
  expect([percent(1, 4), percent(0, 4), percent(4, 4)]).toEqual(["25 %", "0 %", "100 %"]);
  expect([percent(1, 1e6), percent(999999, 1e6)]).toEqual(["less than 0.1 %", "more than 99.9 %"]);
  expect([1, 2, 3, 4, 11, 12, 13, 21, 102, 113].map(ordinal).join()).toBe(
    "1st,2nd,3rd,4th,11th,12th,13th,21st,102nd,113th",
  );
});
