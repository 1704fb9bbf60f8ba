import type { Projection } from "../projection.js";
import { StepThrough } from "./step-through-view.js";

export { type StepChoice, type StepEvents, StepThrough } from "./step-through-view.js";

/**
 * Steps through a projection, stage by stage: up and down path as a ladder, the current stage large, with what comes in,
 * what is done and what goes out in real numbers. Live in the kernel "TypeScript (deconvnet)"; elsewhere the still of the
 * current stage, and one line that says why.
 *
 * A projection that was made without its stages is made again with them.
 *
 * @param projection what `project` returned for one seed
 * @returns shows itself at the end of a cell; `view.step`, `view.map`, `view.cell` and `view.rule` can be read and set, and
 *   `view.on("step", …)` tells of changes
 * @throws {ArgumentError} for anything but one projection
 * @example
 * const projection = await project(seen, strongest(seen, "conv2_2"));
 * const view = stepThrough(projection);
 * view.step = projection.steps.findIndex(({ kind }) => kind === "unpool");
 */
export function stepThrough(projection: Projection): StepThrough {
  return new StepThrough(projection);
}
