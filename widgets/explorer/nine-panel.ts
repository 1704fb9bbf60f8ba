import { shortNumber } from "../pictures/numbers.js";
import { draw, parsedColour, patchPicture, rgbPicture } from "../pictures/pictures.js";
import { element } from "../theme/element.js";
import type { Theme } from "../theme/theme.js";
import type { NineData, PhotoData, SmallData } from "./session.js";

type Unit = NineData["units"][number]["unit"];

/** Nine units: what each sees above what made it fire. */
export interface NinePanel {
  readonly element: HTMLElement;
  draw(nine: NineData, kind: "maps" | "units", photo: PhotoData, theme: Theme): void;
  small(small: SmallData | undefined): void;
  /** Marks the one that is looked at. */
  chosen(unit: Unit): void;
}

/**
 * @param choose called with the unit that was clicked
 * @param show called with the kind of nine that is wished
 */
export function makeNinePanel(
  choose: (unit: Unit) => void,
  show: (kind: "maps" | "units") => void,
): NinePanel {
  const name = element("h3", { testid: "nine-name" });
  const kinds = (["maps", "units"] as const).map((kind) => {
    const button = element("button", { type: "button", role: "radio", testid: `nine-${kind}` });
    button.addEventListener("click", () => show(kind));
    return button;
  });
  kinds[0].textContent = "strongest maps";
  const segments = element(
    "span",
    { class: "segments small", role: "radiogroup", "aria-label": "which nine" },
    ...kinds,
  );
  const buttons = Array.from({ length: 9 }, (_, i) => {
    const [patch, projection, label] = [element("canvas"), element("canvas"), element("span")];
    const button = element(
      "button",
      { type: "button", class: "one", testid: "nine", title: `press ${i + 1}` },
      element("span", { class: "pair" }, patch, projection),
      label,
    );
    button.addEventListener("click", () => {
      const unit = units[i];
      if (unit) choose(unit);
    });
    return { button, patch, projection, label };
  });
  const row = element("div", { class: "nine" }, ...buttons.map(({ button }) => button));
  const heading = element("div", { class: "heading" }, name, segments);
  const panel = element("div", { class: "panel ninth", testid: "nine-panel" }, heading, row);
  let units: Unit[] = [];
  let ofMap = false;
  /** What is there stays there: another unit of the same nine draws none of them again. */
  let drawn: readonly unknown[] = [];
  let drawnSmall: SmallData | undefined;

  return {
    element: panel,
    draw(nine, kind, photo, theme) {
      const wished = [nine, kind, photo, theme];
      if (wished.every((one, i) => one === drawn[i])) return;
      drawn = wished;
      ofMap = kind === "units";
      units = nine.units.map(({ unit }) => unit);
      const map = units[0]?.map;
      const many = units.length;
      name.textContent = ofMap
        ? `${many === 1 ? "1 unit" : `${many} units`} of map ${map}`
        : `Strongest ${many === 1 ? "map" : `${many} maps`}`;
      kinds[1].textContent = "this map’s units";
      kinds.forEach((button, i) => {
        button.setAttribute("aria-checked", String((i === 1) === ofMap));
      });
      const outside = parsedColour(getComputedStyle(panel).getPropertyValue("--track").trim());
      buttons.forEach(({ button, patch, label }, i) => {
        const one = nine.units[i];
        button.hidden = !one;
        if (!one) return;
        const { unit, value, window } = one;
        draw(patch, patchPicture(photo, window, outside));
        label.textContent = ofMap ? `${unit.y}, ${unit.x}` : String(unit.map);
        button.setAttribute(
          "aria-label",
          `${i + 1}: map ${unit.map}, unit ${unit.y}, ${unit.x}, value ${shortNumber(value)}`,
        );
        button.dataset.map = String(unit.map);
      });
    },
    small(small) {
      row.classList.toggle("waiting", !small);
      if (!small || small === drawnSmall) return;
      drawnSmall = small;
      small.pictures.forEach((rgb, i) => {
        const { height, width } = small.sizes[i];
        draw(buttons[i].projection, rgbPicture(height, width, rgb));
      });
    },
    chosen({ map, y, x }) {
      buttons.forEach(({ button }, i) => {
        const unit = units[i];
        const here = unit?.map === map && (!ofMap || (unit.y === y && unit.x === x));
        button.classList.toggle("here", here);
        button.setAttribute("aria-pressed", String(here));
      });
    },
  };
}
