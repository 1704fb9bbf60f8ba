import { colour } from "../theme/theme.js";

const svg = "http://www.w3.org/2000/svg";

/** What the two arrows lead between. */
export interface Lending {
  /** The row that the signal comes from, and the picture that it goes into. */
  readonly signal: { readonly from: HTMLElement | undefined; readonly to: HTMLElement };
  /** The row of the way up that lends what the operation works by; none where it lends nothing. */
  readonly lent: {
    readonly from: HTMLElement | undefined;
    /** Above all of these it comes over, and down to the first. */
    readonly over: HTMLElement;
    readonly to: HTMLElement;
    readonly before: HTMLElement;
  };
}

/** Draws over the figure: a solid arrow for the signal, a dashed one for what the way up lends. */
export function drawLendings(over: SVGSVGElement, root: HTMLElement, { signal, lent }: Lending): void {
  over.replaceChildren();
  const box = over.getBoundingClientRect();
  if (box.width === 0) return;
  const brand = colour(root, "brand");
  const place = (
    one: HTMLElement,
  ): { left: number; right: number; top: number; bottom: number; middle: number } => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    return {
      left: left - box.left,
      right: right - box.left,
      top: top - box.top,
      bottom: bottom - box.top,
      middle: (top + bottom) / 2 - box.top,
    };
  };
  const draw = (d: string, dashed: boolean): void => {
    const path = document.createElementNS(svg, "path");
    path.setAttribute("d", d);
    path.setAttribute("fill", "none");
    path.setAttribute("stroke", brand);
    path.setAttribute("stroke-width", "2");
    if (dashed) path.setAttribute("stroke-dasharray", "6 4");
    over.append(path);
  };
  const head = (points: string): void => {
    const tip = document.createElementNS(svg, "path");
    tip.setAttribute("d", points);
    tip.setAttribute("fill", brand);
    over.append(tip);
  };
  if (signal.from) {
    const [from, to] = [place(signal.from), place(signal.to)];
    // Level where the row stands beside the picture; else it comes in at the picture's corner.
    const y = Math.max(to.top + 8, Math.min(from.middle, to.bottom - 8));
    const bend = from.right + 9;
    const end = to.left - 3;
    draw(
      from.middle === y
        ? `M${from.right} ${y}H${end - 6}`
        : `M${from.right} ${from.middle}H${bend}V${y}H${end - 6}`,
      false,
    );
    head(`M${end - 8} ${y - 5}L${end} ${y}L${end - 8} ${y + 5}Z`);
  }
  if (lent.from) {
    const [from, panel, to, before] = [lent.from, lent.over, lent.to, lent.before].map(place);
    const x = (to.left + to.right) / 2;
    const aside = (before.right + from.left) / 2;
    const y = panel.top - 12;
    draw(`M${from.left} ${from.middle}H${aside}V${y}H${x}V${to.top - 8}`, true);
    head(`M${x - 5} ${to.top - 9}L${x} ${to.top - 2}L${x + 5} ${to.top - 9}Z`);
  }
}
