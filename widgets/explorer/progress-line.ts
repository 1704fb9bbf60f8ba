import type { Progress } from "../../src/show/request-messages.js";
import { element } from "../theme/element.js";

/** One line that says how far long work is; hidden where there is none. */
export interface ProgressLine {
  readonly element: HTMLElement;
  show(words: string, progress?: Progress): void;
  hide(): void;
}

export function makeProgressLine(): ProgressLine {
  const words = element("span");
  const bar = element("progress");
  const line = element("div", { class: "work", role: "status", testid: "progress", hidden: "" }, words, bar);
  return {
    element: line,
    show(text, progress) {
      line.hidden = false;
      words.textContent = progress
        ? `${text}: ${progress.what}, ${progress.done} of ${progress.total}`
        : text;
      if (progress) {
        bar.max = progress.total;
        bar.value = progress.done;
      } else bar.removeAttribute("value");
    },
    hide: () => {
      line.hidden = true;
    },
  };
}
