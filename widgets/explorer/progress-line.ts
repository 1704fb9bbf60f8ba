import type { Progress } from "../../src/show/request-messages.js";
import { element } from "../theme/element.js";

/** One line that says how far long work is. Its place is kept where there is none, so that nothing moves or is covered. */
export interface ProgressLine {
  readonly element: HTMLElement;
  /** Shows it while work goes on that takes longer than a second. Its result is handed on. */
  during<Value>(
    words: string,
    work: (progress: (progress: Progress) => void) => Promise<Value>,
  ): Promise<Value>;
}

/** What is quicker needs no progress, in milliseconds. */
const quick = 700;

export function makeProgressLine(): ProgressLine {
  const words = element("span");
  const bar = element("progress");
  const line = element("div", { class: "work idle", role: "status", testid: "progress" }, bar, words);
  /** The newest work is told of. */
  let newest = 0;
  const show = (text: string, progress?: Progress): void => {
    line.classList.remove("idle");
    line.title = words.textContent = progress
      ? `${text}: ${progress.what}, ${progress.done} of ${progress.total}`
      : text;
    if (progress) {
      bar.max = progress.total;
      bar.value = progress.done;
    } else bar.removeAttribute("value");
  };
  return {
    element: line,
    async during(text, work) {
      const turn = ++newest;
      let last: Progress | undefined;
      let shown = false;
      const draw = (): void => {
        shown = true;
        if (turn === newest) show(text, last);
      };
      const timer = setTimeout(draw, quick);
      try {
        return await work((progress) => {
          last = progress;
          if (shown) draw();
        });
      } finally {
        clearTimeout(timer);
        if (turn === newest) line.classList.add("idle");
      }
    },
  };
}
