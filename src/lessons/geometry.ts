import { ArgumentError } from "../errors.js";
import type { Padding, Pair } from "../network/layer.js";

/** How filters slide, as `Filters` says it: any `Filters` will do. */
export interface Geometry {
  /** `[kh, kw]` */
  readonly size: Pair;
  readonly stride: Pair;
  readonly padding: Padding;
  readonly dilation: Pair;
  readonly groups: number;
}

/** A convolution in groups is several matrix products side by side, which no lesson shows. */
export function refuseGroups(where: string, { groups }: Pick<Geometry, "groups">): void {
  if (groups !== 1)
    throw new ArgumentError(where, "groups", groups, "1: do each group's channels by themselves");
}
