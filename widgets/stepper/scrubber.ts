import type { Outline, StageOutline } from "../../src/show/step-through-state.js";
import { element } from "../theme/element.js";
import { stageSigns, stageTitle } from "./stage-words.js";

/** All stages in a row, grouped by layer, and a handle that is dragged from one to the next. */
export class Scrubber {
  readonly element: HTMLElement;
  readonly #groups = element("div", { class: "groups" });
  readonly #knob = element("span", { class: "knob" });
  readonly #done = element("span", { class: "done" });
  readonly #track: HTMLElement;
  readonly #strip: HTMLElement;
  readonly #go: (step: number) => void;
  #stages: readonly StageOutline[] = [];
  #buttons: HTMLButtonElement[] = [];
  #step = 0;

  constructor(go: (step: number) => void, signal: AbortSignal) {
    this.#go = go;
    this.#track = element(
      "div",
      {
        ...{ class: "track", role: "slider", tabindex: "0", testid: "stepper-scrubber" },
        ...{ "aria-label": "Stage", "aria-valuemin": "1" },
      },
      element("span", { class: "rail" }),
      this.#done,
      this.#knob,
    );
    this.#strip = element("div", { class: "strip" }, this.#groups, this.#track);
    this.element = element("div", { class: "scrubber" }, this.#strip);
    const drag = (event: PointerEvent): void => {
      const step = this.#nearest(event.clientX);
      if (step !== this.#step) this.#go(step);
    };
    this.#track.addEventListener(
      "pointerdown",
      (event) => {
        this.#track.setPointerCapture(event.pointerId);
        drag(event);
      },
      { signal },
    );
    this.#track.addEventListener(
      "pointermove",
      (event) => {
        if (this.#track.hasPointerCapture(event.pointerId)) drag(event);
      },
      { signal },
    );
    const size = new ResizeObserver(() => this.#place());
    size.observe(this.element);
    signal.addEventListener("abort", () => size.disconnect());
  }

  show({ stages }: Outline): void {
    this.#stages = stages;
    this.#track.setAttribute("aria-valuemax", String(stages.length));
    const groups: { readonly row: number; readonly layer: string; readonly buttons: HTMLButtonElement[] }[] =
      [];
    this.#buttons = stages.map((stage, step) => {
      const title = stageTitle(stage);
      const button = element("button", {
        ...{ class: "stage", type: "button", text: stageSigns[stage.kind], title, "aria-label": title },
        ...{ testid: "stepper-stage-button", "data-step": String(step), tabindex: "-1" },
      });
      button.addEventListener("click", () => this.#go(step));
      const last = groups[groups.length - 1];
      if (last?.row === stage.row) last.buttons.push(button);
      else groups.push({ row: stage.row, layer: stage.layer, buttons: [button] });
      return button;
    });
    this.#groups.replaceChildren(
      ...groups.map(({ layer, buttons }) =>
        element(
          "div",
          { class: "group" },
          element("span", { class: "layer", text: layer, title: layer }),
          element("span", { class: "stages" }, ...buttons),
        ),
      ),
    );
    this.mark(this.#step);
  }

  mark(step: number): void {
    this.#step = step;
    this.#buttons.forEach((button, i) => {
      button.classList.toggle("past", i < step);
      button.classList.toggle("here", i === step);
      if (i === step) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
      button.closest(".group")?.classList.toggle("here", false);
    });
    this.#buttons[step]?.closest(".group")?.classList.add("here");
    this.#track.setAttribute("aria-valuenow", String(step + 1));
    const stage = this.#stages[step];
    if (stage)
      this.#track.setAttribute(
        "aria-valuetext",
        `${step + 1} of ${this.#stages.length}, ${stageTitle(stage)}`,
      );
    this.#place();
  }

  /** Puts the handle below the current stage, and that into view. */
  #place(): void {
    const button = this.#buttons[this.#step];
    if (!button) return;
    const box = this.#strip.getBoundingClientRect();
    const here = button.getBoundingClientRect();
    if (box.width === 0) return;
    const x = here.left + here.width / 2 - box.left;
    this.#knob.style.left = `${x}px`;
    this.#done.style.width = `${x}px`;
    const { scrollLeft, clientWidth } = this.element;
    if (x < scrollLeft + 40 || x > scrollLeft + clientWidth - 40)
      this.element.scrollLeft = x - clientWidth / 2;
  }

  #nearest(clientX: number): number {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    this.#buttons.forEach((button, step) => {
      const { left, width } = button.getBoundingClientRect();
      const away = Math.abs(left + width / 2 - clientX);
      if (away < least) [best, least] = [step, away];
    });
    return best;
  }
}
