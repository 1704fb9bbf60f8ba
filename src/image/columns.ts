/** The number of columns with which cells get largest in a box of this aspect (width over height). */
export function bestColumns(count: number, cellAspect: number, aspect: number): number {
  let best = 1;
  let largest = 0;
  for (let columns = 1; columns <= count; columns++) {
    const size = Math.min(aspect / (columns * cellAspect), 1 / Math.ceil(count / columns));
    if (size > largest) [best, largest] = [columns, size];
  }
  return best;
}

/** In how many columns so many panels stand: as many as fit, but no row much shorter than the others. */
export function evenColumns(count: number, width: number, smallest: number, gap: number): number {
  const fitting = Math.max(1, Math.floor((width + gap) / (smallest + gap)));
  return Math.ceil(count / Math.ceil(count / fitting));
}
