import type { Caption } from "../../src/show/stepper-caption.js";

/** Puts a caption into an element: words, and numbers in bold. */
export function setCaption(into: HTMLElement, caption: Caption): void {
  into.replaceChildren(
    ...caption.map((word) => {
      if (typeof word === "string") return word;
      const bold = document.createElement("strong");
      bold.textContent = word.value;
      return bold;
    }),
  );
}
