import type { LayerOutline, NetworkOutline } from "../../src/show/explorer-state.js";
import type { Window } from "../pictures/pictures.js";

export type { Window };

/** What a unit of a layer sees. */
export function windowOf({ sees, stride }: LayerOutline, y: number, x: number): Window {
  return { ...sees, y: sees.y + y * stride[0], x: sees.x + x * stride[1] };
}

/** The same, as it is shown: where it holds the whole picture, the picture. */
export function shownWindow(network: NetworkOutline, window: Window): Window {
  const { height, width } = network;
  return seesAll(network, window) ? { y: 0, x: 0, height, width } : window;
}

export function seesAll({ height, width }: NetworkOutline, window: Window): boolean {
  return (
    window.y <= 0 && window.x <= 0 && window.y + window.height >= height && window.x + window.width >= width
  );
}

/** The unit whose window's centre is nearest to a place in the picture. */
export function unitAt(
  layer: LayerOutline,
  y: number,
  x: number,
): { readonly y: number; readonly x: number } {
  const [height, width] = layer.shape;
  const nearest = (place: number, from: number, size: number, stride: number, count: number): number =>
    Math.min(count - 1, Math.max(0, Math.round((place - (from + size / 2)) / stride)));
  const { sees, stride } = layer;
  return {
    y: nearest(y, sees.y, sees.height, stride[0], height),
    x: nearest(x, sees.x, sees.width, stride[1], width),
  };
}

/** The names of the layers that a signal from this one passes on its way down, itself with them. */
export function wayDown({ layers }: NetworkOutline, layer: string): ReadonlySet<string> {
  const found = new Set<string>();
  const next = [layers.findIndex(({ name }) => name === layer)];
  for (let place = next.pop(); place !== undefined; place = next.pop()) {
    if (place < 0 || found.has(layers[place].name)) continue;
    found.add(layers[place].name);
    next.push(...layers[place].reads);
  }
  return found;
}
