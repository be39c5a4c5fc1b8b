/** Pages that are no longer there: an editor takes away one or some; where many are missing at once, the site is broken. */

const most = 3;
const shareMost = 0.05;

export function areTooManyMissing(missing: number, of: number): boolean {
  return missing > Math.max(most, of * shareMost);
}
