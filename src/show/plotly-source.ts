import { readFile } from "node:fs/promises";
import type { Answerer } from "./answer-requests.js";

/**
 * Answers the topic `"plotly"`: the chart library as one ES module. A page asks for it once, so that it is neither in a
 * widget's state nor in a notebook's file, and nothing is fetched from the network.
 */
export const plotlySource: Answerer = async () => ({
  buffers: [await readFile(new URL("../widgets/plotly.js", import.meta.url))],
});
