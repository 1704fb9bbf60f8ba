import type { Padding, Pair, Sliding } from "./layer.js";

/** Along one axis: how a window slides over its input. */
export interface Slide {
  readonly size: number;
  readonly stride: number;
  /** Padding before the first and after the last cell. */
  readonly before: number;
  readonly after: number;
  readonly dilation: number;
  readonly rounding: "floor" | "ceil";
}

export const noPadding: Padding = { top: 0, bottom: 0, left: 0, right: 0 };

/** The same padding at all four sides. */
export function evenPadding(cells: number): Padding {
  return { top: cells, bottom: cells, left: cells, right: cells };
}

/** A sliding layer's geometry along height and along width. */
export function slides(
  layer: Sliding & { readonly dilation?: Pair; readonly rounding?: "floor" | "ceil" },
): readonly [vertical: Slide, horizontal: Slide] {
  const { size, stride, padding, dilation = [1, 1], rounding = "floor" } = layer;
  return [
    {
      size: size[0],
      stride: stride[0],
      before: padding.top,
      after: padding.bottom,
      dilation: dilation[0],
      rounding,
    },
    {
      size: size[1],
      stride: stride[1],
      before: padding.left,
      after: padding.right,
      dilation: dilation[1],
      rounding,
    },
  ];
}

/** Cells from a window's first to its last, both included. */
export function reach(slide: Slide): number {
  return slide.dilation * (slide.size - 1) + 1;
}

/** How many places a window takes along an axis of `length` cells; 0 or less where it does not fit. */
export function places(length: number, slide: Slide): number {
  const free = length + slide.before + slide.after - reach(slide);
  if (slide.rounding === "floor") return Math.floor(free / slide.stride) + 1;
  const count = Math.ceil(free / slide.stride) + 1;
  // A last window that would see nothing but the padding after the input is dropped (PyTorch's rule).
  return (count - 1) * slide.stride >= length + slide.before ? count - 1 : count;
}

/** The input cells, from `start` up to `end`, that the outputs from `start` up to `end` read; they may overhang. */
export function read(start: number, end: number, slide: Slide): readonly [start: number, end: number] {
  return [start * slide.stride - slide.before, (end - 1) * slide.stride - slide.before + reach(slide)];
}
