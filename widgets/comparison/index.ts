/**
 * The comparison's browser side: panels on one scale, with the same pixel marked in all of them.
 *
 * What tests find it by (`data-testid`): `comparison` the root, `title`, `contrast`, `patch-canvas` (where all start from one
 * unit), and of each panel `panel-0`, `panel-1`, … with `panel-0-canvas` (its projection, one canvas pixel a pixel of the
 * network's input), `panel-0-seen-canvas` (what it sees, where they differ) and `panel-0-fact`; `sentence`.
 *
 * @module
 */
import type { AnyModel, RenderProps } from "@anywidget/types";
import { evenColumns } from "../../src/image/columns.js";
import type { ComparisonPanel, ComparisonState, PanelAnswer } from "../../src/show/comparison-state.js";
import { parsedColour, partPicture, projectionPicture } from "../pictures/pictures.js";
import { makePixelPanel, type PixelPanel, type Place } from "../pictures/pixel-panel.js";
import { projectedAt } from "../pictures/values.js";
import { Channel, Superseded } from "../requests/channel.js";
import { element } from "../theme/element.js";
import { makeRoot } from "../theme/root.js";
import { colour, onThemeChange, pageTheme } from "../theme/theme.js";
import "./comparison.css";
import { crossAfter, hints } from "./keys.js";

/** How wide a panel is, and what is between two, in CSS pixels. */
const [smallest, largest, gap] = [150, 320, 12];

/** A panel's pixels as they came. */
interface PanelData extends ComparisonPanel {
  readonly scale: number;
  readonly values: Float32Array;
  readonly seen: Uint8Array;
}

export default (): object => {
  let channel: Channel | undefined;
  return {
    initialize({ model }: { readonly model: AnyModel }): () => void {
      channel = new Channel(model);
      return () => channel?.close();
    },
    render({ model, el, signal }: RenderProps<ComparisonState>): void {
      channel ??= new Channel(model as AnyModel);
      renderComparison(model, channel, el, signal);
    },
  };
};

function renderComparison(
  model: AnyModel<ComparisonState>,
  channel: Channel,
  el: HTMLElement,
  signal: AbortSignal,
): void {
  const { title, shared, panels, sameUnit, scale, sentence } = stateOf(model);
  const root = makeRoot(el, "comparison", `Comparison: ${title.join(", ")}`, channel, signal);
  const range = element("input", { type: "range", min: "-2", max: "3", step: "0.25", testid: "contrast" });
  const heading = element("h2", { testid: "title" });
  heading.append(
    ...title.flatMap((part, i) => (i ? [element("span", { class: "fact", text: " › " }), part] : [part])),
  );
  const header = element(
    "header",
    {},
    element(
      "div",
      { class: "titles" },
      heading,
      element("span", { class: "fact", text: shared.join(" · ") }),
    ),
    element("label", { class: "contrast" }, element("span", { class: "fact", text: "contrast" }), range),
  );

  let cross: Place | undefined;
  const hover = (place: Place | undefined): void => {
    cross = place;
    patch?.cross(place);
    views.forEach(({ seen, projected }, i) => {
      seen?.cross(place);
      projected.cross(place);
      const one = data[i];
      const fact = place && one ? projectedAt(one, place) : panels[i].fact;
      (seen ?? projected).fact(fact);
    });
  };
  const patch = sameUnit ? makePixelPanel("patch", hover) : undefined;
  patch?.name("Patch");
  patch?.fact("what it sees");
  const views = panels.map(({ name, fact }, i) => {
    const seen = sameUnit ? undefined : makePixelPanel(`panel-${i}-seen`, hover);
    const projected = makePixelPanel(`panel-${i}`, hover);
    const first = seen ?? projected;
    first.name(name);
    first.fact(fact);
    projected.element.classList.toggle("bare", seen !== undefined);
    projected.stale(true);
    const column = element("div", { class: "column" }, ...(seen ? [seen.element] : []), projected.element);
    return { seen, projected, column };
  });
  const row = element(
    "div",
    { class: "row" },
    ...(patch ? [patch.element] : []),
    ...views.map(({ column }) => column),
  );
  const fit = (): void => {
    const columns = evenColumns(row.childElementCount, row.clientWidth, smallest, gap);
    row.style.gridTemplateColumns = `repeat(${columns}, minmax(0, ${largest}px))`;
  };
  new ResizeObserver(fit).observe(row);
  const said = element("p", { class: "sentence", text: sentence, testid: "sentence" });
  root.element.append(header, row, said, footer());
  root.element.addEventListener(
    "keydown",
    (event) => {
      const { target, ctrlKey, metaKey, altKey } = event;
      if (ctrlKey || metaKey || altKey || target instanceof HTMLInputElement) return;
      const place = crossAfter(event, cross, panels[0].window);
      if (place === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      hover(place ?? undefined);
    },
    { signal },
  );

  const data: (PanelData | undefined)[] = [];
  const paint = (i: number): void => {
    const one = data[i];
    if (!one) return;
    const { seen, projected } = views[i];
    projected.draw(projectionPicture(one, stateOf(model).contrast, pageTheme()));
    projected.stale(false);
    const outside = parsedColour(colour(root.element, "track"));
    const shows: PixelPanel | undefined = seen ?? (i === 0 ? patch : undefined);
    shows?.draw(partPicture(one.window, one.part, one.seen, outside));
  };
  const all = (): void =>
    panels.forEach((_, i) => {
      paint(i);
    });
  const fetched = async (i: number): Promise<void> => {
    try {
      const { buffers } = await channel.ask<PanelAnswer>(
        "panel",
        { panel: i, theme: pageTheme() },
        { lane: null },
      );
      const [values, seen] = buffers;
      data[i] = {
        ...panels[i],
        scale,
        values: new Float32Array(values.buffer),
        seen: new Uint8Array(seen.buffer),
      };
      paint(i);
    } catch (error) {
      if (!(error instanceof Superseded)) root.complain((error as Error).message);
    }
  };

  const showContrast = (): void => {
    range.value = String(Math.log2(stateOf(model).contrast));
    range.title = `${stateOf(model).contrast.toFixed(2)} times`;
  };
  range.addEventListener("input", () => {
    model.set("contrast", 2 ** Number(range.value));
    model.save_changes();
  });
  model.on("change:contrast", () => {
    showContrast();
    all();
  });
  onThemeChange(() => {
    all();
    panels.forEach(({ themed }, i) => {
      if (themed) void fetched(i);
    });
  }, signal);
  showContrast();
  panels.forEach((_, i) => {
    void fetched(i);
  });
}

function footer(): HTMLElement {
  const groups = hints.map(({ keys, words }) =>
    element(
      "span",
      {},
      ...keys.map((key) => element("kbd", { text: key })),
      element("span", { class: "fact", text: ` ${words}` }),
    ),
  );
  return element("footer", {}, ...groups);
}

function stateOf(model: AnyModel<ComparisonState>): ComparisonState {
  const keys = ["title", "shared", "panels", "sameUnit", "scale", "contrast", "sentence"] as const;
  return Object.fromEntries(keys.map((key) => [key, model.get(key)])) as unknown as ComparisonState;
}
