/** The few words of the chart library that the widgets use; it has no types of its own. */
declare module "plotly.js-cartesian-dist-min" {
  export interface PlotlyElement extends HTMLElement {
    on(event: string, handler: (event: never) => void): void;
    removeAllListeners(event?: string): void;
  }
  export interface Plotly {
    newPlot(element: HTMLElement, data: object[], layout: object, config?: object): Promise<PlotlyElement>;
    react(element: HTMLElement, data: object[], layout: object, config?: object): Promise<PlotlyElement>;
    restyle(element: HTMLElement, update: object, traces?: number | number[]): Promise<PlotlyElement>;
    relayout(element: HTMLElement, update: object): Promise<PlotlyElement>;
    purge(element: HTMLElement): void;
    readonly Plots: { resize(element: HTMLElement): void };
  }
  const plotly: Plotly;
  export default plotly;
}
