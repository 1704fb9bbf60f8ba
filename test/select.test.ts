import { beforeAll, expect, test } from "vitest";
import {
  ArgumentError,
  FeatureMaps,
  forward,
  fromRows,
  type Network,
  receptiveWindow,
  type Seen,
  strongest,
  strongestUnits,
  UnknownNameError,
} from "../src/index.js";

/** A network that shows its input as it is, so that its units can be read off. */
function mirror(height: number, width: number, channels: number): Network {
  return {
    name: "mirror",
    input: { height, width, channels },
    layers: [{ kind: "dropout", name: "glass", inputs: ["input"], rate: 0 }],
    weights: new Map(),
  };
}

let seen: Seen;
beforeAll(async () => {
  const maps = fromRows(
    [
      [1, 9, 2],
      [9, 0, 0],
    ],
    [
      [5, 5, 5],
      [5, 5, 7],
    ],
  );
  seen = await forward(mirror(2, 3, 2), maps);
});

test("the strongest unit of a layer, the first of equals in row-major order", () => {
  expect(strongest(seen, "glass")).toEqual({ layer: "glass", map: 0, y: 0, x: 1, value: 9 });
});

test("the strongest unit of one map", () => {
  expect(strongest(seen, "glass", { map: 1 })).toEqual({ layer: "glass", map: 1, y: 1, x: 2, value: 7 });
});

test("several units come from different maps, strongest first", () => {
  expect(strongestUnits(seen, "glass").map(({ map, value }) => [map, value])).toEqual([
    [0, 9],
    [1, 7],
  ]);
});

test("NaN is never strongest", async () => {
  const odd = await forward(mirror(1, 3, 1), fromRows([[Number.NaN, -2, -1]]));
  expect(strongest(odd, "glass").x).toBe(2);
  const none = await forward(mirror(1, 1, 1), fromRows([[Number.NaN]]));
  expect(() => strongest(none, "glass")).toThrow(ArgumentError);
});

test("a map that never fires still has a strongest unit, at 0", async () => {
  const still = await forward(mirror(2, 2, 1), new FeatureMaps([2, 2, 1]));
  expect(strongest(still, "glass")).toEqual({ layer: "glass", map: 0, y: 0, x: 0, value: 0 });
});

test("units within one map see windows that overlap by less than half", async () => {
  const network: Network = {
    name: "wide",
    input: { height: 16, width: 16, channels: 1 },
    layers: [
      {
        kind: "maxPool",
        name: "pool",
        inputs: ["input"],
        size: [5, 5],
        stride: [1, 1],
        padding: { top: 2, bottom: 2, left: 2, right: 2 },
        rounding: "floor",
      },
    ],
    weights: new Map(),
  };
  const blob = Float32Array.from(
    { length: 256 },
    (_, i) => 100 - Math.hypot(Math.floor(i / 16) - 8, (i % 16) - 8),
  );
  const units = strongestUnits(await forward(network, new FeatureMaps([16, 16, 1], blob)), "pool", {
    map: 0,
    count: 4,
  });
  expect(units).toHaveLength(4);
  const windows = units.map((unit) => receptiveWindow(network, unit));
  for (const [i, a] of windows.entries())
    for (const b of windows.slice(i + 1)) {
      const shared = Math.max(0, 5 - Math.abs(a.y - b.y)) * Math.max(0, 5 - Math.abs(a.x - b.x));
      expect(shared).toBeLessThan(12.5);
    }
});

test("a wrong layer's error lists the right ones, a wrong map's the range", () => {
  expect(() => strongest(seen, "glas")).toThrow(UnknownNameError);
  expect(() => strongest(seen, "glas")).toThrow('mirror: no layer "glas"; known are glass');
  expect(() => strongest(seen, "glass", { map: 2 })).toThrow(
    "strongest: map is 2, wanted a whole number from 0 to 1",
  );
  expect(() => strongestUnits(seen, "glass", { count: 0 })).toThrow(/count is 0/);
});
