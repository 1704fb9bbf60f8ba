import { element } from "../theme/element.js";
import type { Window } from "./windows.js";

/** No marker is smaller inside its line, in CSS pixels: 14 with it. */
const smallest = 6;

/**
 * The one selection: a line of the brand's colour with a halo of the page's, around a window of what is shown in the same
 * box. What overhangs is marked as far as the picture goes.
 */
export interface Marker {
  readonly element: HTMLElement;
  /** @param size of what the box shows, in the window's unit; undefined hides it */
  put(window: Window | undefined, size: { readonly height: number; readonly width: number }): void;
}

export function makeMarker(testid: string): Marker {
  const marker = element("div", { class: "marker", testid, "aria-hidden": "true", hidden: "" });
  return {
    element: marker,
    put(window, { height, width }) {
      marker.hidden = window === undefined;
      if (!window) return;
      const down = extent(window.y, window.height, height);
      const across = extent(window.x, window.width, width);
      Object.assign(marker.style, {
        top: down.start,
        left: across.start,
        height: down.length,
        width: across.length,
      });
    },
  };
}

/** Along one side, in CSS: the window's share of it, but at least the smallest marker around its middle. */
function extent(
  start: number,
  length: number,
  of: number,
): { readonly start: string; readonly length: string } {
  const from = Math.min(Math.max(start / of, 0), 1) * 100;
  const to = Math.min(Math.max((start + length) / of, 0), 1) * 100;
  const middle = (from + to) / 2;
  return {
    start: `clamp(0px, min(${from}%, ${middle}% - ${smallest / 2}px), 100% - ${smallest}px)`,
    length: `max(${to - from}%, ${smallest}px)`,
  };
}
