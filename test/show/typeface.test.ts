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
  const box = outlines("\ue123", 20).path;
  for (const sign of "ᵀ›×−…±→·’½≤²∞ªéßœŁжλσ") expect(outlines(sign, 20).path, sign).not.toBe(box);
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

test("Chinese signs are drawn in a font that has them, in line with what stands beside them", () => {
  const box = outlines("\ue123", 20).path;
  for (const sign of "卷积池化开关，。（）：；「」") expect(outlines(sign, 20).path, sign).not.toBe(box);
  expect(textWidth("卷积", 20)).toBe(40);
  expect(textWidth("卷积 3 × 3", 20)).toBeCloseTo(40 + textWidth(" 3 × 3", 20), 6);
  expect(outlines("卷", 20, "semibold").path).not.toBe(outlines("卷", 20).path);
});

test("Chinese sentences break between signs, never before a comma or after a bracket", () => {
  const sentence = "每个窗口（3 × 3）保留最大值，开关记下位置。";
  for (let signs = 3; signs < 20; signs++) {
    const lines = wrapped(sentence, signs * 15 + 1, 15);
    expect(lines.join("").replaceAll(" ", "")).toBe(sentence.replaceAll(" ", ""));
    for (const line of lines) {
      expect(textWidth(line, 15)).toBeLessThanOrEqual(signs * 15 + 1);
      expect(line).not.toMatch(/^[，。）]|（$/);
    }
  }
});
