import type { Plotly, PlotlyElement } from "plotly.js-cartesian-dist-min";
import type { Channel } from "../requests/channel.js";

export type { Plotly, PlotlyElement };

/** Where a page keeps the library for all widgets; the version is the one in package.json, checked by a test. */
export const plotlyVersion = "4.1.1";
const kept = Symbol.for(`deconvnet.plotly ${plotlyVersion}`);

/** The chart library, asked of the kernel once a page and then shared by every widget on it. */
export function loadPlotly(channel: Channel): Promise<Plotly> {
  const page = globalThis as { [key: symbol]: Promise<Plotly> | undefined };
  const loading = page[kept] ?? fetched(channel);
  page[kept] = loading;
  // What failed may go well the next time.
  loading.catch(() => {
    if (page[kept] === loading) page[kept] = undefined;
  });
  return loading;
}

async function fetched(channel: Channel): Promise<Plotly> {
  const { buffers } = await channel.ask("plotly", {}, { lane: null });
  const url = URL.createObjectURL(new Blob([buffers[0].buffer as ArrayBuffer], { type: "text/javascript" }));
  // It also puts itself on the page, where another library's own Plotly may stand.
  const page = globalThis as { Plotly?: unknown };
  const before = page.Plotly;
  try {
    return ((await import(/* @vite-ignore */ url)) as { default: Plotly }).default;
  } finally {
    page.Plotly = before;
    URL.revokeObjectURL(url);
  }
}

/**
 * What every chart is configured with: no mark of the library's maker, and no button that would send a chart to its
 * servers, which is there unless it is taken away.
 */
export const plotlyConfig: Readonly<Record<string, unknown>> = {
  displaylogo: false,
  showSendToCloud: false,
  plotlyServerURL: "",
  responsive: false,
};

/** A name as the library shall show it: as text, not as its own kind of markup. */
export function plotlyText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
