import type { NetworkOutline } from "../../src/show/explorer-state.js";
import { sides } from "../pictures/numbers.js";
import { draw, rgbPicture } from "../pictures/pictures.js";
import { element } from "../theme/element.js";
import type { PhotoData } from "./session.js";
import { wayDown } from "./windows.js";

/** The tallest layer, in CSS pixels. */
const tallest = 40;

/** The network from the picture on, left to right. */
export interface Strip {
  readonly element: HTMLElement;
  draw(layer: string): void;
  photo(photo: PhotoData): void;
  /** A layer that was clicked and is still being fetched. */
  pending(layer: string | undefined): void;
}

/** @param choose called with the layer that was clicked */
export function makeStrip(network: NetworkOutline, choose: (layer: string) => void): Strip {
  const { layers } = network;
  const most = Math.max(network.height, ...layers.map(({ shape }) => shape[0]));
  const canvas = element("canvas", { role: "img", "aria-label": "the picture" });
  const input = element(
    "div",
    { class: "layer input" },
    element("div", { class: "bar" }, canvas),
    element("span", { text: "input" }),
  );
  const buttons = layers.map(({ name, shape, pool }, i) => {
    const bar = element("div", { class: "bar" }, element("div", { class: pool ? "block pool" : "block" }));
    (bar.firstElementChild as HTMLElement).style.height =
      `${Math.max(3, tallest * Math.sqrt(shape[0] / most))}px`;
    const size = sizeAbove(network, i);
    const button = element(
      "button",
      {
        class: "layer",
        type: "button",
        role: "option",
        testid: "layer",
        "data-layer": name,
        title: `${name}, ${sides(...shape)}`,
        "aria-label": `${name}, ${shape[2]} maps of ${sides(shape[0], shape[1])}`,
        tabindex: "-1",
      },
      element("span", { class: "size", text: size }),
      bar,
      element("span", { class: "name", text: name }),
    );
    button.addEventListener("click", () => choose(name));
    return button;
  });
  const strip = element(
    "div",
    { class: "strip", role: "listbox", "aria-label": "layers", testid: "strip" },
    input,
    ...buttons,
  );

  const fit = (): void => {
    // Of the sizes, those are written that have room beside the one before.
    let free = 0;
    for (const button of buttons) {
      const size = button.firstElementChild as HTMLElement;
      const { left, right } = size.getBoundingClientRect();
      const fits = left >= free && size.textContent !== "";
      size.classList.toggle("covered", !fits);
      if (fits) free = right + 8;
    }
    strip.classList.remove("crowded");
    const crowded = buttons.some((button) => {
      const name = button.lastElementChild as HTMLElement;
      return name.scrollWidth > button.clientWidth + 2;
    });
    strip.classList.toggle("crowded", crowded);
  };
  new ResizeObserver(fit).observe(strip);

  return {
    element: strip,
    draw(layer) {
      const way = wayDown(network, layer);
      buttons.forEach((button, i) => {
        const here = layers[i].name === layer;
        button.classList.toggle("here", here);
        button.classList.toggle("way", way.has(layers[i].name) && !here);
        button.setAttribute("aria-selected", String(here));
        button.tabIndex = here ? 0 : -1;
      });
    },
    photo: (photo) => draw(canvas, rgbPicture(photo.height, photo.width, photo.rgb)),
    pending(layer) {
      buttons.forEach((button, i) => {
        button.classList.toggle("pending", layers[i].name === layer);
      });
    },
  };
}

/** The size of its maps, above the first layer that has it; a pool's is that of the layers after it. */
function sizeAbove({ layers }: NetworkOutline, i: number): string {
  const words = (place: number): string => sides(...layers[place].shape);
  if (layers[i].pool && i < layers.length - 1) return "";
  let before = i - 1;
  while (before >= 0 && layers[before].pool) before--;
  return before >= 0 && words(before) === words(i) ? "" : words(i);
}
