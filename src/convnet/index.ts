/**
 * UP: what a convolutional network does to a picture, in the paper's three words.
 *
 * @module convnet
 */
export { filter } from "./filter.js";
export { type Pooling, pool } from "./pool.js";
export { rectify } from "./rectify.js";
