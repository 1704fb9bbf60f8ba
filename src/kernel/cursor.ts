/**
 * Jupyter counts a cursor's place in code points, JavaScript in UTF-16 units; they differ after an emoji.
 * A place that is none is the end.
 */
export function utf16(code: string, codePoints: unknown): number {
  if (!Number.isInteger(codePoints) || (codePoints as number) < 0) return code.length;
  let units = 0;
  let left = codePoints as number;
  for (const point of code) {
    if (left-- <= 0) return units;
    units += point.length;
  }
  return units;
}

/** The other way round. */
export function codePoints(code: string, units: number): number {
  return [...code.slice(0, units)].length;
}
