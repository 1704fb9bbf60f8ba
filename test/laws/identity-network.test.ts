import { describe, expect, test } from "vitest";
import {
  forward,
  type Network,
  Photo,
  preprocessings,
  project,
  projectionPicture,
  type Rule,
} from "../../src/index.js";

/** A 1×1 convolution that passes each channel on: its projection must be the photo, in the photo's own colours. */
function identity(channelOrder: "rgb" | "bgr"): Network {
  return {
    name: "identity",
    input: { height: 2, width: 2, channels: 3, preprocessing: { ...preprocessings.none, channelOrder } },
    layers: [
      {
        kind: "convolution",
        name: "same",
        inputs: ["input"],
        channels: 3,
        size: [1, 1],
        stride: [1, 1],
        padding: { top: 0, bottom: 0, left: 0, right: 0 },
        dilation: [1, 1],
        groups: 1,
      },
      { kind: "relu", name: "relu", inputs: ["same"] },
    ],
    weights: new Map([["same", { filters: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1) }]]),
  };
}

const red = [200, 40, 20];
const photo = new Photo(2, 2, Uint8Array.from([...red, 0, 0, 250, 10, 220, 30, 90, 90, 90]), "four pixels");

describe.each(["rgb", "bgr"] as const)("a network that reads %s", (channelOrder) => {
  test.each(["deconvnet", "gradient", "guided"] as Rule[])(
    "shows the photo in its own colours by the rule %s",
    async (rule) => {
      const seen = await forward(identity(channelOrder), photo);
      const { pixels } = await project(seen, { layer: "same", maps: seen.maps("same") }, { rule });
      // Full colour at ±127 leaves each value as that much above mid-grey.
      const picture = projectionPicture(pixels, { channelOrder, scale: 127 });
      const wanted = [...photo.data].map((value) => Math.min(255, 128 + value));
      [...picture.data].forEach((value, i) => {
        expect(Math.abs(value - wanted[i])).toBeLessThanOrEqual(1);
      });
    },
  );

  test("one map alone shows that channel alone", async () => {
    const seen = await forward(identity(channelOrder), photo);
    const map = channelOrder === "rgb" ? 0 : 2;
    const { pixels } = await project(seen, { layer: "same", map, y: 0, x: 0 });
    const picture = projectionPicture(pixels, { channelOrder, scale: 400 });
    expect(picture.data[0]).toBeGreaterThan(150);
    expect([...picture.data.slice(1)]).toEqual(new Array(11).fill(128));
  });
});
