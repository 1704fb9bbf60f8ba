import type { StageOutline } from "../../src/show/step-through-state.js";

type Kind = StageOutline["kind"];

/** The sign of each kind of stage on the scrubber. */
export const stageSigns: Readonly<Record<Kind, string>> = {
  unpool: "U",
  rectify: "R",
  filter: "F",
  sum: "+",
  spread: "÷",
  scale: "×",
  branch: "B",
  split: "S",
  crop: "C",
  reshape: "V",
  pass: "–",
};

/** A stage as a title has it. */
export function stageTitle({ layer, kind }: Pick<StageOutline, "layer" | "kind">): string {
  return `${layer} → ${kind}`;
}
