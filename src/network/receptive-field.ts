import { ArgumentError } from "../errors.js";
import type { Window } from "../maps.js";
import { inputName, outputOf } from "./graph.js";
import type { Layer } from "./layer.js";
import type { Network } from "./network.js";
import { type Cells, markBelow, noCells, windowAround } from "./seen-cells.js";
import { shapes } from "./shapes.js";
import { read, slides } from "./sliding.js";

/** How a layer's units lie over the picture, in its pixels; unit `i` sees from `offset + i · stride` on. */
export interface ReceptiveField {
  /** Height and width of what one unit sees. */
  readonly size: readonly [height: number, width: number];
  /** How far apart two neighbours' windows lie. */
  readonly stride: readonly [vertical: number, horizontal: number];
  /** Where the window of unit (0, 0) begins; negative where it overhangs. */
  readonly offset: readonly [y: number, x: number];
}

/**
 * What the units of a layer see of the picture: size, stride and offset, through all branches.
 *
 * @param layer a layer's name, which means its output
 * @throws {UnknownNameError} for a name the network does not have
 * @example
 * receptiveField(vgg16Definition(), "conv5_3"); // { size: [196, 196], stride: [16, 16], offset: [-90, -90] }
 */
export function receptiveField(network: Network, layer: string): ReceptiveField {
  const [height, width] = shapes(network).get(outputOf(network, layer).name)!;
  const first = receptiveWindow(network, { layer, y: 0, x: 0 });
  // Two neighbours give the stride; a layer of a single row or column has none, so its own size stands in.
  const next = receptiveWindow(network, { layer, y: Math.min(1, height - 1), x: Math.min(1, width - 1) });
  return {
    size: [first.height, first.width],
    stride: [height > 1 ? next.y - first.y : first.height, width > 1 ? next.x - first.x : first.width],
    offset: [first.y, first.x],
  };
}

/**
 * The window of the picture that one unit sees; it overhangs where the unit's own windows reach into padding.
 *
 * @param unit its layer (by the name of its output), row `y` and column `x`, from 0
 * @param edges `"overhang"` (default): the full window, the same size for every unit of the layer; `"clip"`:
 *   around only the pixels that reach the unit, exact at borders, through branches and past a stride's or dilation's holes
 * @throws {ArgumentError} for a unit outside its layer
 */
export function receptiveWindow(
  network: Network,
  unit: { readonly layer: string; readonly y: number; readonly x: number },
  edges: "overhang" | "clip" = "overhang",
): Window {
  const output = outputOf(network, unit.layer);
  const [height, width] = shapes(network).get(output.name)!;
  if (!(unit.y >= 0 && unit.y < height))
    throw new ArgumentError("receptiveWindow", "y", unit.y, `0 to ${height - 1}`);
  if (!(unit.x >= 0 && unit.x < width))
    throw new ArgumentError("receptiveWindow", "x", unit.x, `0 to ${width - 1}`);

  return edges === "clip" ? seenWindow(network, output, unit) : overhangingWindow(network, output, unit);
}

function overhangingWindow(network: Network, output: Layer, { y, x }: { y: number; x: number }): Window {
  const sizes = shapes(network);
  const seen = new Map<string, Window>([[output.name, { y, x, height: 1, width: 1 }]]);
  for (const layer of [...network.layers].reverse()) {
    const window = seen.get(layer.name);
    if (!window) continue;
    for (const input of layer.inputs) {
      const [height, width] = sizes.get(input)!;
      const part = windowBelow(layer, window, { y: 0, x: 0, height, width });
      const other = seen.get(input);
      seen.set(input, other ? union(other, part) : part);
    }
  }
  return seen.get(inputName)!;
}

function seenWindow(network: Network, output: Layer, { y, x }: { y: number; x: number }): Window {
  const sizes = shapes(network);
  const start = noCells(sizes.get(output.name)!);
  start.marked[y * start.width + x] = 1;
  const seen = new Map<string, Cells>([[output.name, start]]);
  for (const layer of [...network.layers].reverse()) {
    const cells = seen.get(layer.name);
    if (!cells) continue;
    for (const input of layer.inputs) {
      const below = seen.get(input) ?? noCells(sizes.get(input)!);
      markBelow(layer, cells, below);
      seen.set(input, below);
    }
  }
  return windowAround(seen.get(inputName)!);
}

/** The window of a layer's input that a window of its output reads; `whole` is the input's own. */
export function windowBelow(layer: Layer, window: Window, whole: Window): Window {
  switch (layer.kind) {
    case "convolution":
    case "maxPool":
    case "averagePool": {
      const [vertical, horizontal] = slides(layer);
      const [top, bottom] = read(window.y, window.y + window.height, vertical);
      const [left, right] = read(window.x, window.x + window.width, horizontal);
      return { y: top, x: left, height: bottom - top, width: right - left };
    }
    case "zeroPad":
      return { ...window, y: window.y - layer.padding.top, x: window.x - layer.padding.left };
    case "dense":
    case "globalAveragePool":
    case "flatten":
      return whole;
    case "relu":
    case "batchNorm":
    case "localResponseNorm":
    case "add":
    case "concat":
    case "dropout":
    case "softmax":
      return window;
  }
}

/** The part of a window that lies inside another; empty ones keep a size of 0. */
export function clip(window: Window, inside: Window): Window {
  const y = Math.max(window.y, inside.y);
  const x = Math.max(window.x, inside.x);
  return {
    y,
    x,
    height: Math.max(0, Math.min(window.y + window.height, inside.y + inside.height) - y),
    width: Math.max(0, Math.min(window.x + window.width, inside.x + inside.width) - x),
  };
}

/** The smallest window that holds both. */
export function union(a: Window, b: Window): Window {
  const y = Math.min(a.y, b.y);
  const x = Math.min(a.x, b.x);
  return {
    y,
    x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
  };
}
