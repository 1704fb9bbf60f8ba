import fc from "fast-check";
import { expect, test } from "vitest";
import { convnet, deconvnet, FeatureMaps } from "../../src/index.js";
import { mapsOf, poolOnMaps } from "./geometries.js";
import { product } from "./plain-loops.js";

// Values from −1 to 1 make ties common.
const cases = poolOnMaps.chain(({ pooling, inputShape }) =>
  fc.tuple(mapsOf(inputShape, -1, 1), mapsOf(inputShape, -9, 9)).chain(([maps, others]) => {
    const pooled = convnet.pool(maps, pooling);
    return mapsOf(pooled.maps.shape).map((signal) => ({ pooling, maps, others, pooled, signal }));
  }),
);

test("every switch is the first maximum of its window in row-major order, inside the input", () => {
  fc.assert(
    fc.property(cases, ({ pooling, maps, pooled }) => {
      const { size, stride, padding } = pooling as unknown as {
        size: number[];
        stride: number[];
        padding: { top: number; left: number };
      };
      const [height, width, channels] = maps.shape;
      pooled.switches.positions.forEach((position, i) => {
        const [cell, c] = [Math.floor(i / channels), i % channels];
        const top = Math.floor(cell / pooled.maps.shape[1]) * stride[0] - padding.top;
        const left = (cell % pooled.maps.shape[1]) * stride[1] - padding.left;
        const inside: [position: number, value: number][] = [];
        for (let y = top; y < top + size[0]; y++)
          for (let x = left; x < left + size[1]; x++)
            if (y >= 0 && x >= 0 && y < height && x < width)
              inside.push([y * width + x, maps.data[(y * width + x) * channels + c]]);
        const greatest = Math.max(...inside.map(([, value]) => value));
        expect(pooled.maps.data[i]).toBe(greatest);
        expect(position).toBe(inside.find(([, value]) => value === greatest)![0]);
      });
    }),
  );
});

test("unpooling is the adjoint of reading at the switches: ⟨unpool(y), x⟩ = ⟨y, x at the switches⟩", () => {
  fc.assert(
    fc.property(cases, ({ pooled, signal, others }) => {
      const channels = others.shape[2];
      const read = pooled.switches.positions.reduce(
        (sum, position, i) => sum + signal.data[i] * others.data[position * channels + (i % channels)],
        0,
      );
      expect(product(deconvnet.unpool(signal, pooled.switches), others)).toBe(read);
    }),
  );
});

test("unpooling what was pooled gives the maxima back at their places when windows do not share them", () => {
  fc.assert(
    fc.property(cases, ({ pooled, maps }) => {
      const restored = deconvnet.unpool(pooled.maps, pooled.switches, { duplicates: "overwrite" });
      const channels = maps.shape[2];
      pooled.switches.positions.forEach((position, i) => {
        const place = position * channels + (i % channels);
        expect(restored.data[place]).toBe(maps.data[place]);
      });
    }),
  );
});

test("where no maximum is tied, all ties and the first are the same", () => {
  fc.assert(
    fc.property(poolOnMaps, ({ pooling, inputShape }) => {
      const count = inputShape[0] * inputShape[1] * inputShape[2];
      const maps = new FeatureMaps(
        inputShape,
        Float32Array.from({ length: count }, (_, i) => (i * 7919) % 104729),
      );
      const { maps: signal, switches } = convnet.pool(maps, pooling);
      expect(deconvnet.unpool(signal, switches, { ties: { input: maps, pooling } }).data).toEqual(
        deconvnet.unpool(signal, switches).data,
      );
    }),
  );
});
