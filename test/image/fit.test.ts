import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Fit, fitPhoto } from "../../src/image/fit.js";
import { Photo } from "../../src/image/photo.js";
import { readImage } from "../../src/image/read.js";
import { noise } from "./noise.js";

interface Answer {
  readonly fit: Fit;
  readonly data: number[];
}
interface Answers {
  readonly fit: readonly (Answer & { size: [number, number]; to: [number, number] })[];
  readonly chelsea: readonly Answer[];
}
const answers: Answers = JSON.parse(
  readFileSync(new URL("../reference/pictures/answers.json", import.meta.url), "utf8"),
);

/** A grey photo from rows of numbers. */
function grey(...rows: number[][]): Photo {
  return new Photo(
    rows[0].length,
    rows.length,
    Uint8Array.from(rows.flat().flatMap((v) => [v, v, v])),
    "grey",
  );
}
const rows = ({ data, width, height }: Photo): number[][] =>
  Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => data[(y * width + x) * 3]),
  );

// Pillow rounds to 8 bits between its two passes, so it may differ by one.
function nearPillow(photo: Photo, data: readonly number[]): void {
  expect(photo.data.length).toBe(data.length);
  for (let i = 0; i < data.length; i++) expect(Math.abs(photo.data[i] - data[i])).toBeLessThanOrEqual(1);
}

describe("fitPhoto", () => {
  test("keeps a photo of the right size as it is, for every fit", () => {
    const photo = noise(6, 5);
    for (const fit of ["crop", "stretch", "pad"] as const)
      expect(fitPhoto(photo, { height: 5, width: 6 }, fit).photo.data).toEqual(photo.data);
  });

  test("halves a row with weights 1 3 3 1, cut off at the edge: the triangle is 2 pixels wide to each side", () => {
    // (0·0.75 + 8·0.75 + 16·0.25) / 1.75 = 5.71 and (8·0.25 + 16·0.75 + 40·0.75) / 1.75 = 25.14
    const fitted = fitPhoto(grey([0, 8, 16, 40]), { height: 1, width: 2 }, "stretch");
    expect(rows(fitted.photo)).toEqual([[6, 25]]);
  });

  test("doubles a row with weights 3/4 and 1/4", () => {
    const fitted = fitPhoto(grey([0, 100]), { height: 1, width: 4 }, "stretch");
    expect(rows(fitted.photo)).toEqual([[0, 25, 75, 100]]);
  });

  test("crops the middle of the longer side by default", () => {
    const fitted = fitPhoto(grey([1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]), { height: 2, width: 2 });
    expect(rows(fitted.photo)).toEqual([
      [3, 4],
      [9, 10],
    ]);
    expect(fitted.shows).toEqual({ y: 0, x: 2, height: 2, width: 2 });
  });

  test("crops between two pixels where the middle lies there", () => {
    const fitted = fitPhoto(grey([10, 20, 30, 40], [10, 20, 30, 40], [10, 20, 30, 40]), {
      height: 3,
      width: 3,
    });
    expect(fitted.shows.x).toBe(0.5);
    expect(rows(fitted.photo)[0]).toEqual([15, 25, 35]);
  });

  test("pads the shorter side with mid-grey, half on each side", () => {
    const fitted = fitPhoto(grey([1, 2, 3, 4], [5, 6, 7, 8]), { height: 4, width: 4 }, "pad");
    const bar = [128, 128, 128, 128];
    expect(rows(fitted.photo)).toEqual([bar, [1, 2, 3, 4], [5, 6, 7, 8], bar]);
    expect(fitted.shows).toEqual({ y: -1, x: 0, height: 4, width: 4 });
  });

  test.each(answers.fit)(
    "scales noise of $size to $to by $fit as Pillow does, to one level",
    ({ size, to, fit, data }) => {
      nearPillow(fitPhoto(noise(...size), { width: to[0], height: to[1] }, fit).photo, data);
    },
  );

  test.each(answers.chelsea)(
    "scales chelsea.png by $fit as Pillow does, to one level",
    async ({ fit, data }) => {
      const cat = await readImage("notebooks/photos/chelsea.png");
      nearPillow(fitPhoto(cat, { width: 8, height: 8 }, fit).photo, data);
    },
  );

  test("refuses a size that is not of whole numbers, and a fit that is none", () => {
    expect(() => fitPhoto(noise(4, 4), { height: 0, width: 2 })).toThrow("fitPhoto: shape is [0,2]");
    expect(() => fitPhoto(noise(4, 4), { height: 2, width: 2 }, "squeeze" as Fit)).toThrow(
      'fitPhoto: fit is "squeeze", wanted "crop", "stretch" or "pad"',
    );
  });
});

describe("toPhoto and fromPhoto", () => {
  test("map a window of the network's input onto the original, by hand", () => {
    const fitted = fitPhoto(noise(8, 4), { height: 2, width: 2 });
    expect(fitted.toPhoto({ y: 0, x: 0, height: 1, width: 1 })).toEqual({ y: 0, x: 2, height: 2, width: 2 });
    expect(fitted.toPhoto({ y: 1, x: -1, height: 1, width: 3 })).toEqual({ y: 2, x: 0, height: 2, width: 6 });
  });

  test.each(["crop", "stretch", "pad"] as const)("are each other's inverse for %s", (fit) => {
    const fitted = fitPhoto(noise(451, 300), { height: 224, width: 224 }, fit);
    const window = { y: -12, x: 17.25, height: 92, width: 40 };
    const back = fitted.fromPhoto(fitted.toPhoto(window));
    for (const side of ["y", "x", "height", "width"] as const)
      expect(back[side]).toBeCloseTo(window[side], 10);
  });

  test.each(["crop", "stretch"] as const)("put a white square where it is, for %s", (fit) => {
    const photo = new Photo(60, 40, new Uint8Array(60 * 40 * 3), "square");
    for (let y = 10; y < 20; y++) photo.data.fill(255, (y * 60 + 24) * 3, (y * 60 + 34) * 3);
    const fitted = fitPhoto(photo, { height: 80, width: 80 }, fit);
    const box = fitted.fromPhoto({ y: 10, x: 24, height: 10, width: 10 });
    const at = (y: number, x: number): number => fitted.photo.data[(Math.floor(y) * 80 + Math.floor(x)) * 3];
    expect(at(box.y + 2, box.x + 2)).toBe(255);
    expect(at(box.y + box.height - 2, box.x + box.width - 2)).toBe(255);
    expect(at(box.y - 2, box.x + 2)).toBe(0);
    expect(at(box.y + 2, box.x + box.width + 2)).toBe(0);
  });
});
