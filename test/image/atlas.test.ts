import { describe, expect, test } from "vitest";
import { atlas } from "../../src/image/atlas.js";
import { mapPicture } from "../../src/image/map-picture.js";
import { FeatureMaps, fromRows } from "../../src/maps.js";

const zero = [222, 222, 222];
const positive = { half: [224, 99, 47], full: [143, 10, 16] };
const negative = { half: [59, 134, 196], full: [8, 60, 124] };
const colours = (data: Uint8Array): number[][] =>
  Array.from({ length: data.length / 3 }, (_, i) => [...data.subarray(i * 3, i * 3 + 3)]);
/** Within one step of 1/255 in strength. */
const near = (got: number[], wanted: number[]): void =>
  got.forEach((v, i) => {
    expect(Math.abs(v - wanted[i])).toBeLessThanOrEqual(2);
  });

describe("mapPicture", () => {
  test("shows zero, a quarter (half strength, since γ is ½) and the strongest in the palette's colours", () => {
    const picture = mapPicture(fromRows([[0, 1, 4, -1, -4]]), 0);
    expect([picture.height, picture.width]).toEqual([1, 5]);
    const [none, half, full, minusHalf, minusFull] = colours(picture.data);
    expect([none, full, minusFull]).toEqual([zero, positive.full, negative.full]);
    near(half, positive.half);
    near(minusHalf, negative.half);
  });

  test("shows half of the scale at half strength when γ is 1", () => {
    near(colours(mapPicture(fromRows([[1]]), 0, { gamma: 1, scale: 2 }).data)[0], positive.half);
  });

  test("picks the channel, clamps at the scale, and shows NaN in magenta", () => {
    const maps = fromRows([[0, 0, 0]], [[9, Number.NaN, 0]]);
    const picture = colours(mapPicture(maps, 1, { scale: 3 }).data);
    expect(picture).toEqual([positive.full, [255, 0, 255], zero]);
  });

  test("shows a map of zeros as zero, without dividing by it", () => {
    expect(colours(mapPicture(fromRows([[0, 0]]), 0).data)).toEqual([zero, zero]);
  });

  test("has a dark palette whose zero is dark", () => {
    expect(colours(mapPicture(fromRows([[0]]), 0, { theme: "dark" }).data)).toEqual([[58, 58, 58]]);
  });

  test("refuses a map that is not there", () => {
    expect(() => mapPicture(fromRows([[1]]), 1)).toThrow(
      "mapPicture: channel is 1, wanted a whole number from 0 to 0",
    );
  });
});

describe("atlas", () => {
  // Four maps of 1 × 2; their largest magnitudes are 1, 5, 0 and 5.
  const maps = fromRows([[1, 0]], [[0, -5]], [[0, 0]], [[5, 5]]);

  test("puts the strongest map first, equals by number, one pixel of page apart", () => {
    const { photo, cells, columns, scale, signed } = atlas(maps, { columns: 2 });
    expect([photo.height, photo.width, columns, scale, signed]).toEqual([3, 5, 2, 5, true]);
    expect(cells).toEqual([
      { map: 1, y: 0, x: 0, height: 1, width: 2 },
      { map: 3, y: 0, x: 3, height: 1, width: 2 },
      { map: 0, y: 2, x: 0, height: 1, width: 2 },
      { map: 2, y: 2, x: 3, height: 1, width: 2 },
    ]);
    const page = [255, 255, 255];
    const rows = colours(photo.data);
    expect(rows.slice(0, 5)).toEqual([zero, negative.full, page, positive.full, positive.full]);
    expect(rows.slice(5, 10)).toEqual([page, page, page, page, page]);
    expect(rows.slice(11)).toEqual([zero, page, zero, zero]);
  });

  test("keeps the maps' numbers in order when told", () => {
    expect(atlas(maps, { order: "number" }).cells.map(({ map }) => map)).toEqual([0, 1, 2, 3]);
  });

  test("chooses the columns that fill a picture twice as wide as high", () => {
    expect(atlas(new FeatureMaps([14, 14, 512])).columns).toBe(32);
    expect(atlas(new FeatureMaps([8, 8, 2])).columns).toBe(2);
    expect(atlas(new FeatureMaps([1, 1, 1])).photo.data).toEqual(Uint8Array.from(zero));
  });

  test("leaves the last row's rest to the page", () => {
    const { photo } = atlas(fromRows([[1]], [[1]], [[1]]), { columns: 2 });
    expect(colours(photo.data).at(-1)).toEqual([255, 255, 255]);
  });

  test("shrinks large maps by the mean of their values", () => {
    const rows = [
      [1, 3, 8, 8],
      [5, 7, 8, 8],
      [0, 0, 16, 0],
      [0, 0, 0, 0],
    ];
    const { photo, scale } = atlas(fromRows(rows), { cell: 2, scale: 8, gamma: 1 });
    expect([photo.height, photo.width, scale]).toEqual([2, 2, 8]);
    const [four, eight, none, sixteenth] = colours(photo.data);
    expect([eight, none]).toEqual([positive.full, zero]);
    near(four, positive.half);
    near(sixteenth, positive.half);
  });

  test("enlarges small maps by the largest whole factor that fits the cell", () => {
    const { photo, cells } = atlas(fromRows([[0, 1]], [[0, 0]]), { cell: 5, gap: 2, columns: 1 });
    expect([photo.height, photo.width]).toEqual([6, 4]);
    expect(cells[1]).toEqual({ map: 1, y: 4, x: 0, height: 2, width: 4 });
    const row = [zero, zero, positive.full, positive.full];
    expect(colours(photo.data).slice(0, 8)).toEqual([...row, ...row]);
  });

  test("agrees with mapPicture cell by cell", () => {
    const data = Float32Array.from({ length: 5 * 4 * 7 }, (_, i) => Math.sin(i * 1.7) * (i % 11));
    const layer = new FeatureMaps([5, 4, 7], data);
    const { photo, cells, scale } = atlas(layer);
    for (const { map, y, x, height, width } of cells) {
      const alone = mapPicture(layer, map, { scale });
      for (let row = 0; row < height; row++) {
        const start = ((y + row) * photo.width + x) * 3;
        expect(photo.data.subarray(start, start + width * 3)).toEqual(
          alone.data.subarray(row * width * 3, (row + 1) * width * 3),
        );
      }
    }
  });

  test("refuses an order, a number of columns and a scale that are none", () => {
    expect(() => atlas(maps, { order: "best" as never })).toThrow('atlas: order is "best"');
    expect(() => atlas(maps, { cell: 1.5 })).toThrow("atlas: cell is 1.5");
    expect(() => atlas(maps, { columns: 0 })).toThrow("atlas: columns is 0");
    expect(() => atlas(maps, { scale: Number.NaN })).toThrow("atlas: scale is NaN");
    expect(() => atlas(maps, { theme: "sepia" as never })).toThrow('atlas: theme is "sepia"');
  });
});
