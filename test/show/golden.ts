import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import sharp from "sharp";
import { expect } from "vitest";

const folder = new URL("./golden/", import.meta.url);
const artefacts = new URL("../artefacts/", import.meta.url);

/** Side of the squares that are compared, in pixels: smaller than a letter. */
const block = 12;

/**
 * Compares a PNG with the one kept under test/show/golden. Rasterisers round edges differently, so: the same size,
 * and in no square of 12 × 12 pixels a mean difference above 12 of 255 levels; a changed digit makes 20 and more.
 * A mismatch writes NAME-changed.png to test/artefacts; GOLDEN=write keeps what is drawn now (then look at it).
 */
export async function expectGolden(name: string, drawn: Uint8Array): Promise<void> {
  const path = new URL(`${name}.png`, folder);
  if (process.env.GOLDEN === "write") {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, drawn);
  }
  const [a, b] = await Promise.all([pixels(readFileSync(path)), pixels(drawn)]);
  try {
    expect([b.width, b.height]).toEqual([a.width, a.height]);
    expect(
      largestDifference(a.data, b.data, a.width, a.height),
      "levels apart in some square",
    ).toBeLessThanOrEqual(12);
  } catch (error) {
    mkdirSync(artefacts, { recursive: true });
    writeFileSync(new URL(`${name}-changed.png`, artefacts), drawn);
    throw error;
  }
}

async function pixels(file: Uint8Array): Promise<{ data: Uint8Array; width: number; height: number }> {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

function largestDifference(a: Uint8Array, b: Uint8Array, width: number, height: number): number {
  const columns = Math.ceil(width / block);
  const sums = new Float64Array(columns * Math.ceil(height / block));
  const counts = new Float64Array(sums.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width * 3; x++, i++) {
      const square = Math.floor(y / block) * columns + Math.floor(x / 3 / block);
      sums[square] += Math.abs(a[i] - b[i]);
      counts[square]++;
    }
  }
  return sums.reduce((largest, sum, square) => Math.max(largest, sum / counts[square]), 0);
}
