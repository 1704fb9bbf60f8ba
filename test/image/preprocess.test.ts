import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Photo } from "../../src/image/photo.js";
import { preprocess, toPixels } from "../../src/image/preprocess.js";
import { type Preprocessing, preprocessings } from "../../src/image/preprocessing.js";
import { FeatureMaps } from "../../src/maps.js";
import { noise } from "./noise.js";

const grey: Preprocessing = { channelOrder: "grey", scale: 1, mean: [0], deviation: [1] };
const every = Object.entries({ ...preprocessings, grey });
const pixel = new Photo(1, 1, Uint8Array.from([255, 102, 0]), "orange");

describe("preprocess", () => {
  test.each([
    ["caffe", [0 - 103.939, 102 - 116.779, 255 - 123.68]],
    ["torch", [(1 - 0.485) / 0.229, (0.4 - 0.456) / 0.224, (0 - 0.406) / 0.225]],
    ["tf", [1, -0.2, -1]],
    ["unit", [1, 0.4, 0]],
    ["none", [255, 102, 0]],
  ] as const)("turns the orange pixel 255, 102, 0 into %s's %j", (name, wanted) => {
    const { shape, data } = preprocess(pixel, preprocessings[name]);
    expect(shape).toEqual([1, 1, 3]);
    wanted.forEach((value, channel) => {
      expect(data[channel]).toBeCloseTo(value, 4);
    });
  });

  test("reads brightness for a grey network, as Pillow's mode L does to the bit", () => {
    const answers = JSON.parse(
      readFileSync(new URL("../reference/pictures/answers.json", import.meta.url), "utf8"),
    );
    const maps = preprocess(noise(8, 8), grey);
    expect(maps.shape).toEqual([8, 8, 1]);
    expect([...maps.data]).toEqual(answers.grey);
  });

  test("refuses a mean of the wrong length, a deviation of 0, a scale of 0 and an unknown order", () => {
    const { caffe } = preprocessings;
    expect(() => preprocess(pixel, { ...caffe, mean: [1] })).toThrow('mean is 1, wanted 3 numbers for "bgr"');
    expect(() => preprocess(pixel, { ...caffe, deviation: [1, 0, 1] })).toThrow("none of them 0");
    expect(() => preprocess(pixel, { ...caffe, scale: 0 })).toThrow("preprocess: preprocessing.scale is 0");
    expect(() => preprocess(pixel, { ...caffe, channelOrder: "rbg" as never })).toThrow(
      'channelOrder is "rbg"',
    );
  });
});

describe("toPixels", () => {
  test.each(every)("gives back every pixel that preprocess read by %s", (name, preprocessing) => {
    const photo = name === "grey" ? greyRamp() : noise(32, 16);
    const back = toPixels(preprocess(photo, preprocessing), preprocessing, "back");
    expect([back.height, back.width, back.name]).toEqual([photo.height, photo.width, "back"]);
    expect(back.data).toEqual(photo.data);
  });

  test("clamps to 0…255 and rounds to the nearest", () => {
    const maps = new FeatureMaps([2, 1, 3], Float32Array.from([-0.1, 2, 0.5, Number.NaN, 0.0019, 0.0021]));
    expect([...toPixels(maps, preprocessings.unit).data]).toEqual([0, 255, 128, 0, 0, 1]);
  });

  test("refuses maps with another number of channels", () => {
    expect(() => toPixels(new FeatureMaps([2, 2, 1]), preprocessings.caffe)).toThrow(
      "toPixels: maps are [2,2,1], wanted [height,width,3] for bgr",
    );
  });
});

function greyRamp(): Photo {
  return new Photo(
    16,
    16,
    Uint8Array.from({ length: 768 }, (_, i) => Math.floor(i / 3)),
    "ramp",
  );
}
