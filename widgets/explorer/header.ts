import type { ExplorerState } from "../../src/show/explorer-state.js";
import { element } from "../theme/element.js";

export type Rule = ExplorerState["rule"];

/** The rules, in the order of R. */
export const rules: readonly Rule[] = ["deconvnet", "gradient", "guided"];

/** What is looked at, in which photo, and how: rule and contrast. */
export interface Header {
  readonly element: HTMLElement;
  unit(unit: ExplorerState["unit"]): void;
  photos(network: string, photos: ExplorerState["photos"], photo: number): void;
  rule(rule: Rule, shown: ExplorerState["rules"]): void;
  contrast(contrast: number): void;
}

/** What the header can be asked for. */
export interface HeaderWishes {
  readonly rule: (rule: Rule) => void;
  readonly rules: (shown: ExplorerState["rules"]) => void;
  readonly contrast: (contrast: number) => void;
  readonly look: (photo: number) => void;
  readonly drop: (file: File) => void;
}

/** @param last what stands at the end of the controls */
export function makeHeader(wishes: HeaderWishes, last: HTMLElement): Header {
  const title = element("h2", { testid: "title", "aria-live": "polite" });
  const network = element("span");
  const name = element("span", { testid: "shown-photo" });
  const select = element("select", { "aria-label": "photo", testid: "photos" });
  const file = element("input", {
    type: "file",
    accept: "image/*",
    class: "unseen",
    tabindex: "-1",
    testid: "file",
  });
  const other = element("button", {
    class: "link",
    type: "button",
    text: "other photo…",
    testid: "other-photo",
  });
  const about = element("span", { class: "fact about" }, network, " · ", name, select, " ", other, file);
  other.addEventListener("click", () => file.click());
  file.addEventListener("change", () => {
    const [chosen] = file.files ?? [];
    if (chosen) wishes.drop(chosen);
    file.value = "";
  });
  select.addEventListener("change", () => wishes.look(Number(select.value)));

  const radios = rules.map((rule) => {
    const button = element("button", { type: "button", role: "radio", text: rule, testid: `rule-${rule}` });
    button.addEventListener("click", () => wishes.rule(rule));
    return button;
  });
  let shown: ExplorerState["rules"] = "one";
  let listed: ExplorerState["photos"] = [];
  const all = element("button", {
    type: "button",
    text: "all three",
    testid: "rules-all",
    title: "all three rules side by side",
  });
  all.addEventListener("click", () => wishes.rules(shown === "all" ? "one" : "all"));
  const segments = element(
    "span",
    { class: "segments", role: "radiogroup", "aria-label": "rule" },
    ...radios,
  );
  const compare = element("span", { class: "segments" }, all);
  const range = element("input", { type: "range", min: "-2", max: "3", step: "0.25", testid: "contrast" });
  range.addEventListener("input", () => wishes.contrast(2 ** Number(range.value)));
  const controls = element(
    "div",
    { class: "controls" },
    element("span", { class: "fact", text: "rule" }),
    segments,
    compare,
    element("label", { class: "contrast" }, element("span", { class: "fact", text: "contrast" }), range),
    last,
  );
  const header = element("header", {}, element("div", { class: "titles" }, title, about), controls);

  return {
    element: header,
    unit({ layer, map, y, x }) {
      const parts = [layer, `map ${map}`, `unit ${y}, ${x}`];
      const separators = parts.map((part, i) => [
        ...(i ? [element("span", { class: "fact", text: " › " })] : []),
        part,
      ]);
      title.replaceChildren(...separators.flat());
    },
    photos(words, photos, photo) {
      network.textContent = words;
      name.textContent = photos.find(({ id }) => id === photo)?.name ?? "";
      name.hidden = photos.length > 1;
      select.hidden = photos.length < 2;
      // Not while it stands open for nothing new.
      if (photos !== listed)
        select.replaceChildren(
          ...photos.map(({ id, name }) => element("option", { value: String(id), text: name })),
        );
      listed = photos;
      select.value = String(photo);
    },
    rule(rule, how) {
      shown = how;
      radios.forEach((button, i) => {
        button.setAttribute("aria-checked", String(rules[i] === rule));
      });
      all.setAttribute("aria-pressed", String(how === "all"));
    },
    contrast(contrast) {
      range.value = String(Math.log2(contrast));
      range.setAttribute("aria-valuetext", `${contrast.toFixed(2)} times`);
      range.title = `${contrast.toFixed(2)} times`;
    },
  };
}
