import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { magnitudePercentile } from "../../src/image/percentile.js";
import { preprocess } from "../../src/image/preprocess.js";
import { pictureScale, projectionPicture } from "../../src/image/projection-picture.js";
import { FeatureMaps, fromRows } from "../../src/maps.js";
import { noise } from "./noise.js";

describe("pictureScale", () => {
  test("is the largest magnitude of all panels when plain", () => {
    expect(pictureScale([fromRows([[0, -4]]), fromRows([[1, 2]])], { range: "plain" })).toBe(4);
  });

  test("is the 99th percentile of what is not zero when robust: of 1…200, 198", () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => (i < 200 ? (i % 2 ? 1 : -1) * (i + 1) : 0));
    expect(pictureScale([new FeatureMaps([10, 100, 1], values)])).toBe(198);
  });

  test("gets smaller as contrast grows", () => {
    expect(pictureScale([fromRows([[6]])], { contrast: 3 })).toBe(2);
  });

  test("is 0 for panels of zeros, and for none", () => {
    expect(pictureScale([fromRows([[0, 0]])])).toBe(0);
    expect(pictureScale([])).toBe(0);
  });

  test("refuses a contrast of 0 and an unknown range", () => {
    expect(() => pictureScale([], { contrast: 0 })).toThrow(
      "pictureScale: contrast is 0, wanted a number above 0",
    );
    expect(() => pictureScale([], { range: "best" as never })).toThrow('range is "best"');
  });

  test("agrees with sorting, for any numbers and any share", () => {
    const floats = fc.array(fc.float({ noDefaultInfinity: true, noNaN: true }), { maxLength: 60 });
    fc.assert(
      fc.property(floats, floats, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, share) => {
        const sorted = [...a, ...b].map(Math.abs).filter((v) => v !== 0);
        sorted.sort((p, q) => p - q);
        const wanted = sorted.length ? sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] : 0;
        expect(magnitudePercentile([Float32Array.from(a), Float32Array.from(b)], share)).toBe(wanted);
      }),
    );
  });

  test("leaves NaN out", () => {
    expect(pictureScale([fromRows([[Number.NaN, 3, -2]])], { range: "plain" })).toBe(3);
  });
});

describe("projectionPicture", () => {
  const shades = (maps: FeatureMaps, scale?: number): number[] => [
    ...projectionPicture(maps, {
      channelOrder: maps.shape[2] === 1 ? "grey" : "rgb",
      ...(scale ? { scale } : {}),
    }).data,
  ];

  test("shows zero as 128, plus and minus the scale as 255 and 1, and clamps what is beyond", () => {
    const values = shades(fromRows([[-9, -2, -1, 0, 1, 2, 9]]), 2).filter((_, i) => i % 3 === 0);
    expect(values).toEqual([0, 1, 65, 128, 192, 255, 255]);
  });

  test("shows zeros as plain mid-grey, whatever the scale", () => {
    const zeros = new FeatureMaps([3, 2, 3]);
    expect(shades(zeros).every((v) => v === 128)).toBe(true);
    expect(shades(zeros, 5).every((v) => v === 128)).toBe(true);
    expect(projectionPicture(zeros, { channelOrder: "bgr", scale: 0 }).data.every((v) => v === 128)).toBe(
      true,
    );
  });

  test("puts a blue-green-red network's channels back into red, green, blue", () => {
    const maps = new FeatureMaps([1, 1, 3], Float32Array.from([1, 0, -1]));
    expect([...projectionPicture(maps, { channelOrder: "bgr", scale: 1 }).data]).toEqual([1, 128, 255]);
    expect([...projectionPicture(maps, { channelOrder: "rgb", scale: 1 }).data]).toEqual([255, 128, 1]);
  });

  test.each(["rgb", "bgr"] as const)(
    "shows a photo's own colours when the %s network hands it through",
    (channelOrder) => {
      const photo = noise(5, 4);
      const maps = preprocess(photo, { channelOrder, scale: 1, mean: [128, 128, 128], deviation: [1, 1, 1] });
      const picture = projectionPicture(maps, { channelOrder, scale: 127 });
      expect(picture.data).toEqual(photo.data);
    },
  );

  test("shows a pixel with a NaN in magenta", () => {
    expect(shades(fromRows([[0, Number.NaN]]), 1)).toEqual([128, 128, 128, 255, 0, 255]);
  });

  test("refuses other channels than the order has, and a scale below 0", () => {
    expect(() => projectionPicture(fromRows([[1]]), { channelOrder: "bgr" })).toThrow(
      'pixels are [1,1,1], wanted [height,width,3] for "bgr"',
    );
    expect(() => projectionPicture(fromRows([[1]]), { channelOrder: "grey", scale: -1 })).toThrow(
      "scale is -1",
    );
  });
});
