/** Reading what commands take as arguments; each throws OperatorError where it is not of its form. */
import { OperatorError } from "../base/errors.ts";
import { networkForm, normalNetwork } from "../base/network.ts";

const secondsPer: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** "90s", "30m", "1h", "7d" → seconds. */
export function durationSeconds(text: string): number {
  const [, amount, unit = ""] = /^([1-9]\d{0,5})([smhd])$/.exec(text) ?? [];
  const seconds = Number(amount) * (secondsPer[unit] ?? 0);
  if (!(seconds > 0)) throw wrong(text, "a duration", "write 90s, 30m, 1h or 7d");
  return seconds;
}

export function network(text: string): string {
  const normal = normalNetwork(text);
  if (normal === undefined) throw wrong(text, "a network", `write ${networkForm}; no bits beyond the prefix`);
  return normal;
}

/** For a command's option: a whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw wrong(text, "a number that is taken here", `write a whole number from ${least} to ${most}`);
  };
}

function wrong(text: string, what: string, hint: string): OperatorError {
  return new OperatorError(`"${text.slice(0, 100)}" is not ${what}`, { hint, exitCode: 2 });
}
