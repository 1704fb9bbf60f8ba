import type { Operation, PinnedCell, StageView } from "./step-through-state.js";
import { type Caption, type Captions, number, type Values, valueAt } from "./stepper-caption.js";
import { filtered, shared, summed, weighed } from "./stepper-caption-sums.js";
import { unpooled } from "./stepper-caption-switches.js";
import { type Related, related } from "./stepper-related.js";

/** What the pictures say about one cell, with its numbers: where its value came from, what was done, where it went. */
export function captions(view: StageView, values: Values, focus: PinnedCell): Captions {
  const found = related(view, focus);
  const { operation } = view;
  switch (operation.kind) {
    case "switches":
      return unpooled(view, operation, values, found);
    case "rectify":
      return { ...plain(view, values, found), operation: rectified(view, operation, values, found) };
    case "kernels":
      return filtered(view, operation, values, found);
    case "weights":
      return weighed(view, operation, values, found);
    case "plus":
      return summed(view, operation, values, found);
    case "shares":
      return shared(view, operation, values, found);
    case "factor":
      return { ...plain(view, values, found), operation: ["× ", number(operation.factor)] };
    case "branch":
      return { ...plain(view, values, found), operation: ["the same value to each"] };
    case "split": {
      const { to, first } = operation.parts[operation.chosen];
      const renamed = first ? `, map ${view.output.map} there` : "";
      return { ...plain(view, values, found), operation: [`to ${to}${renamed}`] };
    }
    case "words":
      return { ...plain(view, values, found), operation: [] };
  }
}

/** One cell that comes in, one that goes out. */
function plain(view: StageView, values: Values, { inputs, output }: Related): Captions {
  return {
    input: inputs[0].length
      ? valueAt(view.inputs[0], inputs[0][0].place, values)
      : ["outside what came down"],
    operation: [],
    output: output.length ? valueAt(view.output, output[0].place, values) : ["outside what goes down"],
  };
}

function rectified(
  view: StageView,
  operation: Operation & { kind: "rectify" },
  values: Values,
  { inputs }: Related,
): Caption {
  const at = inputs[0][0]?.place;
  if (at === undefined) return [];
  const value = values(view.inputs[0].buffer)[at];
  const sign = value > 0 ? "above zero" : value < 0 ? "below zero" : "zero";
  if (operation.up === undefined)
    return [value > 0 ? `${sign}, so it goes on` : value < 0 ? `${sign}, so it stops here` : sign];
  const above = values(operation.up)[at];
  const passes = above > 0 && !(operation.rule === "guided" && value < 0);
  const because = operation.rule === "guided" && above > 0 ? `, signal ${sign}` : "";
  return ["on the way up ", number(above), `${because}: ${passes ? "goes on" : "stops here"}`];
}
