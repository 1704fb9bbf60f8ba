import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { expect } from "vitest";
import { artefacts } from "./browser.js";

/** Runs in the page: which of an element's texts, controls and pictures lie over each other or outside of it. */
const findOverlaps = `(root) => {
  const shown = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && !one.closest("[aria-hidden=true], .card, .curtain, .unseen, .work, .covered, .crowded .name");
  const holdsText = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const pieces = [...root.querySelectorAll("*")].filter((one) =>
    (one.matches("canvas, input, select, kbd") || holdsText(one))
    && !one.closest("svg, option, .modebar") && shown(one));
  // What scrolls is seen as far as its frame goes.
  const seen = (one) => {
    let { top, left, bottom, right } = one.getBoundingClientRect();
    for (let frame = one.parentElement; frame && frame !== root.parentElement; frame = frame.parentElement) {
      if (getComputedStyle(frame).overflow === "visible") continue;
      const box = frame.getBoundingClientRect();
      [top, left] = [Math.max(top, box.top), Math.max(left, box.left)];
      [bottom, right] = [Math.min(bottom, box.bottom), Math.min(right, box.right)];
    }
    return { top, left, bottom, right };
  };
  const named = (one) => (one.dataset.testid ?? one.tagName.toLowerCase() + "." + one.className) + " "
    + (one.textContent ?? "").slice(0, 30);
  const places = pieces.map((one) => ({ one, ...seen(one) }))
    .filter(({ top, left, bottom, right }) => bottom - top > 1 && right - left > 1);
  const found = [];
  const outer = root.getBoundingClientRect();
  for (const { one, left, right } of places)
    if (left < outer.left - 1 || right > outer.right + 1) found.push(named(one) + " sticks out");
  places.forEach((a, i) => {
    for (const b of places.slice(i + 1)) {
      if (a.one.contains(b.one) || b.one.contains(a.one)) continue;
      const over = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (over > 2 && down > 2) found.push(named(a.one) + " | " + named(b.one));
    }
  });
  return found;
}`;

/** At every width from 600 to 1,600 pixels nothing of a widget covers anything else; keeps pictures to look at. */
export async function expectNoOverlaps(
  root: Locator,
  name: string,
  widths: readonly number[],
): Promise<void> {
  mkdirSync(artefacts, { recursive: true });
  for (const width of widths) {
    await root.evaluate((element, width) => {
      const { style } = element as unknown as { style: { width: string } };
      style.width = `${width}px`;
    }, width);
    // A frame for what measures itself, and one for what that changes.
    await root.page().waitForTimeout(150);
    const found = await root.evaluate(
      (element, find) => (new Function(`return ${find}`)() as (root: unknown) => string[])(element),
      findOverlaps,
    );
    await root.screenshot({ path: join(artefacts, `${name}-${width}.png`) });
    expect(found, `${name}, ${width} pixels wide`).toEqual([]);
  }
  await root.evaluate((element) => {
    (element as unknown as { style: { width: string } }).style.width = "";
  });
}
