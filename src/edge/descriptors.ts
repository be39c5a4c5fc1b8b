/** How many files and connections the system lets this process have open. */
import { readFileSync } from "node:fs";

/** Where the system doesn't say: what POSIX systems give at least nowadays. */
const usual = 1_024;

export function descriptorsMax(): number {
  try {
    return softLimit(readFileSync("/proc/self/limits", "utf8"));
  } catch {
    return usual;
  }
}

/** Of proc(5), `/proc/PID/limits`: name, soft limit, hard limit, unit, in columns. */
export function softLimit(limits: string): number {
  const soft = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1]);
  return Number.isSafeInteger(soft) && soft > 0 ? soft : usual;
}

/** Some 4 kB each (bench/holds.ts), so that a limit of a million files is not a quarter of a million requests in memory. */
const heldMax = 32_768;

/** Held requests for each of so many workers. `setting`: `decision.holds_max`. */
export function holdsEach(setting: number, workers: number, descriptors: number): number {
  const all = setting === 0 ? Math.min(heldMax, Math.floor(descriptors / 4)) : setting;
  return Math.max(1, Math.floor(all / workers));
}
