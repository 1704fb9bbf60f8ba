/**
 * DOWN: from an activation back to the pixels, in the paper's three words.
 *
 * @module deconvnet
 */

export { filter } from "./filter.js";
export { type Rule, rectify, rules } from "./rectify.js";
export { type Duplicates, type Ties, type Unpooling, unpool } from "./unpool.js";
