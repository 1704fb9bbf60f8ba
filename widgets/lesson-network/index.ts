import type { Rule } from "../../src/deconvnet/rectify.js";
import type { NetworkModel } from "../../src/lessons/network-model.js";
import { chosenNumber, type NetworkChoice, networkSheet } from "../../src/show/lesson-network-sheet.js";
import type { PanelCell } from "../lesson/cells.js";
import { lessonWidget } from "../lesson/lesson-widget.js";

const rules: readonly Rule[] = ["deconvnet", "gradient", "guided"];

export default lessonWidget<NetworkModel, NetworkChoice>({
  name: "lesson-network",
  first: {},
  sheet: networkSheet,
  point: choiceAt,
  move(model, choice, down, across) {
    const { side, stage, cell } = chosenNumber(model, choice);
    const { maps } = model[side][stage].panel;
    const [height, width] = [maps[0].length, maps[0][0].length];
    const y = (Math.floor(cell / width) % height) + down;
    const x = (cell % width) + across;
    if (y < 0 || y >= height || x < 0 || x >= width) return choice;
    return { side, stage, cell: cell + down * width + across };
  },
  controls({ state, labels }) {
    return [
      {
        kind: "choice",
        name: "rule",
        label: labels.rule ?? "",
        value: state.rule,
        options: rules.map((rule) => ({ value: rule, label: rule })),
        change: (rule) => ({ rule }),
      },
      {
        kind: "choice",
        name: "unit",
        label: labels.unit ?? "",
        value: `${state.unit.layer} ${state.unit.map}`,
        options: [0, 1].map((map) => ({ value: `conv2 ${map}`, label: `conv2 › ${map}` })),
        change: (value) => ({ unit: { layer: "conv2", map: Number(value.slice(6)), y: 0, x: 0 } }),
      },
    ];
  },
});

/** A stage's number; kernels belong to no stage. */
function choiceAt(
  model: NetworkModel,
  choice: NetworkChoice,
  { panel, map, y, x }: PanelCell,
): NetworkChoice {
  const [side, number] = panel === "picture" ? ["up", "0"] : panel.split(" ");
  if (side !== "up" && side !== "down") return choice;
  const stage = Number(number);
  const { maps } = model[side][stage].panel;
  return { side, stage, cell: (map * maps[0].length + y) * maps[0][0].length + x };
}
