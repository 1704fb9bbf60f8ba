import { patch } from "../image/patch.js";
import type { FeatureMaps, Signal, Window } from "../maps.js";
import { inputName, layerNamed, outputNames, readersOf } from "../network/graph.js";
import type { Network } from "../network/network.js";
import { clip, receptiveField } from "../network/receptive-field.js";
import { shapes } from "../network/shapes.js";
import type { Projection, Step } from "../projection.js";
import type { Seen } from "../seen.js";
import {
  channelOrder,
  inputPicture,
  projectedPicture,
  readsNumbers,
  strongestChannel,
} from "./input-picture.js";
import type { Row, Thumb } from "./step-through-state.js";
import { orderOf } from "./stepper-order.js";
import { mapInside, mapOf, photoThumb, valuesThumb } from "./stepper-thumbs.js";

/** What the last row is called, whose signal is the projection. */
export const pixelsName = "pixels";

/** The name that a reader knows each layer by: a rectifier and a batch norm go by their convolution's. */
export function readerNames(network: Network): ReadonlyMap<string, string> {
  const names = new Map([[inputName, pixelsName]]);
  for (const [name, output] of outputNames(network)) {
    let layer = layerNamed(network, name);
    names.set(layer.name, name);
    while (layer !== output) {
      layer = readersOf(network, layer.name)[0];
      names.set(layer.name, name);
    }
  }
  return names;
}

/** The rows of the ladder from the unit's layer down to the pixels, and each stage's row. */
export function rowsOf(projection: Projection): {
  rows: Row[];
  rowOf: number[];
  buffers: (Float32Array | Uint8Array)[];
} {
  const { seen, steps, pixels, window } = projection;
  const { network } = seen;
  const names = readerNames(network);
  const sizes = shapes(network);
  const labels: string[] = [];
  for (const { layer } of steps) {
    const label = names.get(layer)!;
    if (label !== pixelsName && !labels.includes(label)) labels.push(label);
  }
  labels.push(pixelsName);
  const rowOf = steps.map(({ layer }) => labels.indexOf(names.get(layer)!));
  const buffers: (Float32Array | Uint8Array)[] = [];

  // Where the seed sees past the edge the picture has nothing: the frame of all thumbs is what there is.
  const whole = { y: 0, x: 0, height: pixels.shape[0], width: pixels.shape[1] };
  const inside = clip(window, whole);
  const shown = inside.height > 0 && inside.width > 0 ? inside : whole;

  const rows = labels.map((name, row): Row => {
    const stages = steps.flatMap((_, i) => (rowOf[i] === row ? [i] : []));
    if (name === pixelsName)
      return {
        ...{ name, shape: pixels.shape, below: [], stages, map: 0, window: shown },
        // Numbers are sent as they are: the page has them in its theme's colours.
        down:
          channelOrder(seen) === undefined
            ? numbersThumb(pixels, shown, buffers)
            : photoThumb(projectedPicture(seen, pixels, shown, {}).photo, buffers),
        up: readsNumbers(seen)
          ? numbersThumb(seen.input, shown, buffers)
          : photoThumb(patch(inputPicture(seen, "light").photo, shown), buffers),
      };
    const signal = arriving(steps[stages[0]]);
    const map = orderOf(signal).maps[0];
    const frame = frameOf(seen, name, shown);
    const around = frame.cells();
    const output = outputNames(network).get(name)!;
    const targets = stages
      .filter((stage) => steps[stage].kind !== "sum")
      .flatMap((stage) => layerNamed(network, steps[stage].layer).inputs)
      .map((input) => labels.indexOf(names.get(input)!));
    return {
      name,
      shape: sizes.get(output.name)!,
      below: [...new Set(targets)].filter((target) => target !== row),
      stages,
      map,
      window: signal.window,
      down: valuesThumb(mapOf(signal, map), signal.window, frame.place(signal.window), buffers),
      up: valuesThumb(mapInside(seen.maps(name), around, map), around, frame.place(around), buffers),
    };
  });
  return { rows, rowOf, buffers };
}

/** What has no colours of its own inside a window: of each pixel the strongest channel. */
function numbersThumb(maps: FeatureMaps, window: Window, buffers: (Float32Array | Uint8Array)[]): Thumb {
  const all = { y: 0, x: 0, height: 1, width: 1 };
  return valuesThumb(mapInside(strongestChannel(maps), window, 0), window, all, buffers);
}

/** The signal at a layer: what its first stage takes, or where branches meet there, their sum. */
function arriving(first: Step): Signal {
  return first.kind === "sum" ? first.output : first.input;
}

/** How a layer's cells lie in a window of the picture. */
function frameOf(
  seen: Seen,
  layer: string,
  window: Window,
): { place: (cells: Window) => Window; cells: () => Window } {
  const { size, stride, offset } = receptiveField(seen.network, layer);
  const [height, width] = seen.maps(layer).shape;
  // A cell stands in the middle of what it sees, and is as large as its neighbour is away.
  const first = [offset[0] + (size[0] - stride[0]) / 2, offset[1] + (size[1] - stride[1]) / 2];
  return {
    place: ({ y, x, height, width }) => ({
      y: (first[0] + y * stride[0] - window.y) / window.height,
      x: (first[1] + x * stride[1] - window.x) / window.width,
      height: (height * stride[0]) / window.height,
      width: (width * stride[1]) / window.width,
    }),
    cells: () => {
      const [top, bottom] = covered(window.y - first[0], window.height, stride[0], height);
      const [left, right] = covered(window.x - first[1], window.width, stride[1], width);
      return { y: top, x: left, height: bottom - top, width: right - left };
    },
  };
}

/** The cells that reach into a stretch of the picture; at least one. */
function covered(start: number, length: number, stride: number, cells: number): [first: number, end: number] {
  const first = Math.min(Math.max(Math.floor(start / stride), 0), cells - 1);
  return [first, Math.max(first + 1, Math.min(Math.ceil((start + length) / stride), cells))];
}
