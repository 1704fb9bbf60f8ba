import fc from "fast-check";
import { expect, test } from "vitest";
import { convnet, deconvnet, FeatureMaps, Filters } from "../../src/index.js";
import { col2im, im2col } from "../../src/lessons/columns.js";
import { differenceQuotient, innerProduct } from "../../src/lessons/difference-quotient.js";
import { filterGradient } from "../../src/lessons/filter-gradient.js";
import { mapsAsRows, matrixProduct, transposed, weightMatrix } from "../../src/lessons/matrix.js";
import { filtersOnMaps, mapsOf } from "./geometries.js";
import { difference, product } from "./plain-loops.js";

const cases = filtersOnMaps
  .filter(({ filters }) => filters.groups === 1)
  .chain(({ filters, inputShape }) =>
    mapsOf(inputShape).chain((maps) => {
      const columns = im2col(maps, filters);
      const shape = [...columns.windows, filters.channels] as const;
      return fc.tuple(mapsOf(shape), mapsOf([1, 1, columns.data.length])).map(([signal, others]) => ({
        filters,
        maps,
        columns,
        signal,
        others: { shape: columns.shape, data: others.data },
      }));
    }),
  );

/** `[channels, height · width]` as maps. */
function asMaps(
  rows: { shape: readonly [number, number]; data: Float32Array },
  windows: readonly number[],
): FeatureMaps {
  return new FeatureMaps([windows[0], windows[1], rows.shape[0]], transposed(rows).data);
}

test("Weight · im2col(Input), plus the bias, is convnet.filter", async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ filters, maps, columns }) => {
      const up = asMaps(matrixProduct(weightMatrix(filters), columns), columns.windows);
      for (let i = 0; i < up.data.length; i++) up.data[i] += filters.bias![i % filters.channels];
      expect(difference(up, await convnet.filter(maps, filters))).toBe(0);
    }),
  );
});

test("col2im(Weightᵀ · Signal) is deconvnet.filter", async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ filters, maps, signal }) => {
      const columns = matrixProduct(transposed(weightMatrix(filters)), mapsAsRows(signal));
      const down = col2im(columns, filters, maps.shape);
      expect(difference(down, await deconvnet.filter(signal, filters, maps.shape))).toBe(0);
    }),
  );
});

test("col2im is the adjoint of im2col: ⟨im2col(x), y⟩ = ⟨x, col2im(y)⟩", () => {
  fc.assert(
    fc.property(cases, ({ filters, maps, columns, others }) => {
      const left = columns.data.reduce((sum, value, i) => sum + value * others.data[i], 0);
      expect(left).toBe(product(maps, col2im(others, filters, maps.shape)));
    }),
  );
});

test("every number of im2col is the one that its source names, and padding is 0", () => {
  fc.assert(
    fc.property(cases, ({ maps, columns }) => {
      columns.sources.forEach((source, i) => {
        expect(columns.data[i]).toBe(source < 0 ? 0 : maps.data[source]);
      });
    }),
  );
});

test("the filters' gradient is Signal · im2col(Input)ᵀ, and its bias the sum over each map", async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ filters, maps, columns, signal }) => {
      const { weights, bias } = await filterGradient(maps, signal, filters);
      const rows = mapsAsRows(signal);
      const byProduct = transposed(matrixProduct(rows, transposed(columns)));
      expect([...weights].map((one) => one + 0)).toEqual([...byProduct.data].map((one) => one + 0));
      const ones = { shape: [rows.shape[1], 1] as const, data: new Float32Array(rows.shape[1]).fill(1) };
      expect([...bias].map((one) => one + 0)).toEqual(
        [...matrixProduct(rows, ones).data].map((one) => one + 0),
      );
    }),
  );
});

test("difference quotients agree with both gradients: by the input, and by the filters", async () => {
  await fc.assert(
    fc.asyncProperty(cases, fc.nat(), fc.nat(), async ({ filters, maps, signal }, a, b) => {
      // The product with a fixed signal is the loss whose gradient at the output is that signal.
      const cell = a % maps.data.length;
      const byInput = await differenceQuotient(maps.data, cell, async (data) =>
        innerProduct(await convnet.filter(new FeatureMaps(maps.shape, data), filters), signal),
      );
      const down = await deconvnet.filter(signal, filters, maps.shape);
      expect(byInput.quotient).toBe(down.data[cell]);

      const weight = b % filters.weights.length;
      const byWeight = await differenceQuotient(filters.weights, weight, async (weights) =>
        innerProduct(await convnet.filter(maps, new Filters({ ...bankOf(filters), weights })), signal),
      );
      expect(byWeight.quotient).toBe((await filterGradient(maps, signal, filters)).weights[weight]);
    }),
  );
});

function bankOf({ size, inChannels, channels, stride, padding, dilation, bias }: Filters) {
  return { size, inChannels, channels, stride, padding, dilation, bias };
}

test("filters in groups are refused by name", () => {
  const grouped = new Filters({
    size: [1, 1],
    inChannels: 2,
    channels: 2,
    groups: 2,
    weights: new Float32Array(2),
  });
  const maps = new FeatureMaps([1, 1, 2]);
  expect(() => im2col(maps, grouped)).toThrow("im2col: groups is 2, wanted 1");
  expect(() => weightMatrix(grouped)).toThrow("weightMatrix: groups is 2, wanted 1");
});
