import { describe, expect, test } from "vitest";
import { Photo } from "../../src/image/photo.js";
import { FeatureMaps, fromRows } from "../../src/maps.js";
import { Filters } from "../../src/network/filters.js";
import { Projection } from "../../src/projection.js";
import { type Drawable, still } from "../../src/show/index.js";
import { png } from "../../src/show/raster.js";
import type { StillOptions } from "../../src/show/still-options.js";
import { expectGolden } from "./golden.js";
import { drawnPhoto, pattern, projected, scene, steps } from "./scene.js";

const edge = new Filters({ size: [1, 2], inChannels: 1, channels: 1, weights: Float32Array.of(-1, 1) });
const many = new Filters({
  ...{ size: [3, 3], inChannels: 3, channels: 8 },
  weights: pattern([3, 3, 24], false).data,
});
const cases: [name: string, value: Drawable, options?: StillOptions][] = [
  ["maps", pattern([12, 12, 40])],
  ["maps-signed-dark", pattern([10, 14, 6], false), { theme: "dark", order: "number" }],
  ["maps-single-values", pattern([1, 1, 100])],
  [
    "numbers",
    fromRows(
      [
        [1, 0, -2],
        [0.125, 1999.63, 0],
      ],
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ),
  ],
  ["photo", drawnPhoto()],
  [
    "photo-of-few-pixels",
    new Photo(
      3,
      2,
      Uint8Array.from({ length: 18 }, (_, i) => i * 14),
      "few",
    ),
  ],
  ["seen", scene()],
  ["seen-dark", scene(), { theme: "dark" }],
  ["seen-without-preprocessing", scene({ order: "unknown" })],
  ["projection", projected()],
  ["projection-dark", projected(), { theme: "dark", range: "plain", contrast: 2 }],
  ["projection-without-preprocessing", projected(scene({ order: "unknown" }))],
  ["projections", [projected(), projected(scene(), 2), projected(scene(), 11)]],
  ["step-unpool", steps()[0]],
  ["step-filter", steps()[2]],
  ["steps", steps()],
  ["filters", many],
  ["filters-as-numbers", edge],
];

describe("a still looks as it did when it was last looked at", () => {
  test.each(cases)("%s", async (name, value, options = {}) => {
    const { drawing, words } = still(value, options);
    await expectGolden(name, await png(drawing, words));
  });
});

test("a projection of zeros is drawn in plain mid-grey and says why", async () => {
  const pixels = new FeatureMaps([48, 48, 3]);
  const zero = new Projection({
    ...projected(),
    pixels: () => pixels,
    notes: ["unit 1, 5 did not fire (0)"],
  });
  const { words } = still(zero);
  expect(words).toContain("Unit 1, 5 did not fire (0).");
  expect(words).not.toContain("NaN");
});

test("projections of whole maps and of seeds made by hand are drawn without a unit", () => {
  const whole = { y: -8, x: -8, height: 64, width: 64 };
  const map = new Projection({
    ...projected(),
    pixels: () => projected().pixels,
    seed: { layer: "pool2", map: 3 },
    window: whole,
  });
  expect(still(map).words).toMatch(
    /^Projection pool2 › map 3 by deconvnet\. The seed sees 64 × 64 pixels, partly/,
  );
  const seed = { layer: "pool2", maps: pattern([12, 12, 12]) };
  expect(
    still(new Projection({ ...projected(), pixels: () => projected().pixels, seed, window: whole })).words,
  ).toMatch(/^Projection pool2 › its own seed by deconvnet\. The seed sees/);
});

test("a still does not depend on how large the numbers are", () => {
  for (const value of [0, 1e-30, 1e30, Number.NaN, Number.POSITIVE_INFINITY])
    expect(still(fromRows(Array.from({ length: 12 }, () => [value, 1, -1]))).drawing.width).toBeGreaterThan(
      100,
    );
});

test("a still refuses what it can't draw, by name", () => {
  expect(() => still(7 as never)).toThrow('still: value is "Number", wanted maps, a photo');
  expect(() => still([] as never)).toThrow('value is "Array"');
  expect(() => still(null as never)).toThrow("still: value is");
  expect(() => still(pattern([2, 2, 1]), { theme: "sepia" as never })).toThrow(
    'theme is "sepia", wanted "light" or "dark"',
  );
  expect(() => still(pattern([2, 2, 1]), { width: 10 })).toThrow("width is 10");
  expect(() => still(pattern([2, 2, 1]), { contrast: 0 })).toThrow("contrast is 0");
  expect(() => still(pattern([2, 2, 1]), { scale: -1 })).toThrow("scale is -1");
});
