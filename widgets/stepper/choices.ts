import type { Outline, PinnedCell, StepThroughState } from "../../src/show/step-through-state.js";
import { cellAt, placeOf } from "../../src/show/stepper-links.js";
import { followed } from "./follow.js";
import type { Stage } from "./session.js";

type State = Pick<StepThroughState, "step" | "maps" | "cell">;

/** To another stage. To the next or previous one the pinned cell is followed, in the map that it is in there. */
export function toStage(
  step: number,
  { step: now, maps, cell }: State,
  outline: Pick<Outline, "stages">,
  stage: Stage | undefined,
): Partial<StepThroughState> {
  const follow = cell && stage?.view.step === now ? followed(stage, cell, outline, step) : null;
  const { kind, space } = outline.stages[step];
  const needs = follow?.side === "output" && kind !== "split" && maps[space] !== follow.map;
  return { step, cell: follow, ...(needs ? { maps: { ...maps, [space]: follow.map } } : {}) };
}

/** To another map. A pinned cell stays at its place, in the map that is shown now. */
export function toMap(
  map: number,
  { step, maps, cell }: State,
  outline: Pick<Outline, "stages">,
  stage: Stage | undefined,
): Partial<StepThroughState> {
  const { kind, space } = outline.stages[step];
  const shown = cell?.side === "input" ? stage?.view.inputs[0] : stage?.view.output;
  const moves = cell && shown?.layout === "map" && shown.map === cell.map;
  // What comes into a filter or a split has other numbers.
  const apart = kind === "filter" || kind === "split" || kind === "crop";
  const own = cell?.side === "input" ? apart : kind === "split";
  return { maps: { ...maps, [space]: map }, cell: moves && !own ? { ...cell, map } : cell };
}

/** Pins a cell; the same one again lets it go. In a layer with one place it chooses the map too. */
export function toCell(
  cell: PinnedCell,
  { step, maps, cell: before }: State,
  outline: Pick<Outline, "stages">,
  stage: Stage | undefined,
): Partial<StepThroughState> {
  const { kind, space } = outline.stages[step];
  const view = stage?.view;
  if (view?.output.layout === "channels" && cell.side === "output" && cell.map !== view.output.map) {
    const map = kind === "split" ? view.map - view.output.map + cell.map : cell.map;
    return { cell, maps: { ...maps, [space]: map } };
  }
  return { cell: JSON.stringify(before) === JSON.stringify(cell) ? null : cell };
}

/** The cell so many rows and columns away in its picture; undefined beyond the edge. */
export function besides(
  { view }: Stage,
  cell: PinnedCell,
  down: number,
  right: number,
): PinnedCell | undefined {
  const pictures = cell.side === "output" ? [view.output] : view.inputs;
  const picture = pictures.find((one) => placeOf(one, cell) >= 0);
  if (!picture) return undefined;
  const { width } = picture.window;
  const place = placeOf(picture, cell);
  const [y, x] = [Math.floor(place / width) + down, (place % width) + right];
  const to = y * width + x;
  if (y < 0 || x < 0 || x >= width || to >= picture.count) return undefined;
  return { side: cell.side, ...cellAt(picture, to) };
}
