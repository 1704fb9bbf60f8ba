import { bestColumns } from "../../src/image/columns.js";
import { count, ordinal, several, shortNumber } from "../pictures/numbers.js";
import { draw, mapPicture } from "../pictures/pictures.js";
import { colourPlace, strengthColours } from "../pictures/shade.js";
import { element } from "../theme/element.js";
import type { Theme } from "../theme/theme.js";
import { makeMarker } from "./marker.js";
import type { LayerData } from "./session.js";

/** Width over height of the whole atlas. */
const aspect = 2;

interface Drawn {
  readonly layer: LayerData;
  readonly sort: "strength" | "number";
  /** The maps in the order they stand in. */
  readonly order: ArrayLike<number>;
  readonly theme: Theme;
}

/** All maps of the layer in one picture. */
export interface AtlasPanel {
  readonly element: HTMLElement;
  draw(layer: LayerData, order: "strength" | "number", map: number, theme: Theme): void;
  stale(is: boolean): void;
}

/**
 * @param choose called with the map that was clicked
 * @param sort called when the other order is wished
 */
export function makeAtlasPanel(choose: (map: number) => void, sort: () => void): AtlasPanel {
  const name = element("h3", { testid: "atlas-name" });
  const sorting = element("button", { class: "link", type: "button", testid: "order" });
  const ramp = element("canvas", { class: "ramp", width: "128", height: "1", "aria-hidden": "true" });
  const [low, high] = [element("span"), element("span", { testid: "atlas-scale" })];
  const scale = element("span", { class: "scale fact" }, low, ramp, high);
  const canvas = element("canvas", { testid: "atlas", role: "img" });
  const marker = makeMarker("atlas-marker");
  const hovered = element("div", { class: "hovered", hidden: "" });
  const large = element("canvas");
  const words = element("div");
  const card = element("div", { class: "card", testid: "map-card", hidden: "" }, large, words);
  const grid = element("div", { class: "cells" }, canvas, hovered, marker.element);
  const box = element("div", { class: "atlas" }, grid, card);
  const heading = element("div", { class: "heading" }, element("span", {}, name, " ", sorting), scale);
  const panel = element("div", { class: "panel maps", testid: "maps" }, heading, box);
  sorting.addEventListener("click", sort);

  let drawn: Drawn | undefined;
  let cells: { columns: number; rows: number; width: number; height: number } | undefined;
  let chosen = 0;

  /** A cell as a window of the atlas, counted in cells. */
  const cellBox = (place: number) => ({
    y: Math.floor(place / cells!.columns),
    x: place % cells!.columns,
    height: 1,
    width: 1,
  });

  const paint = (): void => {
    if (!drawn || box.clientWidth === 0) return;
    const { layer, order, theme } = drawn;
    const columns = bestColumns(layer.maps, layer.width / layer.height, aspect);
    const rows = Math.ceil(layer.maps / columns);
    const sharp = window.devicePixelRatio || 1;
    const [wide, high] = [box.clientWidth, box.clientWidth / aspect];
    const side = Math.min(wide / columns / layer.width, high / rows / layer.height);
    cells = { columns, rows, width: side * layer.width, height: side * layer.height };
    grid.style.width = `${cells.width * columns}px`;
    grid.style.height = `${cells.height * rows}px`;
    box.style.height = `${high}px`;
    canvas.width = Math.round(cells.width * columns * sharp);
    canvas.height = Math.round(cells.height * rows * sharp);
    canvas.dataset.columns = String(columns);
    canvas.dataset.maps = Array.from(order).join(" ");
    paintCells(canvas, packed(layer, theme), layer, order, columns);
    mark();
  };

  const mark = (): void => {
    if (cells) marker.put(cellBox(placeOf(chosen)), { height: cells.rows, width: cells.columns });
  };

  const placeOf = (map: number): number => Array.prototype.indexOf.call(drawn!.order, map);

  const mapAt = (event: PointerEvent | MouseEvent): { map: number; place: number } | undefined => {
    if (!drawn || !cells) return undefined;
    const { left, top } = canvas.getBoundingClientRect();
    const column = Math.floor((event.clientX - left) / cells.width);
    const row = Math.floor((event.clientY - top) / cells.height);
    if (column < 0 || column >= cells.columns || row < 0 || row >= cells.rows) return undefined;
    const place = row * cells.columns + column;
    return place < drawn.layer.maps ? { map: drawn.order[place], place } : undefined;
  };

  const hide = (): void => {
    card.hidden = true;
    hovered.hidden = true;
  };
  canvas.addEventListener("pointermove", (event) => {
    const at = mapAt(event);
    if (!at || !drawn || !cells) return hide();
    const { layer, theme } = drawn;
    Object.assign(hovered.style, {
      left: `${(at.place % cells.columns) * cells.width}px`,
      top: `${Math.floor(at.place / cells.columns) * cells.height}px`,
      width: `${cells.width}px`,
      height: `${cells.height}px`,
    });
    draw(large, mapPicture(layer, at.map, theme));
    words.replaceChildren(...cardLines(layer, at.map));
    hovered.hidden = false;
    card.hidden = false;
    // Beside the cell, on the side that has more room.
    const x = (at.place % cells.columns) * cells.width;
    const right = x > box.clientWidth / 2;
    card.style.left = right ? "auto" : `${x + cells.width + 8}px`;
    card.style.right = right ? `${box.clientWidth - x + 8}px` : "auto";
    const y = Math.floor(at.place / cells.columns) * cells.height;
    card.style.top = `${Math.min(Math.max(0, y - 40), Math.max(0, box.clientHeight - 140))}px`;
  });
  canvas.addEventListener("pointerleave", hide);
  canvas.addEventListener("click", (event) => {
    const at = mapAt(event);
    if (at) choose(at.map);
  });
  new ResizeObserver(paint).observe(box);

  return {
    element: panel,
    draw(layer, order, map, theme) {
      hide();
      chosen = map;
      const words = order === "strength" ? "strongest first" : "by number";
      canvas.setAttribute(
        "aria-label",
        `${several(layer.maps, "map")}, ${words}; map ${map} is chosen. Press [ and ] for its neighbours.`,
      );
      // Another map of the same picture: only the marker moves.
      if (drawn?.layer === layer && drawn.sort === order && drawn.theme === theme) return mark();
      const numbers = Array.from({ length: layer.maps }, (_, i) => i);
      drawn = { layer, sort: order, order: order === "strength" ? layer.order : numbers, theme };
      name.textContent = several(layer.maps, "map");
      sorting.textContent = words;
      sorting.title = order === "strength" ? "sort by number" : "sort by strength";
      const signed = layer.bytes === 2;
      low.textContent = signed ? shortNumber(-layer.scale) : "0";
      high.textContent = shortNumber(layer.scale);
      paintRamp(ramp, signed, theme);
      paint();
    },
    stale(is) {
      panel.classList.toggle("stale", is);
      panel.setAttribute("aria-busy", String(is));
    },
  };
}

function cardLines(layer: LayerData, map: number): HTMLElement[] {
  const value = layer.peaks[map];
  const line = (text: string, kind?: string) => element("p", { text, ...(kind && { class: kind }) });
  const named = layer.names[map];
  if (Number.isNaN(value)) return [line(`map ${map}`, "strong"), line("NaN everywhere")];
  const never = value <= 0 && layer.bytes === 1;
  return [
    line(`map ${map}`, "strong"),
    ...(named === undefined ? [] : [line(named)]),
    line(`${ordinal(layer.ranks[map] + 1)} of ${count(layer.maps)}`),
    line(never ? "never fires here" : shortNumber(value)),
    ...(never ? [] : [line(`at ${layer.rows[map]}, ${layer.columns[map]}`, "fact")]),
  ];
}

/** All maps next to each other, a pixel a value. */
function packed(layer: LayerData, theme: Theme): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  const { height, width, maps, levels } = layer;
  const columns = Math.ceil(Math.sqrt(maps));
  canvas.width = columns * width;
  canvas.height = Math.ceil(maps / columns) * height;
  const image = new ImageData(canvas.width, canvas.height);
  const table = strengthColours(theme);
  let from = 0;
  for (let map = 0; map < maps; map++) {
    const corner = (Math.floor(map / columns) * height * canvas.width + (map % columns) * width) * 4;
    for (let y = 0; y < height; y++) {
      let to = corner + y * canvas.width * 4;
      for (let x = 0; x < width; x++, from++, to += 4) {
        const place = colourPlace(levels[from]);
        image.data[to] = table[place];
        image.data[to + 1] = table[place + 1];
        image.data[to + 2] = table[place + 2];
        image.data[to + 3] = 255;
      }
    }
  }
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  return canvas;
}

/** Puts them in their order; the page shows through between them. */
function paintCells(
  canvas: HTMLCanvasElement,
  from: HTMLCanvasElement,
  { height, width, maps }: LayerData,
  order: ArrayLike<number>,
  columns: number,
): void {
  const context = canvas.getContext("2d")!;
  const packedColumns = Math.ceil(Math.sqrt(maps));
  const rows = Math.ceil(maps / columns);
  const edges = (count: number, length: number): number[] =>
    Array.from({ length: count + 1 }, (_, i) => Math.round((i * length) / count));
  const [across, down] = [edges(columns, canvas.width), edges(rows, canvas.height)];
  const gap = across[1] - across[0] > 6 ? Math.max(1, Math.round(window.devicePixelRatio || 1)) : 0;
  // Enlarged values are shown as what they are; more values than pixels are averaged.
  context.imageSmoothingEnabled = across[1] - across[0] < width;
  context.imageSmoothingQuality = "high";
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (let place = 0; place < maps; place++) {
    const map = order[place];
    const [row, column] = [Math.floor(place / columns), place % columns];
    context.drawImage(
      from,
      (map % packedColumns) * width,
      Math.floor(map / packedColumns) * height,
      width,
      height,
      across[column],
      down[row],
      across[column + 1] - across[column] - gap,
      down[row + 1] - down[row] - gap,
    );
  }
}

/** The bar of colours, in equal steps of strength. */
function paintRamp(canvas: HTMLCanvasElement, signed: boolean, theme: Theme): void {
  const table = strengthColours(theme);
  const image = new ImageData(canvas.width, 1);
  for (let i = 0; i < canvas.width; i++) {
    const part = i / (canvas.width - 1);
    const place = colourPlace(Math.round((signed ? 2 * part - 1 : part) * 255));
    image.data.set([table[place], table[place + 1], table[place + 2], 255], i * 4);
  }
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}
