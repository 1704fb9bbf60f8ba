import type { Outline, StepThroughState } from "../../src/show/step-through-state.js";
import { element } from "../theme/element.js";

type Rule = StepThroughState["rule"];

const rules: readonly Rule[] = ["deconvnet", "gradient", "guided"];

/** Which stage this is, of which projection, by which rule; and how far a new projection is. */
export class Header {
  readonly element: HTMLElement;
  readonly #title = element("h2", { testid: "stepper-title", "aria-live": "polite" });
  readonly #about = element("span", { class: "fact about", testid: "stepper-about" });
  readonly #radios: readonly HTMLButtonElement[];
  readonly #notes = element("p", { class: "sentence notes", testid: "stepper-notes", hidden: "" });
  readonly #busy = element("p", { class: "busy fact", testid: "stepper-busy", role: "status", hidden: "" });

  constructor(choose: (rule: Rule) => void) {
    this.#radios = rules.map((rule) => {
      const button = element("button", {
        ...{ type: "button", role: "radio", text: rule, testid: `stepper-rule-${rule}` },
      });
      button.addEventListener("click", () => choose(rule));
      return button;
    });
    const segments = element(
      "span",
      { class: "segments", role: "radiogroup", "aria-label": "rule", testid: "stepper-rule" },
      ...this.#radios,
    );
    segments.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
      const at = this.#radios.indexOf(event.target as HTMLButtonElement);
      if (!by || at < 0 || !this.#radios[at].matches(":focus-visible")) return;
      event.preventDefault();
      event.stopPropagation();
      const next = (at + by + rules.length) % rules.length;
      this.#radios[next].focus();
      choose(rules[next]);
    });
    this.element = element(
      "header",
      {},
      element("div", { class: "titles" }, this.#title, this.#about),
      element("div", { class: "controls" }, element("span", { class: "fact", text: "rule" }), segments),
      this.#notes,
      this.#busy,
    );
  }

  stage({ stages, seed, notes }: Outline, step: number): void {
    this.#title.replaceChildren(
      stages[step].layer,
      element("span", { class: "fact", text: " → " }),
      stages[step].kind,
    );
    this.#title.title = stages[step].name;
    const from = seed.join(" › ");
    this.#about.textContent = `step ${step + 1} of ${stages.length}, from ${from} down to pixels`;
    this.#notes.textContent = notes
      .map((note) => `${note.charAt(0).toUpperCase()}${note.slice(1)}.`)
      .join(" ");
    this.#notes.hidden = notes.length === 0;
  }

  rule(rule: Rule): void {
    this.#radios.forEach((radio, i) => {
      radio.setAttribute("aria-checked", String(rules[i] === rule));
      radio.tabIndex = rules[i] === rule ? 0 : -1;
    });
  }

  busy(busy: StepThroughState["busy"], rule: Rule): void {
    this.#busy.hidden = busy === null;
    if (busy)
      this.#busy.textContent = `Projecting by ${rule}: ${busy.done} of ${busy.total} layers, ${busy.what}`;
  }
}
