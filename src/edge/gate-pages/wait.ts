/** How long somebody waits, as one says it: a promise to the second would be none. Pure. */

export type WaitUnit = "second" | "minute" | "hour";

export interface Wait {
  readonly unit: WaitUnit;
  readonly count: number;
}

const stepS = 5;
const hoursMax = 24;

/** Rounded up, so that it is rather shorter than said. */
export function roughWait(seconds: number): Wait {
  const wholeS = Math.max(1, Math.ceil(seconds));
  const steppedS = Math.ceil(wholeS / stepS) * stepS;
  if (steppedS < 60) return { unit: "second", count: steppedS };
  const minutes = Math.ceil(wholeS / 60);
  if (minutes < 60) return { unit: "minute", count: minutes };
  return { unit: "hour", count: Math.min(hoursMax, Math.ceil(minutes / 60)) };
}
