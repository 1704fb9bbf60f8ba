/** A line that ends where its head begins, and the head: the same on the page and in stills. */
export function arrowPaths(
  from: readonly [number, number],
  to: readonly [number, number],
  curved: boolean,
  length: number,
): { readonly path: string; readonly head: string } {
  const distance = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  const [ux, uy] = curved ? [0, 1] : [(to[0] - from[0]) / distance, (to[1] - from[1]) / distance];
  const neck = [to[0] - ux * length, to[1] - uy * length];
  const half = length * 0.5;
  const bend = (from[1] + neck[1]) / 2;
  const path = curved
    ? `M${from[0]} ${from[1]}C${from[0]} ${bend} ${neck[0]} ${bend} ${neck[0]} ${neck[1]}`
    : `M${from[0]} ${from[1]}L${neck[0]} ${neck[1]}`;
  const head = `M${to[0]} ${to[1]}L${neck[0] - uy * half} ${neck[1] + ux * half}L${neck[0] + uy * half} ${neck[1] - ux * half}Z`;
  return { path, head };
}
