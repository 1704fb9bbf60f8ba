import { layerNamed } from "../network/graph.js";
import type { MaxPool } from "../network/layer.js";
import { type Slide, slides } from "../network/sliding.js";
import type { Projection, Step } from "../projection.js";
import type { AxisLinks, Links } from "./stepper-links.js";

/**
 * Which cells of a step's input belong to which of its output, for one pair of maps: by the switches of a pool, by how a
 * filter slid, or simply the same cells. Of a concat's step the output is the part that the output's map is of.
 *
 * @param maps of the input and of the output
 */
export function linksOf(
  projection: Projection,
  step: Step,
  maps: { readonly input: number; readonly output: number },
): Links {
  if (step.kind === "sum") return same(0, 0, 0);
  const layer = layerNamed(projection.seen.network, step.layer);
  switch (layer.kind) {
    case "maxPool":
      return switchLinks(projection, step, layer, maps.input);
    case "convolution":
    case "averagePool": {
      const [vertical, horizontal] = slides(layer);
      const [from, to] = [step.input.window, step.output.window];
      return {
        how: "taps",
        rows: axisLinks(from.y, from.height, vertical, to.y, to.height),
        columns: axisLinks(from.x, from.width, horizontal, to.x, to.width),
        across: horizontal.size,
      };
    }
    case "dense":
      return { how: "all" };
    case "globalAveragePool": {
      const [height, width] = step.output.maps.shape;
      return height * width === 1 ? same(0, 0, 0) : toMaps(step, () => maps.output);
    }
    case "flatten": {
      const [height, width, channels] = step.output.maps.shape;
      if (height * width === 1) return same(0, 0, 0);
      return toMaps(step, (cell) =>
        layer.order === "hwc" ? cell * channels + maps.output : maps.output * height * width + cell,
      );
    }
    case "zeroPad":
      return same(-layer.padding.top, -layer.padding.left, -layer.channels[0]);
    case "concat":
      return same(0, 0, maps.output - maps.input);
    case "relu":
    case "batchNorm":
    case "localResponseNorm":
    case "add":
    case "dropout":
    case "softmax":
      return same(0, 0, 0);
  }
}

function same(down: number, right: number, maps: number): Links {
  return { how: "same", down, right, maps };
}

/** What each cell of a window paints, along one axis. */
function axisLinks(from: number, length: number, slide: Slide, to: number, toLength: number): AxisLinks {
  return Array.from({ length }, (_, i) => {
    const start = (from + i) * slide.stride - slide.before - to;
    return Array.from({ length: slide.size }, (_, tap): [number, number] => [
      start + tap * slide.dilation,
      tap,
    ]).filter(([cell]) => cell >= 0 && cell < toLength);
  });
}

/** Each cell of the output comes from one map of an input that has one place only. */
function toMaps({ output }: Step, mapOf: (cell: number) => number): Links {
  const count = output.window.height * output.window.width;
  return {
    how: "lists",
    side: "output",
    starts: Int32Array.from({ length: count + 1 }, (_, i) => i),
    places: Int32Array.from({ length: count }, (_, i) => mapOf(i)),
  };
}

/** To the position of each maximum; with ties, to all of a window's equal ones. */
function switchLinks({ seen, ties }: Projection, { input, output }: Step, pool: MaxPool, map: number): Links {
  const switches = seen.switches(pool.name);
  const { window: from } = input;
  const { window: to } = output;
  const starts = [0];
  const places: number[] = [];
  const width = switches.inputShape[1];
  for (let y = from.y; y < from.y + from.height; y++) {
    for (let x = from.x; x < from.x + from.width; x++) {
      const at = (y * switches.shape[1] + x) * switches.shape[2] + map;
      const first = switches.positions[at];
      const positions = ties === "all" ? equals(seen.maps(pool.inputs[0]), pool, y, x, map, first) : [first];
      for (const position of positions)
        places.push((Math.floor(position / width) - to.y) * to.width + (position % width) - to.x);
      starts.push(places.length);
    }
  }
  return { how: "lists", side: "input", starts: Int32Array.from(starts), places: Int32Array.from(places) };
}

/** All positions of one window that hold what its maximum holds. */
function equals(
  { shape: [height, width, channels], data }: { shape: readonly number[]; data: Float32Array },
  pool: MaxPool,
  y: number,
  x: number,
  map: number,
  first: number,
): number[] {
  const [vertical, horizontal] = slides(pool);
  const [top, left] = [y * vertical.stride - vertical.before, x * horizontal.stride - horizontal.before];
  // 0 and −0 are equal here, and NaN is equal to itself, as where the switch was found.
  const greatest = data[first * channels + map] + 0;
  const found: number[] = [];
  for (let row = Math.max(0, top); row < Math.min(height, top + vertical.size); row++) {
    for (let column = Math.max(0, left); column < Math.min(width, left + horizontal.size); column++) {
      const position = row * width + column;
      if (Object.is(data[position * channels + map] + 0, greatest)) found.push(position);
    }
  }
  return found;
}
