import { ArgumentError } from "../errors.js";
import { outputOf } from "../network/graph.js";
import type { Seen } from "../seen.js";
import { strongest, type Unit, wholeBelow } from "../select.js";

/** A unit by what of it is told; the rest is as strong as can be. */
export type UnitChoice = Partial<Unit>;

/**
 * The unit that is meant: what is left out is the strongest of what is told. Of a unit of another layer, only a layer's
 * name is left out.
 *
 * @throws {UnknownNameError} for a layer the network does not have
 * @throws {ArgumentError} for a unit that the layer does not have
 */
export function unitMeant(where: string, seen: Seen, choice: UnitChoice, before: Unit): Unit {
  const layer = choice.layer ?? before.layer;
  const placed = choice.y !== undefined || choice.x !== undefined;
  if (placed) {
    if (choice.layer !== undefined && choice.layer !== before.layer && choice.map === undefined)
      throw new ArgumentError(where, "map", undefined, `a map of ${layer} beside the unit's place`);
    const { map = before.map, y = before.y, x = before.x } = choice;
    return checkedUnit(where, seen, { layer, map, y, x });
  }
  if (choice.map !== undefined) return bare(strongest(seen, layer, { map: choice.map }));
  return choice.layer === undefined ? before : bare(strongest(seen, layer));
}

/** The unit, by the layer's own name, if the layer has it. @throws {UnknownNameError | ArgumentError} */
export function checkedUnit(where: string, seen: Seen, unit: Unit): Unit {
  const { layer, map, y, x } = unit;
  const [height, width, channels] = seen.maps(layer).shape;
  wholeBelow(where, "map", map, channels);
  wholeBelow(where, "y", y, height);
  wholeBelow(where, "x", x, width);
  return { layer: shownName(seen, layer), map, y, x };
}

/** A unit that came from a browser. */
export function unitFrom(seen: Seen, body: Readonly<Record<string, unknown>>): Unit {
  const { layer, map, y, x } = body;
  return checkedUnit("explore", seen, { layer: String(layer), map, y, x } as Unit);
}

export function sameUnit(a: Unit, b: Unit): boolean {
  return a.layer === b.layer && a.map === b.map && a.y === b.y && a.x === b.x;
}

/** Of a rectifier, the name of what it rectifies: every output is drawn once. */
function shownName(seen: Seen, layer: string): string {
  if (seen.layers.includes(layer)) return layer;
  const output = outputOf(seen.network, layer);
  return seen.layers.find((name) => outputOf(seen.network, name) === output) ?? layer;
}

function bare({ layer, map, y, x }: Unit): Unit {
  return { layer, map, y, x };
}
