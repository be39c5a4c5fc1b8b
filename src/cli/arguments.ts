/** Reading what commands take as arguments; each throws OperatorError where it is not of its form. */
import { dayMs, rfc3339 } from "../base/clock.ts";
import { OperatorError } from "../base/errors.ts";
import { localTime, momentOfLocal } from "../language/local-time.ts";
import { networkForm, normalNetwork } from "../base/network.ts";

const secondsPer: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** "90s", "30m", "1h", "7d" → seconds. */
export function durationSeconds(text: string): number {
  const [, amount, unit = ""] = /^([1-9]\d{0,5})([smhd])$/.exec(text) ?? [];
  const seconds = Number(amount) * (secondsPer[unit] ?? 0);
  if (!(seconds > 0)) throw wrong(text, "a duration", "write 90s, 30m, 1h or 7d");
  return seconds;
}

/** A year is long for anything that ends by itself. */
const aheadMaxMs = 366 * dayMs;

/** `2h`, `18:00` (the next one there) or RFC 3339 → RFC 3339 UTC, after now. `timeZone`: IANA name. */
export function momentAhead(text: string, nowMs: number, timeZone: string): string {
  const atMs = /^\d/.test(text)
    ? (clockMs(text, nowMs, timeZone) ?? writtenMs(text) ?? afterMs(text, nowMs))
    : Number.NaN;
  if (Number.isNaN(atMs)) throw wrong(text, "a time", "write 18:00, 2h or 2011-07-31T18:00:00Z");
  if (atMs > nowMs && atMs - nowMs <= aheadMaxMs) return rfc3339(atMs);
  throw wrong(text, "a time that is to come within a year", "write 18:00, 2h or 2011-07-31T18:00:00Z");
}

function clockMs(text: string, nowMs: number, timeZone: string): number | undefined {
  const [, hour, minute] = /^([01]?\d|2[0-3])[:h]([0-5]\d)$/.exec(text) ?? [];
  if (hour === undefined || minute === undefined) return undefined;
  const shown = [0, 1, 2].map((days) => {
    const day = localTime(rfc3339(nowMs + days * dayMs), timeZone).slice(0, 10);
    return Date.parse(momentOfLocal(`${day}T${hour.padStart(2, "0")}:${minute}`, timeZone) ?? "");
  });
  return shown.find((atMs) => atMs > nowMs);
}

function writtenMs(text: string): number | undefined {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/i.test(text)
    ? Date.parse(text)
    : undefined;
}

function afterMs(text: string, nowMs: number): number {
  return /^\d+[smhd]$/.test(text) ? nowMs + durationSeconds(text) * 1_000 : Number.NaN;
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
