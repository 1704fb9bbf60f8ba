import { expect, test } from "vitest";
import { deconvnet, fromRows, toRows } from "../../src/index.js";

const signal = fromRows([
  [5, -5],
  [5, -5],
]);
const rectified = fromRows([
  [2, 2],
  [0, 0],
]);

test("deconvnet: what is above zero on the way down, whatever was rectified on the way up", () => {
  expect(toRows(deconvnet.rectify(signal))).toEqual([
    [5, 0],
    [5, 0],
  ]);
});

test("gradient: what was above zero on the way up, sign kept", () => {
  expect(toRows(deconvnet.rectify(signal, { rule: "gradient", rectified }))).toEqual([
    [5, -5],
    [0, 0],
  ]);
});

test("guided: both", () => {
  expect(toRows(deconvnet.rectify(signal, { rule: "guided", rectified }))).toEqual([
    [5, 0],
    [0, 0],
  ]);
});

test("a rule that looks at the way up says so when it is not given", () => {
  expect(() => deconvnet.rectify(signal, { rule: "guided" })).toThrow(
    /rectified is undefined, wanted the maps of the way up/,
  );
});

test("a rule nobody published is refused with the known ones", () => {
  expect(() => deconvnet.rectify(signal, { rule: "relu" as never })).toThrow(
    /rule is "relu", wanted deconvnet, gradient, guided/,
  );
});
