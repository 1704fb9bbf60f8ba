/** A way from one row of the ladder to a row further down. */
export interface Way {
  readonly from: { readonly row: number; readonly lane: number };
  readonly to: { readonly row: number; readonly lane: number };
  /** The lane that it runs in between. */
  readonly lane: number;
}

/** How a ladder with branches is drawn: each row's lane, and the ways between rows. */
export interface Lanes {
  readonly rows: readonly number[];
  readonly ways: readonly Way[];
  /** How many stand side by side at most. */
  readonly count: number;
}

/**
 * Lays out rows of which each leads to one or several further down, as branches of a tree of lines: a row stands in the
 * first free lane of those that lead to it; the first way on keeps its lane, every other one takes a free one.
 *
 * @param below of each row the rows that it leads to, all further down
 * @example
 * layLanes([[1, 2], [2], []]).rows; // [0, 0, 0]
 */
export function layLanes(below: readonly (readonly number[])[]): Lanes {
  /** By lane: where it leads, and where it began. */
  const open: ({ to: number; from: { row: number; lane: number } } | undefined)[] = [];
  const free = (): number => {
    const found = open.indexOf(undefined);
    return found < 0 ? open.length : found;
  };
  const rows: number[] = [];
  const ways: Way[] = [];
  let count = 1;
  below.forEach((targets, row) => {
    const arriving = open.flatMap((way, lane) => (way?.to === row ? [lane] : []));
    const own = arriving[0] ?? free();
    rows.push(own);
    for (const lane of arriving) {
      ways.push({ from: open[lane]!.from, to: { row, lane: own }, lane });
      open[lane] = undefined;
    }
    // The way to the next row goes straight on; the longest way round stands outermost.
    [...targets]
      .sort((a, b) => a - b)
      .forEach((to, i) => {
        const lane = i === 0 && open[own] === undefined ? own : free();
        open[lane] = { to, from: { row, lane: own } };
      });
    count = Math.max(count, own + 1, open.length);
  });
  return { rows, ways, count };
}
