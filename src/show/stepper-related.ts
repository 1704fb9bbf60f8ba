import type { PinnedCell, StageView } from "./step-through-state.js";
import { type Partner, partners, placeOf } from "./stepper-links.js";

/** Which cells of the pictures belong to one cell. */
export interface Related {
  readonly focus: PinnedCell;
  /** One list an input picture. */
  readonly inputs: readonly (readonly Partner[])[];
  readonly output: readonly Partner[];
}

/** Which cells of the pictures belong to a cell: itself, and its partners on the other side. */
export function related(view: StageView, focus: PinnedCell): Related {
  const { inputs, output, links } = view;
  if (focus.side === "output") {
    const place = placeOf(output, focus);
    if (place < 0) return { focus, inputs: inputs.map(() => []), output: [] };
    return {
      focus,
      inputs: inputs.map((input) => partners(links, "output", output, input, place)),
      output: [{ place }],
    };
  }
  const places = inputs.map((input) => placeOf(input, focus));
  const first = places.findIndex((place) => place >= 0);
  return {
    focus,
    inputs: places.map((place) => (place < 0 ? [] : [{ place }])),
    output: first < 0 ? [] : partners(links, "input", inputs[first], output, places[first]),
  };
}
