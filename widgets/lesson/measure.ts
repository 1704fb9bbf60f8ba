import type { Measure } from "../../src/show/lesson-sheet.js";

/** How wide words get in an element's typeface. Each is measured once. */
export function measureOnPage(element: HTMLElement): Measure {
  const context = document.createElement("canvas").getContext("2d");
  const family = getComputedStyle(element).fontFamily;
  const known = new Map<string, number>();
  return (text, size, bold) => {
    const key = `${size} ${bold} ${text}`;
    let width = known.get(key);
    if (width === undefined) {
      // Without a canvas: as wide as figures are at most.
      if (!context) return text.length * size * 0.65;
      context.font = `${bold ? 600 : 400} ${size}px ${family}`;
      width = context.measureText(text).width;
      known.set(key, width);
    }
    return width;
  };
}
