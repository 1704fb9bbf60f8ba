import { expect, test } from "vitest";
import { patch } from "../../src/image/patch.js";
import { Photo } from "../../src/image/photo.js";

// 2 × 3 pixels, each three equal bytes: 1 2 3 above 4 5 6.
const photo = new Photo(
  3,
  2,
  Uint8Array.from({ length: 18 }, (_, i) => 1 + Math.floor(i / 3)),
  "six",
);
const grey = ({ data }: Photo): number[] => [...data].filter((_, i) => i % 3 === 0);
const out = 232;

test("patch cuts a window out of the middle", () => {
  const cut = patch(photo, { y: 0, x: 1, height: 2, width: 2 });
  expect([cut.height, cut.width, cut.name]).toEqual([2, 2, "six"]);
  expect(grey(cut)).toEqual([2, 3, 5, 6]);
});

test("patch fills what overhangs with page grey, on every side", () => {
  expect(grey(patch(photo, { y: -1, x: -1, height: 4, width: 5 }))).toEqual([
    ...[out, out, out, out, out],
    ...[out, 1, 2, 3, out],
    ...[out, 4, 5, 6, out],
    ...[out, out, out, out, out],
  ]);
  expect(grey(patch(photo, { y: 9, x: 9, height: 1, width: 2 }, "#000000"))).toEqual([0, 0]);
  expect(grey(patch(photo, { y: 0, x: -9, height: 1, width: 2 }))).toEqual([out, out]);
});

test("patch widens a window between pixels to whole ones", () => {
  expect(grey(patch(photo, { y: 0.5, x: 0.9999999, height: 0.5, width: 1.1 }))).toEqual([2, 3]);
});

test("patch refuses a window without area, one that is not finite, and one too large to draw", () => {
  expect(() => patch(photo, { y: 0, x: 0, height: 0, width: 2 })).toThrow("patch: window.height is 0");
  expect(() => patch(photo, { y: Number.NaN, x: 0, height: 1, width: 2 })).toThrow("patch: window.y is NaN");
  expect(() => patch(photo, { y: 0, x: 0, height: 20000, width: 20000 })).toThrow(
    "at most 100 million pixels",
  );
});

test("a Photo refuses bytes of another length than its size", () => {
  expect(() => new Photo(2, 2, new Uint8Array(4), "short")).toThrow("Photo: data is [4], wanted 12 bytes");
});
