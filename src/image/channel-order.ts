import { ArgumentError } from "../errors.js";
import type { Preprocessing } from "./preprocessing.js";

/**
 * For red, green and blue, the network's channel that holds it; the same list read the other way, since
 * swapping red and blue is its own inverse.
 */
export function sources(order: Preprocessing["channelOrder"]): readonly [number, number, number] {
  if (order === "grey") return [0, 0, 0];
  return order === "rgb" ? [0, 1, 2] : [2, 1, 0];
}

/** How many channels a network with this order reads; refuses an order that is none. */
export function channelsOf(where: string, order: Preprocessing["channelOrder"]): 1 | 3 {
  if (order === "grey") return 1;
  if (order === "rgb" || order === "bgr") return 3;
  throw new ArgumentError(where, "channelOrder", order, '"rgb", "bgr" or "grey"');
}
