import { element } from "../theme/element.js";
import { makePanel, type Panel } from "./panel.js";
import { draw, type Picture } from "./pictures.js";

/** A place in a picture, in its pixels. */
export interface Place {
  readonly y: number;
  readonly x: number;
}

/** A picture of real pixels, as large as fits, with a cross where the pointer is. */
export interface PixelPanel extends Panel {
  draw(picture: Picture): void;
  /** Shows the cross at a pixel; hides it. */
  cross(place: Place | undefined): void;
}

/** @param hover called with the pixel under the pointer, and with undefined when it leaves */
export function makePixelPanel(testid: string, hover: (place: Place | undefined) => void): PixelPanel {
  const panel = makePanel(testid);
  const canvas = element("canvas", { testid: `${testid}-canvas`, role: "img" });
  const across = element("div", { class: "cross across", hidden: "", "aria-hidden": "true" });
  const down = element("div", { class: "cross down", hidden: "", "aria-hidden": "true" });
  const box = element("div", { class: "fitted" }, canvas, across, down);
  panel.body.append(box);
  canvas.addEventListener("pointermove", (event) => hover(pixelAt(canvas, event)));
  canvas.addEventListener("pointerleave", () => hover(undefined));
  return {
    ...panel,
    name(words) {
      panel.name(words);
      canvas.setAttribute("aria-label", words);
    },
    draw(picture) {
      draw(canvas, picture);
      fitInto(box, picture);
    },
    cross(place) {
      across.hidden = down.hidden = place === undefined;
      if (!place) return;
      across.style.top = `${((place.y + 0.5) / canvas.height) * 100}%`;
      down.style.left = `${((place.x + 0.5) / canvas.width) * 100}%`;
    },
  };
}

/** The pixel of a canvas under the pointer. */
export function pixelAt(canvas: HTMLCanvasElement, event: MouseEvent): Place {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const within = (place: number, length: number, count: number): number =>
    Math.min(count - 1, Math.max(0, Math.floor((place / length) * count)));
  return {
    y: within(event.clientY - top, height, canvas.height),
    x: within(event.clientX - left, width, canvas.width),
  };
}

/** Makes a box as large as fits into its square, at a picture's proportions. */
export function fitInto(
  box: HTMLElement,
  { height, width }: { readonly height: number; readonly width: number },
): void {
  box.style.aspectRatio = `${width} / ${height}`;
  box.style.width = width >= height ? "100%" : "auto";
  box.style.height = width >= height ? "auto" : "100%";
}
