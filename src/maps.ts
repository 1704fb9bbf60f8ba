import { ArgumentError, ShapeError } from "./errors.js";
import { Shown } from "./shown.js";

/** Height, width and channels, in this order. */
export type Shape = readonly [height: number, width: number, channels: number];

/**
 * A stack of feature maps (an image is one too): plain float32 numbers, row-major, channels last.
 * The value of channel `c` at row `y`, column `x` is `data[(y * width + x) * channels + c]`.
 */
export class FeatureMaps extends Shown {
  /** `[height, width, channels]` */
  readonly shape: Shape;
  /** float32, `height · width · channels` values. */
  readonly data: Float32Array;

  /**
   * @param shape `[height, width, channels]`, whole numbers ≥ 1
   * @param data the values, not copied; zeros where left out
   * @throws {ShapeError} when `data` has another length than `shape` says
   */
  constructor(shape: Shape, data: Float32Array = new Float32Array(cells("FeatureMaps", shape))) {
    super();
    if (data.length !== cells("FeatureMaps", shape)) {
      throw new ShapeError(
        "FeatureMaps",
        "data",
        [data.length],
        `${cells("FeatureMaps", shape)} values for [${shape.join(",")}]`,
      );
    }
    this.shape = shape;
    this.data = data;
  }
}

/**
 * A rectangle of cells of one layer: its first row and column, counted from 0, and its size.
 * A receptive field may overhang its image: `y` or `x` are then negative, or it ends past the edge.
 */
export interface Window {
  readonly y: number;
  readonly x: number;
  readonly height: number;
  readonly width: number;
}

/** A signal on its way down: the values inside one window of a layer; outside it the signal is zero. */
export interface Signal {
  /** Where in its layer; lies inside the layer. */
  readonly window: Window;
  /** The values, `[window.height, window.width, channels]`. */
  readonly maps: FeatureMaps;
}

/**
 * Where each maximum of a max pool was (section 2.1, "switches"). For a pooled cell, `positions` holds
 * `y · width + x` of its maximum within the same channel of the pool's input.
 */
export interface Switches {
  /** Of the pooled maps: `[height, width, channels]`. */
  readonly shape: Shape;
  /** Of the maps that went into the pool: `[height, width, channels]`. */
  readonly inputShape: Shape;
  /** One a pooled cell, laid out as the pooled maps are. */
  readonly positions: Int32Array;
}

/**
 * The one value at a row, column and channel.
 *
 * @throws {ArgumentError} when the place lies outside the maps
 * @example
 * at(fromRows([[1, 2], [3, 4]]), 1, 0); // 3
 */
export function at(maps: FeatureMaps, y: number, x: number, channel = 0): number {
  const [height, width, channels] = maps.shape;
  inRange("at", "y", y, height);
  inRange("at", "x", x, width);
  inRange("at", "channel", channel, channels);
  return maps.data[(y * width + x) * channels + channel];
}

/**
 * Maps with one channel from rows of numbers, or with several from one such matrix a channel.
 *
 * @throws {ShapeError} when rows differ in length, or channels in size
 * @example
 * fromRows([[1, 2], [3, 4]]).shape; // [2, 2, 1]
 */
export function fromRows(...channels: readonly (readonly (readonly number[])[])[]): FeatureMaps {
  const height = channels[0]?.length ?? 0;
  const width = channels[0]?.[0]?.length ?? 0;
  const maps = new FeatureMaps([height, width, channels.length]);
  channels.forEach((rows, c) => {
    if (rows.length !== height)
      throw new ShapeError("fromRows", `channel ${c}`, [rows.length], `${height} rows as channel 0 has`);
    rows.forEach((row, y) => {
      if (row.length !== width)
        throw new ShapeError("fromRows", `row ${y}`, [row.length], `${width} numbers as row 0 has`);
      row.forEach((value, x) => {
        maps.data[(y * width + x) * channels.length + c] = value;
      });
    });
  });
  return maps;
}

/**
 * One channel as rows of numbers: the inverse of `fromRows`.
 *
 * @example
 * toRows(fromRows([[1, 2], [3, 4]])); // [[1, 2], [3, 4]]
 */
export function toRows(maps: FeatureMaps, channel = 0): number[][] {
  const [height, width, channels] = maps.shape;
  inRange("toRows", "channel", channel, channels);
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => maps.data[(y * width + x) * channels + channel]),
  );
}

/** How many values a shape holds; refuses anything but whole numbers ≥ 1. */
export function cells(where: string, shape: readonly number[]): number {
  for (const side of shape) {
    if (!Number.isInteger(side) || side < 1)
      throw new ShapeError(where, "shape", shape, "whole numbers of at least 1");
  }
  return shape.reduce((a, b) => a * b, 1);
}

function inRange(where: string, argument: string, got: number, end: number): void {
  if (!Number.isInteger(got) || got < 0 || got >= end) {
    throw new ArgumentError(where, argument, got, `a whole number from 0 to ${end - 1}`);
  }
}
