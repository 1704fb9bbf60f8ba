import { expect, test } from "vitest";
import { elided, outlines, textWidth, wrapped } from "../../src/show/typeface.js";

test("figures are equally wide, so that numbers stand in columns", () => {
  const widths = [..."0123456789"].map((digit) => textWidth(digit, 13));
  expect(new Set(widths.map((width) => width.toFixed(6))).size).toBe(1);
  expect(textWidth("1111", 13)).toBeCloseTo(textWidth("0000", 13), 6);
});

test("text grows with its size, and semibold is wider", () => {
  expect(textWidth("conv5_1", 26)).toBeCloseTo(2 * textWidth("conv5_1", 13), 6);
  expect(textWidth("conv5_1", 13, "semibold")).toBeGreaterThan(textWidth("conv5_1", 13));
});

test("every sign that stills use is in the typeface", () => {
  const box = outlines("\u732b", 20).path;
  for (const sign of "›×−…±→·’½≤²∞ªéßœŁжλσ") expect(outlines(sign, 20).path, sign).not.toBe(box);
});

test("line breaks and control signs become spaces", () => {
  expect(outlines("a\nb\u0007c", 13)).toEqual(outlines("a b c", 13));
});

test("text that does not fit ends in …", () => {
  expect(elided("conv5_1", 100, 13)).toBe("conv5_1");
  const short = elided("block3/branch2/convolution/ReadVariableOp", 100, 13);
  expect(short).toMatch(/^block3.*…$/);
  expect(textWidth(short, 13)).toBeLessThanOrEqual(100);
  expect(elided("anything", 0, 13)).toBe("…");
  expect(elided("x".repeat(1e6), 50, 13).length).toBeLessThan(20);
});

test("sentences break at spaces, and words too long are cut", () => {
  const lines = wrapped("one two three four", textWidth("one two ", 15), 15);
  expect(lines).toEqual(["one two", "three", "four"]);
  expect(wrapped(`a ${"b".repeat(300)}`, 60, 15)[1]).toMatch(/^b+…$/);
});
