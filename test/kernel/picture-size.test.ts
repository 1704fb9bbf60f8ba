import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pictureSize } from "../../src/kernel/picture-size.js";
import { fromRows } from "../../src/maps.js";
import { bundle } from "../../src/show/bundle.js";
import { SpawnedKernel } from "./spawned-kernel.js";

let kernel: SpawnedKernel;
beforeAll(async () => {
  kernel = await SpawnedKernel.start({ prelude: "deconvnet" });
});
afterAll(() => kernel.stop());

async function picture(width: number, height: number, density?: number): Promise<string> {
  const blank = sharp({ create: { width, height, channels: 3, background: "white" } });
  const png = await (density ? blank.withMetadata({ density }) : blank).png().toBuffer();
  return png.toString("base64");
}

test("a PNG of 144 dpi is shown at half its pixels, any other as it is", async () => {
  expect(pictureSize(await picture(40, 21, 144))).toEqual({ "image/png": { width: 20, height: 11 } });
  expect(pictureSize(await picture(40, 20))).toEqual({});
  expect(pictureSize(await picture(40, 20, 72))).toEqual({});
  expect(pictureSize(await picture(40, 20, 300))).toEqual({});
});

test("what is no PNG, or the half of one, has no size", async () => {
  const whole = await picture(40, 20, 144);
  for (const data of [undefined, {}, "", "AP8=", whole.slice(0, 20), whole.slice(0, 56)]) {
    expect(pictureSize(data)).toEqual({});
  }
});

test("a still at the end of a cell, displayed, and updated says its size in CSS pixels", async () => {
  const still = (await bundle(fromRows([[1, 2]])))["image/png"];
  const { width, height } = await sharp(Buffer.from(still as string, "base64")).metadata();
  const metadata = { "image/png": { width: width / 2, height: height / 2 } };
  const { iopub } = await kernel.run(
    "const shown = display(1); shown.update(fromRows([[1, 2]])); display(fromRows([[1, 2]])); fromRows([[1, 2]])",
  );
  const outputs = iopub.filter(({ content }) => content.data);
  expect(outputs.map(({ type, content }) => [type, content.metadata])).toEqual([
    ["display_data", {}],
    ["update_display_data", metadata],
    ["display_data", metadata],
    ["execute_result", metadata],
  ]);
});

test("metadata that a cell gives itself count", async () => {
  const data = JSON.stringify(await picture(40, 20, 144));
  const { iopub } = await kernel.run(
    `display.bundle({ "image/png": ${data} }, { "image/png": { width: 7 }, own: true })`,
  );
  const [shown] = iopub.filter(({ type }) => type === "display_data");
  expect(shown.content.metadata).toEqual({ "image/png": { width: 7 }, own: true });
});
