import type { Shape, Window } from "../maps.js";
import type { Layer } from "./layer.js";
import { type Slide, slides } from "./sliding.js";

/** Which cells of a layer are meant, row by row. */
export interface Cells {
  readonly height: number;
  readonly width: number;
  /** 1 for those that are. */
  readonly marked: Uint8Array;
}

/** No cell of a layer of that shape. */
export function noCells([height, width]: Shape): Cells {
  return { height, width, marked: new Uint8Array(height * width) };
}

/**
 * Marks the cells of a layer's input that the marked cells of its output read: exactly, where windows reach into padding
 * and where strides and dilations leave holes, which no rectangle can say.
 */
export function markBelow(layer: Layer, output: Cells, input: Cells): void {
  switch (layer.kind) {
    case "convolution":
    case "maxPool":
    case "averagePool": {
      const [vertical, horizontal] = slides(layer);
      return eachCell(output, (y, x) => {
        for (const row of taps(y, vertical, input.height)) {
          for (const column of taps(x, horizontal, input.width)) input.marked[row * input.width + column] = 1;
        }
      });
    }
    case "zeroPad":
      return eachCell(output, (y, x) => {
        const [row, column] = [y - layer.padding.top, x - layer.padding.left];
        if (row < 0 || column < 0 || row >= input.height || column >= input.width) return;
        input.marked[row * input.width + column] = 1;
      });
    case "dense":
    case "globalAveragePool":
    case "flatten":
      if (output.marked[0]) input.marked.fill(1);
      return;
    case "relu":
    case "batchNorm":
    case "localResponseNorm":
    case "add":
    case "concat":
    case "dropout":
    case "softmax":
      return eachCell(output, (y, x) => {
        input.marked[y * input.width + x] = 1;
      });
  }
}

/** The smallest window around the marked cells; of no size where none is. */
export function windowAround(cells: Cells): Window {
  let [top, bottom, left, right] = [cells.height, -1, cells.width, -1];
  eachCell(cells, (y, x) => {
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
  });
  if (bottom < 0) return { y: 0, x: 0, height: 0, width: 0 };
  return { y: top, x: left, height: bottom - top + 1, width: right - left + 1 };
}

function eachCell(cells: Cells, visit: (y: number, x: number) => void): void {
  for (let i = 0; i < cells.marked.length; i++) {
    if (cells.marked[i]) visit(Math.floor(i / cells.width), i % cells.width);
  }
}

/** Along one axis, the cells inside an input of `length` cells that one output reads. */
function taps(output: number, slide: Slide, length: number): number[] {
  const cells: number[] = [];
  for (let tap = 0; tap < slide.size; tap++) {
    const cell = output * slide.stride - slide.before + tap * slide.dilation;
    if (cell >= 0 && cell < length) cells.push(cell);
  }
  return cells;
}
