/*! plotly.js 4.1.1, copyright 2012-2026 Plotly, Inc., MIT licence */
/** The chart library as one ES module: built into `dist/widgets/plotly.js`, fetched by `loadPlotly`. */
import Plotly from "plotly.js-cartesian-dist-min";

export default Plotly;
