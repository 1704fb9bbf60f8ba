/** The middle one of several times, which a run that was held up does not move. @param {number[]} values */
export function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
