import { ShapeError } from "../errors.js";
import type { Shape } from "../maps.js";
import { inputName } from "./graph.js";
import type { Layer } from "./layer.js";
import type { Network } from "./network.js";
import { places, slides } from "./sliding.js";

/**
 * The output shape `[height, width, channels]` of every layer by name, and of `"input"`.
 *
 * @throws {ShapeError} at the first layer whose inputs do not fit it
 * @example
 * shapes(vgg16Definition()).get("conv5_1"); // [14, 14, 512]
 */
export function shapes(network: Network): ReadonlyMap<string, Shape> {
  const { height, width, channels } = network.input;
  const found = new Map<string, Shape>([[inputName, [height, width, channels]]]);
  for (const layer of network.layers) {
    const inputs = layer.inputs.map((name) => {
      const shape = found.get(name);
      if (!shape)
        throw new ShapeError(
          layer.name,
          `input ${JSON.stringify(name)}`,
          [],
          "the name of a layer that stands before it",
        );
      return shape;
    });
    found.set(layer.name, outputShape(layer, inputs));
  }
  return found;
}

/** The shape that one layer makes of its inputs' shapes. @throws {ShapeError} where they do not fit */
export function outputShape(layer: Layer, inputs: readonly Shape[]): Shape {
  const wanted = layer.kind === "add" || layer.kind === "concat" ? "at least 1 input" : "1 input";
  if (inputs.length === 0 || (wanted === "1 input" && inputs.length > 1)) {
    throw new ShapeError(layer.name, "number of inputs", [inputs.length], wanted);
  }
  const [height, width, channels] = inputs[0];
  switch (layer.kind) {
    case "convolution": {
      if (channels % layer.groups !== 0 || layer.channels % layer.groups !== 0) {
        throw new ShapeError(
          layer.name,
          "channels in and out",
          [channels, layer.channels],
          `multiples of its ${layer.groups} groups`,
        );
      }
      return [...slid(layer, height, width), layer.channels];
    }
    case "maxPool":
    case "averagePool": {
      for (const slide of slides(layer)) {
        if (slide.before >= slide.size || slide.after >= slide.size) {
          throw new ShapeError(
            layer.name,
            "padding",
            [slide.before, slide.after],
            `less than the window's ${slide.size} cells`,
          );
        }
      }
      return [...slid(layer, height, width), channels];
    }
    case "dense":
      if (height !== 1 || width !== 1)
        throw new ShapeError(layer.name, "input", inputs[0], "[1,1,n]", "flatten the maps first");
      return [1, 1, layer.channels];
    case "globalAveragePool":
      return [1, 1, channels];
    case "flatten":
      return [1, 1, height * width * channels];
    case "zeroPad": {
      const { top, bottom, left, right } = layer.padding;
      return positive(layer, [
        height + top + bottom,
        width + left + right,
        channels + layer.channels[0] + layer.channels[1],
      ]);
    }
    case "add":
      for (const shape of inputs) {
        if (shape.some((side, i) => side !== inputs[0][i]))
          throw new ShapeError(layer.name, "input to add", shape, inputs[0]);
      }
      return inputs[0];
    case "concat":
      for (const shape of inputs) {
        if (shape[0] !== height || shape[1] !== width) {
          throw new ShapeError(layer.name, "input to concat", shape, `[${height},${width},any]`);
        }
      }
      return [height, width, inputs.reduce((sum, shape) => sum + shape[2], 0)];
    case "relu":
    case "batchNorm":
    case "localResponseNorm":
    case "dropout":
    case "softmax":
      return inputs[0];
  }
}

function slid(layer: Layer & Parameters<typeof slides>[0], height: number, width: number): [number, number] {
  const [vertical, horizontal] = slides(layer);
  const out: [number, number] = [places(height, vertical), places(width, horizontal)];
  if (out[0] < 1 || out[1] < 1) {
    throw new ShapeError(
      layer.name,
      "input",
      [height, width],
      `at least as large as the window [${layer.size.join(",")}]`,
    );
  }
  return out;
}

function positive(layer: Layer, shape: Shape): Shape {
  if (shape.some((side) => side < 1))
    throw new ShapeError(layer.name, "output", shape, "sides of at least 1");
  return shape;
}
