import { sources } from "../image/channel-order.js";
import { patch } from "../image/patch.js";
import type { Projection } from "../projection.js";
import { wholeBelow } from "../select.js";
import type { Answer } from "./answer-requests.js";
import type { ComparisonPanel, PanelAnswer } from "./comparison-state.js";
import { cutOut, shownIn, shownPart } from "./explorer-projection.js";
import { channelOrder, inputPicture, readsNumbers, strongestChannel } from "./input-picture.js";

/** What a panel is, without its pixels. */
export function panelOutline(projection: Projection, name: string, fact: string): ComparisonPanel {
  const order = channelOrder(projection.seen);
  return {
    name,
    fact,
    window: shownIn(projection),
    part: shownPart(projection),
    channels: order === undefined || order === "grey" ? 1 : 3,
    colours: order === undefined ? "numbers" : "pixels",
    themed: readsNumbers(projection.seen),
  };
}

/** A panel's pixels, and the patch of the picture that they belong to. */
export function panelAnswer(
  projections: readonly Projection[],
  { panel, theme }: Readonly<Record<string, unknown>>,
): Answer & { readonly body: PanelAnswer } {
  const place = Number(panel);
  wholeBelow("compare", "panel", place, projections.length);
  const projection = projections[place];
  const { seen, pixels } = projection;
  const order = channelOrder(seen);
  const values =
    order === undefined
      ? cutOut(strongestChannel(pixels), shownPart(projection), [0])
      : cutOut(pixels, shownPart(projection), order === "grey" ? [0] : sources(order));
  const { photo } = inputPicture(seen, theme === "dark" ? "dark" : "light");
  return { body: { panel: place }, buffers: [values, patch(photo, shownPart(projection)).data] };
}
