/** Times as they are kept of a source: sixteen bits, in steps of two seconds, which come round after 36 hours. Everything is forgotten before. */
export const stepMs = 2_000;
const mask = 0xffff;
/** Ages beyond it are times in the future: a clock that was set back. */
const ageMax = 0xc000;

/** 1 to 65,535; 0 stands for "never". */
export function momentOf(nowMs: number): number {
  return (nowMs / stepMs) & mask || 1;
}

/** In steps. */
export function ageOf(moment: number, now: number): number {
  const age = (now - moment) & mask;
  return age > ageMax ? 0 : age;
}

/** `moment` is now or was before. */
export function isReached(moment: number, now: number): boolean {
  return ((now - moment) & mask) <= ageMax;
}

/** How many ends of periods of `2 ** bits` steps lie between two moments. */
export function turnsBetween(moment: number, now: number, bits: number): number {
  return ageOf(moment, now) === 0 ? 0 : ((now >>> bits) - (moment >>> bits)) & (mask >>> bits);
}

/** The same as a moment so many steps ago; fewer than 0: so many ahead. */
export function momentBefore(now: number, steps: number): number {
  return (now - steps) & mask || 1;
}

export const stepsOf = (ms: number): number => Math.ceil(ms / stepMs);
