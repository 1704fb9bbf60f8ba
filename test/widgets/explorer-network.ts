import {
  checkNetwork,
  type Layer,
  type Network,
  Photo,
  preprocessings,
  withRandomWeights,
} from "../../src/index.js";

const padding = { top: 1, bottom: 1, left: 1, right: 1 };
const none = { top: 0, bottom: 0, left: 0, right: 0 };

function convolution(name: string, from: string, channels: number): Layer[] {
  const sliding = { size: [3, 3], stride: [1, 1], padding, dilation: [1, 1], groups: 1 } as const;
  return [
    { kind: "convolution", name, inputs: [from], channels, ...sliding },
    { kind: "relu", name: `${name}_relu`, inputs: [name] },
  ];
}

/** Two convolutions and pools, a sum of two branches, and three classes with markup in a name. */
export function smallNetwork(): Network {
  const definition: Network = {
    name: "small <b>net</b>",
    input: { height: 40, width: 48, channels: 3, preprocessing: preprocessings.caffe },
    layers: [
      ...convolution("conv1", "input", 6),
      {
        kind: "maxPool",
        name: "pool1",
        inputs: ["conv1_relu"],
        size: [2, 2],
        stride: [2, 2],
        padding: none,
        rounding: "floor",
      },
      ...convolution("conv2", "pool1", 12),
      ...convolution("side", "pool1", 12),
      { kind: "add", name: "sum", inputs: ["conv2_relu", "side_relu"] },
      ...convolution("conv3", "sum", 10),
      { kind: "globalAveragePool", name: "mean", inputs: ["conv3_relu"] },
      { kind: "dense", name: "logits", inputs: ["mean"], channels: 3 },
      { kind: "softmax", name: "classes", inputs: ["logits"] },
    ],
    weights: new Map(),
    classes: ["cat", "<img src=x>", "teapot"],
  };
  return checkNetwork(withRandomWeights(definition, { seed: 7 }));
}

/** Stripes that get narrower: no two windows look alike. */
export function stripes(name = "stripes.png"): Photo {
  const [width, height] = [60, 50];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, p += 3) {
      data[p] = (x * x + 3 * y) % 256;
      data[p + 1] = (5 * x + y * y) % 256;
      data[p + 2] = (x * y) % 256;
    }
  }
  return new Photo(width, height, data, name);
}
