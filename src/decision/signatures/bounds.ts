/** Between which bounds a share lies, from what was seen: where few were seen they are far apart, so that few data count as harm. */

/** One-sided, 95 %. */
const deviations = 1.645;

/** Of a share seen in `count` trials: Wilson, "Probable inference, the law of succession, and statistical inference" (1927). */
export function upperBound(share: number, count: number): number {
  return count <= 0 ? 1 : wilson(share, count, deviations);
}

export function lowerBound(share: number, count: number): number {
  return count <= 0 ? 0 : wilson(share, count, -deviations);
}

function wilson(share: number, count: number, z: number): number {
  const square = z ** 2 / count;
  const spread = z * Math.sqrt((share * (1 - share)) / count + square / (4 * count));
  return Math.min(1, Math.max(0, (share + square / 2 + spread) / (1 + square)));
}
