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
  let drawn: readonly Label[] = [];
  let buttons: readonly HTMLButtonElement[] = [];
  return {
    element: row,
    draw(labels, { layer, map }) {
      // What is there stays there: it may have the focus.
      if (labels !== drawn) {
        drawn = labels;
        buttons = labels.map((label) => button(label, choose));
        row.hidden = labels.length === 0;
        list.replaceChildren(...buttons);
      }
      buttons.forEach((one, i) => {
        const { unit } = labels[i];
        const here = unit.layer === layer && unit.map === map;
        one.classList.toggle("here", here);
        one.setAttribute("aria-pressed", String(here));
      });
    },
  };
}

function button(
  { name, unit, probability }: Label,
  choose: (unit: Label["unit"]) => void,
): HTMLButtonElement {
  const made = element(
    "button",
    { type: "button", class: "label", testid: "label", title: `project the logit of ${name}` },
    element("span", { text: name }),
    element("span", { class: "fact", text: percent(probability, 1) }),
  );
  made.addEventListener("click", () => choose(unit));
  return made;
}
