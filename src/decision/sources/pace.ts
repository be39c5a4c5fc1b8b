/**
 * How fast a source asks for pages, in one word: eleven bits that name a second, then what was counted in that second, in the one
 * before and in the one before that, seven bits each. Whoever writes it writes all of it: a word is never half of two.
 */

/** Requests a second, from: the values of the trait `pace`. */
export const paceClasses = [0, 1, 2, 4, 8, 16, 32] as const;
/** In one second. More makes no difference to the class. */
const countMax = 127;
const secondsMask = 0x7ff;

/** The word after one more request. */
export function countPage(word: number, nowMs: number): number {
  const now = moved(word, nowMs);
  return ((now >>> 14) & countMax) === countMax ? now : now + (1 << 14);
}

/** The largest class that the last two seconds reached; the third-last second counts by the part of it that lies within them. */
export function paceClass(word: number, nowMs: number): number {
  const now = moved(word, nowMs);
  const partOfThird = 1 - (nowMs % 1_000) / 1_000;
  const requests = ((now >>> 14) & countMax) + ((now >>> 7) & countMax) + (now & countMax) * partOfThird;
  const perSecond = requests / 2;
  let reached = 0;
  for (const least of paceClasses) if (perSecond >= least) reached = least;
  return reached;
}

/** The word as of this second. */
function moved(word: number, nowMs: number): number {
  const second = (nowMs / 1_000) & secondsMask;
  const passed = (second - (word >>> 21)) & secondsMask;
  if (passed === 0) return word;
  const counts = passed > 2 ? 0 : (word & 0x1f_ffff) >>> (7 * passed);
  return ((second << 21) | counts) >>> 0;
}
