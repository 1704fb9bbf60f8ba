/** Random small networks with branches, overlapping pools, strides and borders, for property tests. */
import fc from "fast-check";
import { checkNetwork, FeatureMaps, type Layer, type Network, withRandomWeights } from "../../src/index.js";
import { shapes } from "../../src/network/shapes.js";

interface Choice {
  readonly kind:
    | "convolution"
    | "maxPool"
    | "averagePool"
    | "residual"
    | "inception"
    | "batchNorm"
    | "zeroPad";
  readonly size: number;
  readonly stride: number;
  readonly padding: readonly [number, number];
  readonly channels: number;
  readonly ceil: boolean;
}

const choice: fc.Arbitrary<Choice> = fc.record({
  kind: fc.constantFrom(
    ...(["convolution", "maxPool", "averagePool", "residual", "inception", "batchNorm", "zeroPad"] as const),
  ),
  size: fc.integer({ min: 1, max: 3 }),
  stride: fc.integer({ min: 1, max: 2 }),
  padding: fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 1 })),
  channels: fc.integer({ min: 1, max: 4 }),
  ceil: fc.boolean(),
});

/** `rectifiers: "none"` leaves every ReLU out. */
export function networks(
  rectifiers: "some" | "none" = "some",
): fc.Arbitrary<{ network: Network; input: FeatureMaps }> {
  return fc
    .record({
      choices: fc.array(choice, { minLength: 1, maxLength: 5 }),
      height: fc.integer({ min: 9, max: 17 }),
      width: fc.integer({ min: 9, max: 17 }),
      channels: fc.integer({ min: 1, max: 3 }),
      seed: fc.integer({ min: 1, max: 1e6 }),
    })
    .map(({ choices, height, width, channels, seed }) => {
      const layers: Layer[] = [];
      const push = (layer: Layer): string => {
        layers.push(layer);
        return layer.name;
      };
      const rectified = (layer: Layer): string => {
        push(layer);
        return rectifiers === "none"
          ? layer.name
          : push({ kind: "relu", name: `${layer.name}_relu`, inputs: [layer.name] });
      };
      const network = (): Network => ({
        name: "random",
        input: { height, width, channels },
        layers,
        weights: new Map(),
      });
      let last = "input";
      for (const [i, one] of choices.entries()) {
        const [rows, columns, now] = shapes(network()).get(last)!;
        if (Math.min(rows, columns) < 5) break;
        last = block(one, `${i}`, last, now, rectified, push);
      }
      const made = withRandomWeights(checkNetwork(network()), { seed });
      const random = withRandomWeights(
        {
          ...network(),
          layers: [conv("picture", "input", height * width * channels, 1, 1, [0, 0])],
          input: { height: 1, width: 1, channels: 1 },
        },
        { seed: seed + 1, deviation: 1 },
      );
      return {
        network: made,
        input: new FeatureMaps([height, width, channels], random.weights.get("picture")!.filters!),
      };
    });
}

function block(
  { kind, size, stride, padding: [before, after], channels, ceil }: Choice,
  name: string,
  from: string,
  now: number,
  rectified: (layer: Layer) => string,
  push: (layer: Layer) => string,
): string {
  const padding = {
    top: Math.min(before, size - 1),
    bottom: Math.min(after, size - 1),
    left: Math.min(after, size - 1),
    right: Math.min(before, size - 1),
  };
  const sliding = { inputs: [from], size: [size, size], stride: [stride, stride], padding } as const;
  const rounding = ceil ? "ceil" : "floor";
  switch (kind) {
    case "convolution":
      return rectified({ kind, name, ...sliding, channels, dilation: [ceil ? 2 : 1, 1], groups: 1 });
    case "maxPool":
      return push({ kind, name, ...sliding, rounding });
    case "averagePool":
      return push({ kind, name, ...sliding, rounding, divisor: before ? "padded" : "inside" });
    case "batchNorm":
      return rectified({ kind, name, inputs: [from], epsilon: 1e-3 });
    case "zeroPad":
      return push({ kind, name, inputs: [from], padding, channels: [before, after] });
    case "residual": {
      const branch = rectified(conv(`${name}a`, from, now, 3, 1, [1, 1]));
      return push({ kind: "add", name, inputs: [push(conv(`${name}b`, branch, now, 3, 1, [1, 1])), from] });
    }
    case "inception": {
      const narrow = rectified(conv(`${name}a`, from, channels, 1, 1, [0, 0]));
      const wide = rectified(conv(`${name}b`, from, 2, 3, 1, [1, 1]));
      const pooled = push({
        kind: "maxPool",
        name: `${name}c`,
        inputs: [from],
        size: [3, 3],
        stride: [1, 1],
        padding: { top: 1, bottom: 1, left: 1, right: 1 },
        rounding,
      });
      return push({ kind: "concat", name, inputs: [narrow, wide, pooled] });
    }
  }
}

function conv(
  name: string,
  from: string,
  channels: number,
  size: number,
  stride: number,
  [before, after]: readonly [number, number],
): Layer {
  return {
    kind: "convolution",
    name,
    inputs: [from],
    channels,
    size: [size, size],
    stride: [stride, stride],
    padding: { top: before, bottom: after, left: before, right: after },
    dilation: [1, 1],
    groups: 1,
  };
}
