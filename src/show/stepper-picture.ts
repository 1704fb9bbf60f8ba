import type { Signal } from "../maps.js";
import { shapes } from "../network/shapes.js";
import type { Projection, Step } from "../projection.js";
import type { Picture } from "./step-through-state.js";
import { orderOf } from "./stepper-order.js";
import { mapOf } from "./stepper-thumbs.js";

/** A signal that is shown: which of its maps, and how its cells are laid out. */
export interface Showing {
  readonly signal: Signal;
  readonly map: number;
  /** What the reader calls its layer. */
  readonly layer: string;
  readonly layout: Picture["layout"];
}

/**
 * How a step's signal at a layer is laid out. Where the layer has a single place, a picture of one map would be one
 * cell: all its maps are shown instead, unless the step moves cells about.
 *
 * @param layer by its own name, or `"input"`
 */
export function layoutOf(
  { seen }: Projection,
  { kind }: Step,
  layer: string,
  dense: boolean,
): Picture["layout"] {
  const [height, width, channels] = shapes(seen.network).get(layer)!;
  const moves = kind === "unpool" || kind === "crop" || (kind === "filter" && !dense);
  return height * width === 1 && channels > 1 && !moves ? "channels" : "map";
}

/** The largest magnitude that a picture holds. */
export function magnitude({ signal, map, layout }: Showing): number {
  const { strengths, maps } = orderOf(signal);
  return strengths[layout === "channels" ? maps[0] : map];
}

/** The picture, whose values are put among the buffers. */
export function pictureOf(showing: Showing, scale: number, buffers: Float32Array[]): Picture {
  const { signal, map, layer, layout } = showing;
  const values = layout === "channels" ? signal.maps.data : mapOf(signal, map);
  const columns = Math.ceil(Math.sqrt(values.length));
  const window =
    layout === "map"
      ? signal.window
      : { y: 0, x: 0, height: Math.ceil(values.length / columns), width: columns };
  return { layer, map, layout, window, count: values.length, buffer: buffers.push(values) - 1, scale };
}

/** Where a picture's value of the largest magnitude is; the first of equals, 0 where all are 0. */
export function strongestPlace(values: Float32Array, only: (place: number) => boolean = () => true): number {
  let best = 0;
  let most = 0;
  for (let place = 0; place < values.length; place++) {
    if (!(Math.abs(values[place]) > most) || !only(place)) continue;
    best = place;
    most = Math.abs(values[place]);
  }
  return best;
}
