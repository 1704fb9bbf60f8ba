import { fitPhoto } from "../../src/image/fit.js";
import { Photo } from "../../src/image/photo.js";
import { preprocess } from "../../src/image/preprocess.js";
import { preprocessings } from "../../src/image/preprocessing.js";
import { FeatureMaps, type Shape, type Signal } from "../../src/maps.js";
import type { Layer } from "../../src/network/layer.js";
import type { Network } from "../../src/network/network.js";
import { Projection, type Step } from "../../src/projection.js";
import { Seen } from "../../src/seen.js";

/** Values that any machine computes alike: whole numbers from −8 to 8, or from 0 where rectified. */
export function pattern(shape: Shape, rectified = true): FeatureMaps {
  const [, width, channels] = shape;
  const maps = new FeatureMaps(shape);
  for (let i = 0; i < maps.data.length; i++) {
    const c = i % channels;
    const cell = Math.floor(i / channels);
    const value = ((cell % width) * (c + 2) + Math.floor(cell / width) * (c + 3) + c) % 17;
    maps.data[i] = rectified ? Math.max(0, value - 8) : value - 8;
  }
  return maps;
}

/** Red grows to the right, green downwards, with a blue square. */
export function drawnPhoto(name = "square.png"): Photo {
  const [width, height] = [60, 48];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, p += 3) {
      const inSquare = y >= 12 && y < 30 && x >= 20 && x < 40;
      data[p] = inSquare ? 20 : x * 4;
      data[p + 1] = inSquare ? 40 : y * 5;
      data[p + 2] = inSquare ? 230 : 60;
    }
  }
  return new Photo(width, height, data, name);
}

const sliding = { size: [3, 3], stride: [1, 1], padding: { top: 1, bottom: 1, left: 1, right: 1 } } as const;
const convolution = (name: string, from: string, channels: number): Layer[] => [
  { kind: "convolution", name, inputs: [from], channels, dilation: [1, 1], groups: 1, ...sliding },
  { kind: "relu", name: `${name}_relu`, inputs: [name] },
];
const pool = (name: string, from: string): Layer => ({
  kind: "maxPool",
  name,
  inputs: [from],
  size: [2, 2],
  stride: [2, 2],
  padding: { top: 0, bottom: 0, left: 0, right: 0 },
  rounding: "floor",
});

const sizes: Readonly<Record<string, Shape>> = {
  conv1: [48, 48, 8],
  pool1: [24, 24, 8],
  conv2: [24, 24, 12],
  pool2: [12, 12, 12],
  classes: [1, 1, 4],
};

/** A small network and what it might have seen; no engine computes here. */
export function scene(options: { name?: string; order?: "bgr" | "unknown" } = {}): Seen {
  const preprocessing = preprocessings.caffe;
  const network: Network = {
    name: options.name ?? "small",
    input: { height: 48, width: 48, channels: 3, ...(options.order === "unknown" ? {} : { preprocessing }) },
    layers: [
      ...convolution("conv1", "input", 8),
      pool("pool1", "conv1_relu"),
      ...convolution("conv2", "pool1", 12),
      pool("pool2", "conv2_relu"),
      { kind: "globalAveragePool", name: "mean", inputs: ["pool2"] },
      { kind: "dense", name: "classes", inputs: ["mean"], channels: 4 },
    ],
    weights: new Map(),
    classes: ["cat", "<b>dog</b>", "teapot", "a very long name for a class that cannot fit"],
  };
  const photo = drawnPhoto();
  const fitted = fitPhoto(photo, network.input);
  const maps = new Map<string, FeatureMaps>();
  for (const [name, shape] of Object.entries(sizes))
    maps.set(name.startsWith("conv") ? `${name}_relu` : name, pattern(shape));
  maps.set("mean", pattern([1, 1, 12]));
  maps.set("classes", new FeatureMaps([1, 1, 4], Float32Array.of(0.75, 0.125, 0.1, 0.025)));
  const source = { input: preprocess(fitted.photo, preprocessing) };
  return new Seen(
    network,
    options.order === "unknown" ? source : { photo, fitted, ...source },
    maps,
    new Map(),
  );
}

/** What one of its units might have projected: a signed pattern inside its window, which overhangs above. */
export function projected(seen: Seen = scene(), map = 5): Projection {
  const window = { y: -4, x: 12, height: 22, width: 22 };
  const pixels = new FeatureMaps([48, 48, 3]);
  for (let y = 0; y < 18; y++) {
    for (let x = 12; x < 34; x++) {
      for (let c = 0; c < 3; c++) pixels.data[(y * 48 + x) * 3 + c] = ((x * (c + 2) + y * 3) % 13) - 6;
    }
  }
  return new Projection({
    seen,
    seed: { layer: "pool2", map, y: 1, x: 5 },
    rule: "deconvnet",
    duplicates: "add",
    ties: "first",
    steps: [],
    window,
    pixels: () => pixels,
    notes: [],
  });
}

/** A few stages of a way down, as `project` would have kept them. */
export function steps(): Step[] {
  const signal = (y: number, x: number, maps: FeatureMaps): Signal => ({
    window: { y, x, height: maps.shape[0], width: maps.shape[1] },
    maps,
  });
  const small = signal(2, 3, pattern([3, 3, 4], false));
  const unpooled = signal(4, 6, pattern([6, 6, 4], false));
  const rectified = signal(4, 6, pattern([6, 6, 4]));
  const filtered = signal(3, 5, pattern([8, 8, 2], false));
  const step = (kind: Step["kind"], layer: string, from: number[], input: Signal, output: Signal): Step => ({
    ...{ kind, layer, from, input, output, outputs: [output] },
  });
  return [
    step("unpool", "pool1", [], small, unpooled),
    step("rectify", "conv1_relu", [0], unpooled, rectified),
    step("filter", "conv1", [1], rectified, filtered),
  ];
}
