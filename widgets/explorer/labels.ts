import type { Label } from "../../src/show/explorer-state.js";
import { percent } from "../pictures/numbers.js";
import { element } from "../theme/element.js";

/** The most probable classes; a click goes to the unit that is the class's logit. */
export interface Labels {
  readonly element: HTMLElement;
  draw(labels: readonly Label[], unit: Label["unit"]): void;
}

export function makeLabels(choose: (unit: Label["unit"]) => void): Labels {
  const list = element("span", { class: "list" });
  const row = element(
    "div",
    { class: "labels", testid: "labels", hidden: "" },
    element("h3", { text: "Most probable" }),
    list,
  );
  return {
    element: row,
    draw(labels, { layer, map }) {
      row.hidden = labels.length === 0;
      list.replaceChildren(
        ...labels.map(({ name, unit, probability }) => {
          const here = unit.layer === layer && unit.map === map;
          const button = element(
            "button",
            {
              type: "button",
              class: here ? "label here" : "label",
              testid: "label",
              "aria-pressed": String(here),
              title: `project the logit of ${name}`,
            },
            element("span", { text: name }),
            element("span", { class: "fact", text: percent(probability, 1) }),
          );
          button.addEventListener("click", () => choose(unit));
          return button;
        }),
      );
    },
  };
}
