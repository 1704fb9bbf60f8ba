/**
 * `node engine-answers.js folder` loads the tfjs-node package in that folder and lets it compute. A process of
 * its own, since a library that doesn't fit this machine ends the process that loads it.
 */
import { createRequire } from "node:module";
import util from "node:util";

process.env.TF_CPP_MIN_LOG_LEVEL = "2";
// tfjs-node calls these two; Node 22 warns at their first use, Node 23 dropped them.
const old = /** @type {any} */ (util);
old.isNullOrUndefined = (/** @type {unknown} */ value) => value === null || value === undefined;
old.isArray = Array.isArray;

const tf = createRequire(import.meta.url)(process.argv[2]);
const [first] = tf.matMul(tf.tensor2d([[2, 3]]), tf.tensor2d([[5], [7]])).dataSync();
if (tf.getBackend() !== "tensorflow" || first !== 31)
  throw new Error(`2·5 + 3·7 is ${first} on ${tf.getBackend()}, wanted 31 on tensorflow`);
console.log(`TensorFlow ${tf.version["tfjs-node"]}`);
