import type { Window } from "../../src/maps.js";

/** The window that holds a cell nearest to its middle; the one at hand where it holds the cell as well. */
export function nearestWindow(windows: readonly Window[], atHand: number, y: number, x: number): number {
  const distance = ({ y: top, x: left, height, width }: Window): number =>
    Math.hypot(top + (height - 1) / 2 - y, left + (width - 1) / 2 - x);
  const holds = ({ y: top, x: left, height, width }: Window): boolean =>
    y >= top && y < top + height && x >= left && x < left + width;
  if (windows[atHand] && holds(windows[atHand])) return atHand;
  let best = atHand;
  let least = Number.POSITIVE_INFINITY;
  windows.forEach((window, i) => {
    if (holds(window) && distance(window) < least) {
      best = i;
      least = distance(window);
    }
  });
  return best;
}
