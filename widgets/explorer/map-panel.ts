import { makePanel, type Panel } from "../pictures/panel.js";
import { draw, mapPicture } from "../pictures/pictures.js";
import { fitInto, type Place } from "../pictures/pixel-panel.js";
import { colourPlace, strengthColours } from "../pictures/shade.js";
import { type Plotly, type PlotlyElement, plotlyConfig, plotlyText } from "../plotly/load-plotly.js";
import { element } from "../theme/element.js";
import { colour, type Theme } from "../theme/theme.js";
import { makeMarker } from "./marker.js";
import type { LayerData, MapData } from "./session.js";

/** The chosen map as a chart, the unit marked. */
export interface MapPanel extends Panel {
  /** At once, from what is known of the whole layer. */
  preview(layer: LayerData, map: number, shape: readonly number[], theme: Theme): void;
  /** With its values. */
  draw(plotly: Plotly, data: MapData, theme: Theme): Promise<void>;
  /** A layer of single values: its strongest units as bars. */
  bars(
    plotly: Plotly,
    layer: LayerData,
    map: number,
    nameOf: (map: number) => string,
    theme: Theme,
  ): Promise<void>;
  unit(unit: Place): void;
  /** What the page showed is gone; the chart lets go of it. */
  close(): void;
}

/** The chart is plain: positions say what axes would, and Plotly's own bar has zoom, pan and save. */
const config = {
  ...plotlyConfig,
  doubleClick: false,
  modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d", "toggleSpikelines"],
  toImageButtonOptions: { format: "png", scale: 2, filename: "map" },
};

/** Bars of so many units. */
const mostBars = 12;

/** @param choose called with the unit that was clicked or dragged over; or with the map whose bar was */
export function makeMapPanel(choose: (unit: Place) => void, chooseMap: (map: number) => void): MapPanel {
  const panel = makePanel("map");
  const canvas = element("canvas", { "aria-hidden": "true", class: "hard" });
  const chart = element("div", { class: "chart", testid: "map-chart" });
  const marker = makeMarker("map-marker");
  const box = element("div", { class: "fitted", role: "img" }, canvas, chart, marker.element);
  panel.body.append(box);
  let plotly: Plotly | undefined;
  let shape: readonly number[] = [1, 1];
  let place: Place = { y: 0, x: 0 };
  let barMaps: readonly number[] | undefined;
  /** What the preview and the chart show: for another unit of the same map both stay, and so does a zoom. */
  let previewed: readonly unknown[] = [];
  let charted: readonly unknown[] = [];

  const layoutOf = () =>
    (chart as Partial<{ layout: { dragmode: string | false; xaxis: Axis; yaxis: Axis } }>).layout;

  /** What part of the map is shown, in cells: all of it, or where Plotly was zoomed to. */
  const view = () => {
    const layout = layoutOf();
    const [left, right] = layout?.xaxis?.range ?? [-0.5, shape[1] - 0.5];
    const [bottom, top] = layout?.yaxis?.range ?? [shape[0] - 0.5, -0.5];
    return { y: top + 0.5, x: left + 0.5, height: bottom - top, width: right - left };
  };

  const mark = (): void => {
    if (barMaps) return marker.put(undefined, { height: 1, width: 1 });
    const part = view();
    const cell = { y: place.y - part.y, x: place.x - part.x, height: 1, width: 1 };
    const inside = cell.y > -1 && cell.x > -1 && cell.y < part.height && cell.x < part.width;
    marker.put(inside ? cell : undefined, part);
  };

  const cellAt = (event: PointerEvent): Place => {
    const { left, top, width, height } = box.getBoundingClientRect();
    const part = view();
    const within = (at: number, count: number): number => Math.min(count - 1, Math.max(0, Math.floor(at)));
    return {
      y: within(part.y + ((event.clientY - top) / height) * part.height, shape[0]),
      x: within(part.x + ((event.clientX - left) / width) * part.width, shape[1]),
    };
  };

  // A drag scrubs over the units, unless Plotly was asked to zoom or pan.
  box.addEventListener(
    "pointerdown",
    (event) => {
      const inBar = event.target instanceof Element && event.target.closest(".modebar");
      if (event.button !== 0 || inBar || barMaps || layoutOf()?.dragmode) return;
      choose(cellAt(event));
      const dragging = new AbortController();
      const { signal } = dragging;
      window.addEventListener("pointermove", (moved) => choose(cellAt(moved)), { signal });
      for (const end of ["pointerup", "pointercancel"])
        window.addEventListener(end, () => dragging.abort(), { signal });
    },
    { capture: true },
  );
  // A double click shows all of it again, and gives the drag back; the chart itself would keep it to itself.
  const whole = (event: MouseEvent): void => {
    const inBar = event.target instanceof Element && event.target.closest(".modebar");
    if (event.detail !== 2 || inBar || barMaps || !plotly) return;
    event.stopPropagation();
    void plotly.relayout(chart, {
      "xaxis.range": [-0.5, shape[1] - 0.5],
      "yaxis.range": [shape[0] - 0.5, -0.5],
      dragmode: false,
    });
  };
  box.addEventListener("mousedown", whole, { capture: true });
  new ResizeObserver(() => {
    if (plotly && chart.clientWidth > 0) plotly.Plots.resize(chart);
  }).observe(box);

  const show = async (library: Plotly, data: object[], layout: object): Promise<void> => {
    const fresh = !plotly;
    plotly = library;
    const drawn = await library.react(chart, data, layout, config);
    if (fresh) listen(drawn);
    chart.classList.add("drawn");
    mark();
  };
  const listen = (drawn: PlotlyElement): void => {
    drawn.on("plotly_relayout", mark);
    drawn.on("plotly_click", ((event: { points: { pointNumber: number }[] }) => {
      const map = barMaps?.[event.points[0]?.pointNumber];
      if (map !== undefined) chooseMap(map);
    }) as never);
  };

  return {
    ...panel,
    name(words) {
      panel.name(words);
      box.setAttribute("aria-label", words);
    },
    preview(layer, map, size, theme) {
      barMaps = undefined;
      if (same(previewed, [layer, map, theme])) return;
      previewed = [layer, map, theme];
      charted = [];
      shape = size;
      chart.classList.remove("drawn");
      draw(canvas, mapPicture(layer, map, theme));
      canvas.classList.add("hard");
      canvas.hidden = false;
      fitInto(box, { height: size[0], width: size[1] });
    },
    async draw(library, data, theme) {
      barMaps = undefined;
      if (same(charted, [data, theme])) return mark();
      charted = [data, theme];
      shape = [data.height, data.width];
      return show(library, [heatmap(data, theme)], plainLayout(chart, data));
    },
    bars(library, layer, map, nameOf, theme) {
      const first = Array.from(layer.order.slice(0, mostBars));
      barMaps = first.includes(map) ? first : [...first.slice(0, -1), map];
      canvas.hidden = true;
      [previewed, charted] = [[], []];
      fitInto(box, { height: 1, width: 1 });
      return show(library, [barsOf(chart, layer, barMaps, map, nameOf)], barLayout(chart, theme));
    },
    unit(unit) {
      place = unit;
      mark();
    },
    close() {
      plotly?.purge(chart);
    },
  };
}

function same(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}

interface Axis {
  readonly range?: readonly [number, number];
}

/** The map's values as they are; colours as strong as the root of their share, as everywhere. */
function heatmap(data: MapData, theme: Theme): object {
  const scale = data.scale || 1;
  return {
    type: "heatmap",
    z: { dtype: "f4", bdata: data.values.buffer, shape: `${data.height}, ${data.width}` },
    zmin: data.signed ? -scale : 0,
    zmax: scale,
    colorscale: colourScale(data.signed, theme),
    showscale: false,
    hovertemplate: "%{y}, %{x}: <b>%{z:.5~g}</b><extra></extra>",
  };
}

/** Stops along the values, close together near zero where the root is steep. */
function colourScale(signed: boolean, theme: Theme): [number, string][] {
  const table = strengthColours(theme);
  const steps = 32;
  const css = (level: number): string => {
    const place = colourPlace(level);
    return `rgb(${table[place]},${table[place + 1]},${table[place + 2]})`;
  };
  const half = Array.from({ length: steps + 1 }, (_, i) => i / steps);
  const up = half.map((strength): [number, string] => [strength ** 2, css(Math.round(strength * 255))]);
  if (!signed) return up;
  const down = half
    .slice(1)
    .map((strength): [number, string] => [(1 - strength ** 2) / 2, css(-Math.round(strength * 255))]);
  return [...down.reverse(), ...up.map(([at, css]): [number, string] => [(1 + at) / 2, css])];
}

function plainLayout(chart: HTMLElement, { height, width }: MapData): object {
  const axis = { visible: false, showgrid: false, zeroline: false };
  return {
    ...plain(chart),
    xaxis: { ...axis, range: [-0.5, width - 0.5] },
    yaxis: { ...axis, range: [height - 0.5, -0.5] },
    // NaN is left out by the chart: what shows through is its colour.
    plot_bgcolor: "#ff00ff",
    dragmode: false,
  };
}

function plain(chart: HTMLElement): object {
  const [text, page, edge] = ["text", "page", "edge"].map((name) => colour(chart, name));
  return {
    autosize: true,
    margin: { l: 0, r: 0, t: 0, b: 0 },
    paper_bgcolor: "rgba(0,0,0,0)",
    font: { family: getComputedStyle(chart).fontFamily, size: 13, color: text },
    hoverlabel: { bgcolor: page, bordercolor: edge, font: { color: text } },
    modebar: { bgcolor: page, color: edge, activecolor: colour(chart, "brand") },
    showlegend: false,
  };
}

function barsOf(
  chart: HTMLElement,
  layer: LayerData,
  maps: readonly number[],
  chosen: number,
  nameOf: (map: number) => string,
): object {
  return {
    type: "bar",
    orientation: "h",
    x: maps.map((map) => layer.peaks[map]),
    y: maps.map((_, i) => i),
    text: maps.map((map) => plotlyText(nameOf(map))),
    textposition: "inside",
    insidetextanchor: "start",
    textangle: 0,
    constraintext: "none",
    cliponaxis: false,
    marker: { color: maps.map((map) => colour(chart, map === chosen ? "strong-tint" : "tint")) },
    textfont: { color: colour(chart, "text") },
    hovertemplate: "%{text}: <b>%{x:.5~g}</b><extra></extra>",
  };
}

function barLayout(chart: HTMLElement, _theme: Theme): object {
  return {
    ...plain(chart),
    plot_bgcolor: "rgba(0,0,0,0)",
    bargap: 0.15,
    xaxis: { visible: false, fixedrange: true },
    yaxis: { visible: false, autorange: "reversed", fixedrange: true },
    dragmode: false,
  };
}
