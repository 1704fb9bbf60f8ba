import { expect, test } from "vitest";
import { convnet, deconvnet, FeatureMaps, fromRows, toRows } from "../../src/index.js";

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

test("NaN of either sign stays NaN, −0 and −∞ become 0, on the way up and down", () => {
  const odd = new FeatureMaps([1, 6, 1], new Float32Array(6));
  new Int32Array(odd.data.buffer).set([
    0x7fc00000,
    0xffc00000 | 0,
    0x80000000 | 0,
    0xff800000 | 0,
    0x7f800000,
    0x00000001,
  ]);
  const wanted = [Number.NaN, Number.NaN, 0, 0, Number.POSITIVE_INFINITY, 2 ** -149];
  expect([...convnet.rectify(odd).data]).toEqual(wanted);
  expect([...deconvnet.rectify(odd).data]).toEqual(wanted);
});

test("a rectifier that let NaN through is closed to the two rules that look at it, one that let +∞ through is open", () => {
  const gates = new FeatureMaps(
    [1, 4, 1],
    Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, 2 ** -149, 0),
  );
  new Int32Array(gates.data.buffer)[0] = 0xffc00000 | 0;
  const down = fromRows([[3, -4, 5, 6]]);
  expect(toRows(deconvnet.rectify(down, { rule: "gradient", rectified: gates }))).toEqual([[0, -4, 5, 0]]);
  expect(toRows(deconvnet.rectify(down, { rule: "guided", rectified: gates }))).toEqual([[0, 0, 5, 0]]);
});
