import type { Photo } from "../image/photo.js";
import { outlines, type Weight } from "./typeface.js";

/** A filled or stroked outline, as an SVG path; `x` and `y` move it. */
export interface Outline {
  readonly kind: "outline";
  readonly path: string;
  readonly x: number;
  readonly y: number;
  readonly fill?: string | undefined;
  readonly stroke?: string | undefined;
  readonly strokeWidth?: number | undefined;
  /** Lengths of dashes and gaps. */
  readonly dash?: readonly number[] | undefined;
}

/** A photo laid into a rectangle; not smooth means hard pixels. */
export interface Placed {
  readonly kind: "picture";
  readonly photo: Photo;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly smooth: boolean;
}

/** One thing on a drawing. */
export type Mark = Outline | Placed;

/** A still before it is written in some format: marks from back to front, in CSS pixels. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly page: string;
  readonly marks: readonly Mark[];
}

/** How an outline is painted. */
export interface Paint {
  readonly fill?: string | undefined;
  readonly stroke?: string | undefined;
  readonly strokeWidth?: number | undefined;
  readonly dash?: readonly number[] | undefined;
  /** Of corners, 0 unless told. */
  readonly radius?: number | undefined;
}

/** A rectangle, with round corners where a radius is given. */
export function rectangle(x: number, y: number, width: number, height: number, paint: Paint): Mark {
  const { radius = 0, ...rest } = paint;
  const r = Math.min(radius, width / 2, height / 2);
  const [w, h] = [width - 2 * r, height - 2 * r];
  const corner = (dx: number, dy: number): string => (r ? `a${r} ${r} 0 0 1 ${dx} ${dy}` : "");
  const path = `M${r} 0h${w}${corner(r, r)}v${h}${corner(-r, r)}h${-w}${corner(-r, -r)}v${-h}${corner(r, -r)}Z`;
  return { kind: "outline", path, x, y, ...rest };
}

/** A straight or broken line through points. */
export function polyline(points: readonly (readonly [x: number, y: number])[], paint: Paint): Mark {
  const path = points.map(([x, y], i) => `${i ? "L" : "M"}${x} ${y}`).join("");
  return { kind: "outline", path, x: 0, y: 0, ...paint };
}

/** Where a text's `x` is. */
export type Anchor = "start" | "middle" | "end";

/** A line of text on its baseline. */
export function text(
  x: number,
  baseline: number,
  words: string,
  style: { readonly size: number; readonly weight?: Weight; readonly fill: string; readonly anchor?: Anchor },
): Mark {
  const { path, width } = outlines(words, style.size, style.weight);
  const left = style.anchor === "middle" ? x - width / 2 : style.anchor === "end" ? x - width : x;
  return { kind: "outline", path, x: left, y: baseline, fill: style.fill };
}

/** A photo in a rectangle. Smooth unless told, for photographs; hard pixels for numbers. */
export function picture(
  photo: Photo,
  place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  smooth = true,
): Mark {
  return { kind: "picture", photo, ...place, smooth };
}
