/** Random geometries for property tests. */
import fc from "fast-check";
import type { Pooling } from "../../src/convnet/pool.js";
import { FeatureMaps, type Shape } from "../../src/maps.js";
import { Filters } from "../../src/network/filters.js";
import type { Padding } from "../../src/network/layer.js";

/** Whole numbers in float32, exact to add and multiply in any order. */
export function integers(count: number, least: number, most: number): fc.Arbitrary<Float32Array> {
  return fc
    .array(fc.integer({ min: least, max: most }), { minLength: count, maxLength: count })
    .map((values) => Float32Array.from(values));
}

export function mapsOf(shape: Shape, least = -4, most = 4): fc.Arbitrary<FeatureMaps> {
  return integers(shape[0] * shape[1] * shape[2], least, most).map((data) => new FeatureMaps(shape, data));
}

const small = (least: number, most: number): fc.Arbitrary<number> => fc.integer({ min: least, max: most });

function paddingBelow(height: number, width: number): fc.Arbitrary<Padding> {
  return fc.record({
    top: small(0, height - 1),
    bottom: small(0, height - 1),
    left: small(0, width - 1),
    right: small(0, width - 1),
  });
}

/** Filters with stride, uneven padding, dilation and groups, and a shape they fit on. */
export const filtersOnMaps: fc.Arbitrary<{ filters: Filters; inputShape: Shape }> = fc
  .record({
    size: fc.tuple(small(1, 4), small(1, 3)),
    stride: fc.tuple(small(1, 3), small(1, 3)),
    dilation: fc.tuple(small(1, 2), small(1, 3)),
    groups: small(1, 3),
    inGroup: small(1, 3),
    outGroup: small(1, 3),
    more: fc.tuple(small(0, 6), small(0, 6)),
  })
  .chain(({ size, stride, dilation, groups, inGroup, outGroup, more }) => {
    const reach = [dilation[0] * (size[0] - 1) + 1, dilation[1] * (size[1] - 1) + 1];
    const inputShape: Shape = [reach[0] + more[0], reach[1] + more[1], groups * inGroup];
    const channels = groups * outGroup;
    return fc
      .record({
        padding: paddingBelow(reach[0], reach[1]),
        weights: integers(size[0] * size[1] * inGroup * channels, -3, 3),
        bias: integers(channels, -3, 3),
      })
      .map((parts) => ({
        inputShape,
        filters: new Filters({
          ...parts,
          size,
          stride,
          dilation,
          groups,
          inChannels: inputShape[2],
          channels,
        }),
      }));
  });

/** Max pools that overlap, leave rows out, pad and round up, and a shape they fit on. */
export const poolOnMaps: fc.Arbitrary<{ pooling: Pooling; inputShape: Shape }> = fc
  .record({
    size: fc.tuple(small(1, 4), small(1, 4)),
    stride: fc.tuple(small(1, 4), small(1, 4)),
    rounding: fc.constantFrom("floor" as const, "ceil" as const),
    more: fc.tuple(small(0, 6), small(0, 6)),
    channels: small(1, 3),
  })
  .chain(({ size, stride, rounding, more, channels }) =>
    paddingBelow(size[0], size[1]).map((padding) => ({
      pooling: { size, stride, rounding, padding },
      inputShape: [size[0] + more[0], size[1] + more[1], channels] as const,
    })),
  );
