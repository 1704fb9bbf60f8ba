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
