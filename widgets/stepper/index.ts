/**
 * The stepper's browser side.
 *
 * What tests find it by (`data-testid`):
 * - `stepper` the root (its `.body` is hidden until the outline is there); `notice` what went wrong, or "run this cell again"
 * - `stepper-title` "pool3 → unpool"; `stepper-about` "step 7 of 23, from …"; `stepper-notes` such as that a unit did not fire
 * - `stepper-rule` the group of `stepper-rule-deconvnet`, `stepper-rule-gradient`, `stepper-rule-guided` (radios);
 *   `stepper-busy` how far a new projection is
 * - `stepper-down`, `stepper-up` the two ladders; in them `stepper-down-row` and `stepper-up-row`, one a layer with
 *   `data-layer`; `aria-current="step"` is the current one. The last row's `data-layer` is `pixels`
 * - `stepper-stage` the middle; `aria-busy` while it shows what was before. In it `stepper-input`, `stepper-operation`,
 *   `stepper-output`, each with `…-name`, `…-fact` and `…-caption`; `stepper-input-board`, `stepper-output-board` and
 *   `stepper-operation-board` are canvases (several inputs and kernels where a filter adds maps up), with an `aria-label`
 *   that says layer, map and size. A cell is `min(width / columns, height / rows)` CSS pixels, from the upper left corner.
 *   `stepper-operation-words` where the middle panel is words
 * - `stepper-sentence`; `stepper-pinned` shown while a cell is pinned; `stepper-scale` the colour bars; `stepper-maps` with `stepper-map` (the number field),
 *   `stepper-map-stronger`, `stepper-map-weaker`
 * - `stepper-scrubber` the handle's track (role slider, `aria-valuenow` from 1); `stepper-stage-button` one a stage with
 *   `data-step` from 0, `aria-current="step"` on the current one
 * - `stepper-previous`, `stepper-play` (`aria-pressed` while playing), `stepper-next`
 *
 * Keys, with the focus anywhere inside: ← → stage, Home and End, Space play, [ ] map, Shift with an arrow the
 * pinned cell, Esc unpins.
 *
 * @module
 */
import type { AnyModel, RenderProps } from "@anywidget/types";
import type { StepThroughState } from "../../src/show/step-through-state.js";
import { Session } from "./session.js";
import { StepperView } from "./view.js";
import "./stepper.css";

/** One session for each model of a page: its views share what was fetched. */
export default (): object => {
  let session: Session | undefined;
  return {
    initialize({ model }: { readonly model: AnyModel<StepThroughState> }): () => void {
      session = new Session(model);
      return () => session?.close();
    },
    render({ model, el, signal }: RenderProps<StepThroughState>): void {
      session ??= new Session(model);
      new StepperView({ session, el, signal });
    },
  };
};
