import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { convnet, deconvnet, useEngine } from "../../src/index.js";
import { filtersOnMaps, mapsOf } from "./geometries.js";
import { difference, plainFilterDown, plainFilterUp, product } from "./plain-loops.js";

const cases = filtersOnMaps.chain(({ filters, inputShape }) =>
  mapsOf(inputShape).chain((maps) => {
    const up = plainFilterUp(maps, filters);
    return mapsOf(up.shape).map((signal) => ({ filters, inputShape, maps, up, signal }));
  }),
);

describe.each(["native", "wasm"] as const)("on %s", (engine) => {
  test("filtering up is the plain loops' sum over every window, with the bias", async () => {
    await useEngine(engine);
    await fc.assert(
      fc.asyncProperty(cases, async ({ filters, maps, up }) => {
        // Small whole numbers are exact in float32, so nothing may differ at all.
        expect(difference(await convnet.filter(maps, filters), up)).toBe(0);
      }),
      { numRuns: Number(process.env.LAWS_RUNS ?? 150) },
    );
  });

  test("filtering down is the plain loops' transpose, without the bias", async () => {
    await useEngine(engine);
    await fc.assert(
      fc.asyncProperty(cases, async ({ filters, signal, inputShape }) => {
        const down = await deconvnet.filter(signal, filters, inputShape);
        expect(difference(down, plainFilterDown(signal, filters, inputShape))).toBe(0);
      }),
      { numRuns: Number(process.env.LAWS_RUNS ?? 150) },
    );
  });
});

test("down is the adjoint of up: ⟨filter(x) − bias, y⟩ = ⟨x, filterᵀ(y)⟩", async () => {
  await useEngine("auto");
  await fc.assert(
    fc.asyncProperty(cases, async ({ filters, maps, signal, inputShape }) => {
      const up = await convnet.filter(maps, filters);
      const unbiased = up.data.map((value, i) => value - filters.bias![i % filters.channels]);
      const left = unbiased.reduce((sum, value, i) => sum + value * signal.data[i], 0);
      expect(left).toBe(product(maps, await deconvnet.filter(signal, filters, inputShape)));
    }),
  );
});

afterAll(() => useEngine("auto"));
