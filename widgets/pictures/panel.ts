import { element } from "../theme/element.js";
import "./pictures.css";

/** A name on the left and a fact on the right above a picture. */
export interface Panel {
  readonly element: HTMLElement;
  readonly body: HTMLElement;
  name(words: string): void;
  /** @param shorter where the words have no room */
  fact(words: string, shorter?: string): void;
  /** Whether what is shown belongs to what was chosen before. */
  stale(is: boolean): void;
  /** Says in words why there is nothing to see, or that something went wrong. */
  say(words: string | undefined): void;
}

export function makePanel(testid: string): Panel {
  const name = element("h3", { testid: `${testid}-name` });
  const fact = element("span", { class: "fact", testid: `${testid}-fact` });
  const words = element("p", { class: "words", testid: `${testid}-words`, hidden: "" });
  const body = element("div", { class: "body" });
  const frame = element("div", { class: "frame" }, body, words);
  const panel = element(
    "div",
    { class: `panel ${testid}`, testid },
    element("div", { class: "heading" }, name, fact),
    frame,
  );
  return {
    element: panel,
    body,
    name: (text) => {
      name.textContent = text;
    },
    fact: (text, shorter) => {
      fact.textContent = text;
      fact.title = text;
      if (shorter !== undefined && fact.scrollWidth > fact.clientWidth) fact.textContent = shorter;
    },
    stale: (is) => {
      panel.classList.toggle("stale", is);
      panel.setAttribute("aria-busy", String(is));
    },
    say: (text) => {
      words.hidden = text === undefined;
      words.textContent = text ?? "";
    },
  };
}
