import { createRequire } from "node:module";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  FeatureMaps,
  forward,
  type LayerWeights,
  type Projection,
  project,
  receptiveWindow,
  type Seen,
  shapes,
  strongest,
  type Unit,
  type Window,
} from "../../src/index.js";
import { outputNames } from "../../src/network/graph.js";
import { networks } from "./networks.js";
import { difference } from "./plain-loops.js";

/** A random network, what it saw, and a few units of its last layer, corners among them. */
async function look(
  network: Parameters<typeof forward>[0],
  input: FeatureMaps,
  draw: readonly number[],
): Promise<{ seen: Seen; units: Unit[] }> {
  const seen = await forward(network, input);
  const layer = seen.layers[seen.layers.length - 1];
  const [height, width, maps] = seen.maps(layer).shape;
  const pick = (end: number, k: number): number => Math.floor(draw[k] * end);
  const unit = (y: number, x: number, k: number): Unit => ({ layer, map: pick(maps, k), y, x });
  const inside = [unit(pick(height, 0), pick(width, 1), 2), unit(pick(height, 3), pick(width, 4), 5)];
  return { seen, units: [strongest(seen, layer), unit(0, 0, 0), unit(height - 1, width - 1, 1), ...inside] };
}

const draws = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 6, maxLength: 6 });
const rule = fc.constantFrom("deconvnet" as const, "gradient" as const, "guided" as const);
const duplicates = fc.constantFrom("add" as const, "overwrite" as const);
const ties = fc.constantFrom("first" as const, "all" as const);
const most = { numRuns: Number(process.env.LAWS_RUNS ?? 60) };

test("many units in one call are the same as one by one", async () => {
  await fc.assert(
    fc.asyncProperty(
      networks(),
      draws,
      rule,
      duplicates,
      ties,
      async ({ network, input }, draw, rule, duplicates, ties) => {
        const { seen, units } = await look(network, input, draw);
        const together = await project(seen, units, { rule, duplicates, ties, steps: "all" });
        for (const [i, unit] of units.entries()) {
          const alone = await project(seen, unit, { rule, duplicates, ties });
          expect(difference(together[i].pixels, alone.pixels)).toBeLessThan(1e-5);
          expect(together[i].steps.map((step) => step.kind)).toEqual(alone.steps.map((step) => step.kind));
        }
      },
    ),
    most,
  );
});

test("twice the seed, and a hundredth of it, give twice and a hundredth of the pixels", async () => {
  await fc.assert(
    fc.asyncProperty(networks(), draws, rule, async ({ network, input }, draw, rule) => {
      const { seen, units } = await look(network, input, draw);
      const once = await project(seen, units[0], { rule, seed: 1 });
      for (const factor of [2, 0.01]) {
        const scaled = await project(seen, units[0], { rule, seed: factor });
        const wanted = once.pixels.data.map((value) => value * factor);
        const peak = wanted.reduce((a, b) => Math.max(a, Math.abs(b)), 1e-30);
        scaled.pixels.data.forEach((value, i) => {
          expect(Math.abs(value - wanted[i]) / peak).toBeLessThan(1e-5);
        });
      }
    }),
    most,
  );
});

test("a projection's support lies inside the unit's receptive field, exactly at borders too", async () => {
  await fc.assert(
    fc.asyncProperty(networks(), draws, rule, ties, async ({ network, input }, draw, rule, ties) => {
      const { seen, units } = await look(network, input, draw);
      for (const projection of await project(seen, units, { rule, ties, seed: 1 })) {
        const { y, x, height, width } = receptiveWindow(network, projection.unit, "clip");
        const [, columns, channels] = projection.pixels.shape;
        projection.pixels.data.forEach((value, i) => {
          if (value === 0) return;
          const [row, column] = [Math.floor(i / channels / columns), Math.floor(i / channels) % columns];
          expect(
            row >= y && row < y + height && column >= x && column < x + width,
            `pixel ${row},${column} of ${projection.unit.y},${projection.unit.x}`,
          ).toBe(true);
        });
      }
    }),
    most,
  );
});

test("where every filter is above zero, the support fills the receptive window to its edges", async () => {
  const smooth = networks("none").filter(({ network }) =>
    network.layers.every(({ kind }) => kind !== "maxPool"),
  );
  await fc.assert(
    fc.asyncProperty(smooth, draws, async ({ network, input }, draw) => {
      const weights = new Map([...network.weights].map(([name, parts]) => [name, positive(parts)]));
      const { seen, units } = await look({ ...network, weights }, input, draw);
      const { layer } = units[0];
      for (const { y, x } of units) {
        // All maps of one cell at once: a single map may be one of a zero pad's.
        const maps = new FeatureMaps(seen.maps(layer).shape);
        const [, width, channels] = maps.shape;
        maps.data.fill(1, (y * width + x) * channels, (y * width + x + 1) * channels);
        const { pixels } = await project(seen, { layer, maps });
        const window = receptiveWindow(network, { layer, y, x }, "clip");
        // A unit may see nothing but padding.
        const blind = window.height === 0 || window.width === 0;
        expect(supportOf(pixels)).toEqual(blind ? undefined : window);
      }
    }),
    most,
  );
});

test("where no rectifier closes, the three rules are one", async () => {
  await fc.assert(
    fc.asyncProperty(networks("none"), draws, async ({ network, input }, draw) => {
      const { seen, units } = await look(network, input, draw);
      const [deconvnet, gradient, guided] = await Promise.all(
        (["deconvnet", "gradient", "guided"] as const).map((rule) => project(seen, units[0], { rule })),
      );
      expect(gradient.pixels.data).toEqual(deconvnet.pixels.data);
      expect(guided.pixels.data).toEqual(deconvnet.pixels.data);
    }),
    most,
  );
});

test("each step's input is its origins' output, and the last step's output is the pixels", async () => {
  await fc.assert(
    fc.asyncProperty(networks(), draws, rule, async ({ network, input }, draw, rule) => {
      const { seen, units } = await look(network, input, draw);
      const projection = await project(seen, units[3], { rule });
      projection.steps.forEach((step, i) => {
        for (const origin of step.from) expect(origin).toBeLessThan(i);
        if (step.kind === "sum") expect(step.from.length).toBeGreaterThan(1);
        else if (step.from.length > 0) {
          const outputs = step.from.flatMap((origin) =>
            projection.steps[origin].outputs.map(({ maps }) => maps.data),
          );
          expect(outputs).toContainEqual(step.input.maps.data);
        }
        for (const { window } of [step.input, step.output])
          expect(Math.min(window.y, window.x)).toBeGreaterThanOrEqual(0);
      });
      expect(sum(projection.steps[projection.steps.length - 1].output.maps.data)).toBeCloseTo(
        sum(projection.pixels.data),
        3,
      );
    }),
    most,
  );
});

test("the shapes that are computed ahead are those that come out", async () => {
  await fc.assert(
    fc.asyncProperty(networks(), async ({ network, input }) => {
      const seen = await forward(network, input);
      for (const [name, output] of outputNames(network)) {
        expect(seen.maps(name).shape).toEqual(shapes(network).get(output.name));
      }
    }),
    most,
  );
});

describe("nothing of the tensor library survives", () => {
  const tf = createRequire(import.meta.url)("@tensorflow/tfjs") as { memory(): { numTensors: number } };

  test("a call that succeeds, fails or is stopped", async () => {
    const [{ network, input }] = fc.sample(
      networks().filter(({ network }) => network.layers.length > 3),
      { numRuns: 1, seed: 4 },
    );
    const seen = await forward(network, input);
    const unit = strongest(seen, seen.layers[seen.layers.length - 1]);
    const before = tf.memory().numTensors;
    let projection: Projection | undefined;
    for (let i = 0; i < 20; i++) projection = await project(seen, unit);
    expect(projection!.pixels.shape).toEqual(input.shape);
    const stop = new AbortController();
    const stopped = project(seen, unit, {
      signal: stop.signal,
      progress: () => stop.abort(new Error("enough")),
    });
    await expect(stopped).rejects.toThrow("enough");
    await expect(forward(network, input, { signal: AbortSignal.abort(new Error("no")) })).rejects.toThrow(
      "no",
    );
    await expect(project(seen, { ...unit, map: 99 })).rejects.toThrow(/map is 99/);
    expect(tf.memory().numTensors).toBe(before);
  });
});

function positive(parts: LayerWeights): LayerWeights {
  return parts.filters ? { ...parts, filters: parts.filters.map((weight) => Math.abs(weight) + 0.1) } : parts;
}

/** The smallest window around everything that is not zero, if anything is. */
function supportOf({ shape: [height, width, channels], data }: FeatureMaps): Window | undefined {
  const [rows, columns]: [number[], number[]] = [[], []];
  for (let cell = 0; cell < height * width; cell++) {
    if (data.subarray(cell * channels, (cell + 1) * channels).every((value) => value === 0)) continue;
    rows.push(Math.floor(cell / width));
    columns.push(cell % width);
  }
  if (rows.length === 0) return undefined;
  const [y, x] = [Math.min(...rows), Math.min(...columns)];
  return { y, x, height: Math.max(...rows) - y + 1, width: Math.max(...columns) - x + 1 };
}

function sum(values: Float32Array): number {
  return values.reduce((a, b) => a + b, 0);
}
