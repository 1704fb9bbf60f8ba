import { makePixelPanel, type PixelPanel, type Place } from "../pictures/pixel-panel.js";
import { element } from "../theme/element.js";
import { type AtlasPanel, makeAtlasPanel } from "./atlas-panel.js";
import type { Choices } from "./choices.js";
import { type Header, makeHeader, type Rule, rules } from "./header.js";
import { hints } from "./keys.js";
import { type Labels, makeLabels } from "./labels.js";
import { type MapPanel, makeMapPanel } from "./map-panel.js";
import { makeNinePanel, type NinePanel } from "./nine-panel.js";
import { makePhotoPanel, type PhotoPanel } from "./photo-panel.js";
import { makeProgressLine, type ProgressLine } from "./progress-line.js";
import type { Session } from "./session.js";
import { makeStrip, type Strip } from "./strip.js";
import { unitAt } from "./windows.js";

/** Everything on the page, top to bottom. */
export interface Parts {
  readonly header: Header;
  readonly progress: ProgressLine;
  readonly strip: Strip;
  readonly labels: Labels;
  readonly atlas: AtlasPanel;
  readonly nine: NinePanel;
  readonly photo: PhotoPanel;
  readonly map: MapPanel;
  readonly patch: PixelPanel;
  /** The chosen rule's projection; and those of all three. */
  readonly projection: PixelPanel;
  readonly byRule: ReadonlyMap<Rule, PixelPanel>;
  /** What holds photo, map, patch and projections. */
  readonly answers: HTMLElement;
  readonly sentence: HTMLElement;
  /** Where a stepper is shown. */
  readonly stepper: HTMLElement;
  /** All of it but the stepper, as the root holds it. */
  readonly elements: readonly HTMLElement[];
}

/** What is wished beyond another choice. */
export interface Wishes {
  readonly look: (photo: number) => void;
  readonly drop: (file: File) => void;
  readonly hover: (place: Place | undefined) => void;
}

export function makeParts(session: Session, choices: Choices, wishes: Wishes): Parts {
  const network = session.get("network");
  const progress = makeProgressLine();
  const header = makeHeader(
    {
      rule: (rule) => session.set({ rule }),
      rules: (rules) => session.set({ rules }),
      contrast: (contrast) => session.set({ contrast }),
      look: wishes.look,
      drop: wishes.drop,
    },
    progress.element,
  );
  const strip = makeStrip(network, (layer) => void choices.goToLayer(layer));
  const labels = makeLabels((unit) => session.set({ unit }));
  const atlas = makeAtlasPanel(
    (map) => choices.goToMap(map),
    () => session.set({ order: session.get("order") === "strength" ? "number" : "strength" }),
  );
  const nine = makeNinePanel(
    (unit) => session.set({ unit }),
    (nine) => session.set({ nine }),
  );
  const photo = makePhotoPanel(({ y, x }) => {
    const unit = session.get("unit");
    session.set({ unit: { ...unit, ...unitAt(session.layerNamed(unit.layer), y + 0.5, x + 0.5) } });
  });
  const map = makeMapPanel(
    (place) => choices.goToPlace(place),
    (map) => choices.goToMap(map),
  );
  const patch = makePixelPanel("patch", wishes.hover);
  const projection = makePixelPanel("projection", wishes.hover);
  const byRule = new Map<Rule, PixelPanel>(
    rules.map((rule) => {
      const panel = makePixelPanel(`projection-${rule}`, wishes.hover);
      panel.element.addEventListener("click", () => session.set({ rule }));
      return [rule, panel];
    }),
  );
  const answers = element(
    "div",
    { class: "answers" },
    photo.element,
    map.element,
    element(
      "div",
      { class: "what" },
      patch.element,
      projection.element,
      ...[...byRule.values()].map((panel) => panel.element),
    ),
  );
  const sentence = element("p", { class: "sentence", "aria-live": "polite", testid: "sentence" });
  const stepper = element("div", { class: "stepper-place", testid: "stepper-place", hidden: "" });
  const elements = [
    header.element,
    strip.element,
    labels.element,
    element(
      "div",
      { class: "panels" },
      element("div", { class: "choose" }, atlas.element, nine.element),
      answers,
    ),
    sentence,
    footer(),
  ];
  return {
    ...{ header, progress, strip, labels, atlas, nine, photo, map, patch, projection, byRule },
    ...{ answers, sentence, stepper, elements },
  };
}

function footer(): HTMLElement {
  const groups = hints.map(({ keys, words }) =>
    element(
      "span",
      {},
      ...keys.map((key) => (key === "–" ? " – " : element("kbd", { text: key }))),
      element("span", { class: "fact", text: ` ${words}` }),
    ),
  );
  return element("footer", {}, ...groups);
}
