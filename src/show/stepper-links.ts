import type { Cell, Picture, Side } from "./step-through-state.js";

/** Along one axis: for each cell that comes in, those that go out, and by which tap of the window. */
export type AxisLinks = readonly (readonly (readonly [cell: number, tap: number])[])[];

/** Which cells of what comes in belong to which of what goes out, at one stage and for one pair of maps. */
export type Links =
  | {
      readonly how: "same";
      /** From a cell that comes in to the one that goes out: rows, columns and maps between them. */
      readonly down: number;
      readonly right: number;
      readonly maps: number;
    }
  | {
      readonly how: "taps";
      readonly rows: AxisLinks;
      readonly columns: AxisLinks;
      /** The window's columns, so that a tap is one number, row by row. */
      readonly across: number;
    }
  | {
      readonly how: "lists";
      /** The side whose places `starts` goes by. */
      readonly side: Side;
      /** Place `i` is linked to `places[starts[i]]` up to `places[starts[i + 1]]`. */
      readonly starts: Int32Array;
      readonly places: Int32Array;
    }
  | { readonly how: "all" };

/** A cell on the other side. */
export interface Partner {
  /** Counted through the other picture, row by row. */
  readonly place: number;
  /** Of a window: the tap that leads there, row by row, before the kernel is flipped. */
  readonly tap?: number;
}

/**
 * Where the value of one cell came from, or where it goes: the cells of the other picture that are linked to it.
 *
 * @param side where the cell is
 * @param from the picture that it is in
 * @param to the picture on the other side
 * @param place the cell, counted through its picture row by row
 */
export function partners(links: Links, side: Side, from: Picture, to: Picture, place: number): Partner[] {
  switch (links.how) {
    case "same": {
      const sign = side === "input" ? 1 : -1;
      const cell = cellAt(from, place);
      const other = placeOf(to, {
        map: cell.map + sign * links.maps,
        y: cell.y + sign * links.down,
        x: cell.x + sign * links.right,
      });
      return other < 0 ? [] : [{ place: other }];
    }
    case "taps": {
      const rows = along(links.rows, side, Math.floor(place / from.window.width));
      const columns = along(links.columns, side, place % from.window.width);
      return rows.flatMap(([y, down]) =>
        columns.map(([x, right]) => ({
          place: y * to.window.width + x,
          tap: down * links.across + right,
        })),
      );
    }
    case "lists": {
      if (side === links.side) {
        const found = links.places.subarray(links.starts[place], links.starts[place + 1]);
        return Array.from(found, (other) => ({ place: other }));
      }
      const found: Partner[] = [];
      for (let i = 0; i + 1 < links.starts.length; i++) {
        for (let at = links.starts[i]; at < links.starts[i + 1]; at++)
          if (links.places[at] === place) found.push({ place: i });
      }
      return found;
    }
    case "all":
      return Array.from({ length: to.count }, (_, other) => ({ place: other }));
  }
}

/** Along one axis, from either side. */
function along(links: AxisLinks, side: Side, at: number): readonly (readonly [number, number])[] {
  if (side === "input") return links[at];
  return links.flatMap((ends, other) =>
    ends.filter(([cell]) => cell === at).map(([, tap]): [number, number] => [other, tap]),
  );
}

/** The cell at a place of a picture, counted row by row. */
export function cellAt({ layout, map, window }: Picture, place: number): Cell {
  if (layout === "channels") return { map: place, y: 0, x: 0 };
  return { map, y: window.y + Math.floor(place / window.width), x: window.x + (place % window.width) };
}

/** Where a cell is in a picture; −1 where it is not in it. */
export function placeOf({ layout, map, window, count }: Picture, cell: Cell): number {
  if (layout === "channels") return cell.map >= 0 && cell.map < count ? cell.map : -1;
  const [y, x] = [cell.y - window.y, cell.x - window.x];
  if (cell.map !== map || y < 0 || x < 0 || y >= window.height || x >= window.width) return -1;
  return y * window.width + x;
}

/** The same as a message has it: lists of numbers by the place of their buffer. */
export type PackedLinks =
  | Exclude<Links, { readonly how: "lists" }>
  | { readonly how: "lists"; readonly side: Side; readonly starts: number; readonly places: number };

/** Puts the lists of numbers among the buffers of a message. */
export function packLinks(links: Links, buffers: (Float32Array | Int32Array)[]): PackedLinks {
  if (links.how !== "lists") return links;
  const starts = buffers.push(links.starts, links.places) - 2;
  return { ...links, starts, places: starts + 1 };
}

/** The inverse of `packLinks`, on the other side. */
export function unpackLinks(links: PackedLinks, numbers: (buffer: number) => Int32Array): Links {
  if (links.how !== "lists") return links;
  return { ...links, starts: numbers(links.starts), places: numbers(links.places) };
}
