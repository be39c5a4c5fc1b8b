/** What rules may do and have done to readers, as commands say it. */
import { inert } from "../language/inert.ts";

/** 0.973 → "97 %", 0.00042 → "0.042 %": a bound on harm is never rounded to nothing. */
export function share(value: number): string {
  return `${(value * 100).toLocaleString("en", { maximumSignificantDigits: 2 })} %`;
}

export function worstHarm(worst: number, group: string): string {
  return `at worst ${share(worst)}${group === "" ? "" : ` (${inert(group)})`}`;
}

/** `worst` is null where no known reader came. */
export function realHarm(worst: number | null, group: string): string {
  if (worst === null) return "no known reader came meanwhile";
  if (worst === 0) return "none of the known readers who came was hit";
  return worstHarm(worst, group);
}
