/** Values as pictures: stills for notebooks and papers. */
export { bundle } from "./bundle.js";
export { type CompareOptions, compare } from "./compare.js";
export type { Comparison } from "./comparison.js";
export { type Drawable, Still } from "./drawable.js";
export { explore } from "./explore.js";
export type { Explorer, ExplorerChange, ExplorerEvents } from "./explorer.js";
export type { ExplorerSettings } from "./explorer-state.js";
export type { UnitChoice } from "./explorer-unit.js";
export type { LiveLesson } from "./lesson-live.js";
export { save } from "./save.js";
export { type StepChoice, type StepEvents, StepThrough, stepThrough } from "./step-through.js";
export type { PinnedCell, Side } from "./step-through-state.js";
export { still } from "./still.js";
export type { StillOptions } from "./still-options.js";
