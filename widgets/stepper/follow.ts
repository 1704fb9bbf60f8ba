import type { Outline, PinnedCell } from "../../src/show/step-through-state.js";
import { cellAt } from "../../src/show/stepper-links.js";
import { related } from "../../src/show/stepper-related.js";
import type { Stage } from "./session.js";

/**
 * The pinned cell as the next or the previous stage has it, so that one value is followed through the stages: what went
 * out of one comes into the next. Of several cells the strongest is followed. Null where the stages do not meet.
 */
export function followed(
  { view, values }: Stage,
  cell: PinnedCell,
  { stages }: Pick<Outline, "stages">,
  to: number,
): PinnedCell | null {
  const found = related(view, cell);
  if (stages[to]?.from.includes(view.step)) {
    const numbers = values(view.output.buffer);
    const place = strongest(
      numbers,
      found.output.map((one) => one.place),
    );
    return place === undefined ? null : { side: "input", ...cellAt(view.output, place) };
  }
  // What goes out of a split is numbered by its branch, which the stage above does not know.
  if (!stages[view.step].from.includes(to) || stages[to].kind === "split") return null;
  const shown = found.inputs.findIndex((cells) => cells.length > 0);
  if (shown < 0) return null;
  const picture = view.inputs[shown];
  const place = strongest(
    values(picture.buffer),
    found.inputs[shown].map((one) => one.place),
  );
  return place === undefined ? null : { side: "output", ...cellAt(picture, place) };
}

function strongest(values: Float32Array, places: readonly number[]): number | undefined {
  return places.reduce<number | undefined>(
    (best, place) => (best === undefined || Math.abs(values[place]) > Math.abs(values[best]) ? place : best),
    undefined,
  );
}
