import { makePanel, type Panel } from "../pictures/panel.js";
import { draw, rgbPicture } from "../pictures/pictures.js";
import { fitInto, type Place, pixelAt } from "../pictures/pixel-panel.js";
import { element } from "../theme/element.js";
import { makeMarker } from "./marker.js";
import type { PhotoData } from "./session.js";
import type { Window } from "./windows.js";

/** The photo, and where in it the unit looks. */
export interface PhotoPanel extends Panel {
  draw(photo: PhotoData): void;
  /** What the unit sees; undefined: all of it. */
  window(window: Window | undefined): void;
}

/** @param choose called with the place that was clicked, in the picture's pixels */
export function makePhotoPanel(choose: (place: Place) => void): PhotoPanel {
  const panel = makePanel("photo");
  const canvas = element("canvas", { testid: "photo-canvas", role: "img" });
  const shadow = element("div", { class: "shadow", "aria-hidden": "true" });
  const marker = makeMarker("photo-marker");
  const box = element(
    "div",
    { class: "fitted" },
    canvas,
    element("div", { class: "clipped" }, shadow),
    marker.element,
  );
  panel.body.append(box);
  canvas.addEventListener("click", (event) => choose(pixelAt(canvas, event)));
  return {
    ...panel,
    name(words) {
      panel.name(words);
      canvas.setAttribute("aria-label", `${words}; click where a unit shall look`);
    },
    draw(photo) {
      draw(canvas, rgbPicture(photo.height, photo.width, photo.rgb));
      fitInto(box, photo);
    },
    window(window) {
      marker.put(window, canvas);
      shadow.hidden = !window;
      if (!window) return;
      const share = (part: number, of: number): string => `${(part / of) * 100}%`;
      Object.assign(shadow.style, {
        top: share(window.y, canvas.height),
        left: share(window.x, canvas.width),
        height: share(window.height, canvas.height),
        width: share(window.width, canvas.width),
      });
    },
  };
}
