import { shortNumber } from "../../src/show/number.js";
import { element } from "../theme/element.js";
import { pageTheme } from "../theme/theme.js";
import { paintValues } from "./paint.js";

/** A bar of colours between its two numbers. */
export function legend(scale: number, signed: boolean, words: string): HTMLElement {
  const steps = 128;
  const ramp = Float32Array.from({ length: steps }, (_, i) => {
    const part = signed ? (2 * (i + 0.5)) / steps - 1 : (i + 0.5) / steps;
    // The colours go by the root of the value: so the bar's middle is as strong as half looks.
    return Math.sign(part) * part * part;
  });
  const bar = paintValues(ramp, { width: steps, height: 1, scale: 1 }, pageTheme());
  bar.className = "bar";
  bar.setAttribute("aria-hidden", "true");
  return element(
    "span",
    { class: "legend", testid: "stepper-scale" },
    element("span", { text: words }),
    element("span", { text: signed ? shortNumber(-scale) : "0" }),
    bar,
    element("span", { text: shortNumber(scale) }),
  );
}
