/**
 * `node on-this-node.js` uses the built package from end to end and prints what came out, as JSON. Run under
 * every version of Node that the package is for: see node-versions.test.ts.
 */
import {
  convnet,
  Filters,
  forward,
  fromRows,
  project,
  readImage,
  save,
  strongest,
  toRows,
  useEngine,
  vgg16,
} from "../../dist/index.js";

const engine = await useEngine("native");
const sum = new Filters({ size: [2, 2], inChannels: 1, channels: 1, weights: Float32Array.of(1, 1, 1, 1) });
const rows = [
  [1, 2, 3],
  [4, 5, 6],
];
const filtered = toRows(await convnet.filter(fromRows(rows), sum));

const cat = await readImage(new URL("../../notebooks/photos/chelsea.png", import.meta.url));
const seen = await forward(await vgg16(), cat);
const { value, ...unit } = strongest(seen, "conv5_1");
const down = await project(seen, unit);
const peak = down.pixels.data.reduce((most, pixel) => Math.max(most, Math.abs(pixel)), 0);
await save(down, process.argv[2]);

console.log(
  JSON.stringify({ node: process.version, engine, filtered, unit, value, peak, window: down.window }),
);
