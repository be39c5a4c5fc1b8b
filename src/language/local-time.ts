/** Between moments and what a clock on the newsroom's wall shows: what `<input type="datetime-local">` speaks. */

/** `2011-07-31T15:05` in an IANA time zone. Throws RangeError where either is not one. */
export function localTime(at: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(new Date(at));
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

/**
 * The moment (RFC 3339, UTC) at which that clock shows `local`; undefined where that is no time. Of an hour that comes twice it is
 * the first; one that is skipped when clocks go forward is the same distance after the gap.
 */
export function momentOfLocal(local: string, timeZone: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(local)) return undefined;
  const asUtcMs = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtcMs)) return undefined;
  const before = asUtcMs - offsetMs(asUtcMs - dayMs, timeZone);
  const after = asUtcMs - offsetMs(asUtcMs + dayMs, timeZone);
  const exact = [before, after]
    .toSorted((one, other) => one - other)
    .find((ms) => ms + offsetMs(ms, timeZone) === asUtcMs);
  return new Date(exact ?? before).toISOString();
}

const dayMs = 24 * 60 * 60 * 1_000;

/** How far that zone's clock is ahead of UTC then. */
function offsetMs(atMs: number, timeZone: string): number {
  const minuteMs = Math.floor(atMs / 60_000) * 60_000;
  return Date.parse(`${localTime(new Date(minuteMs).toISOString(), timeZone)}Z`) - minuteMs;
}
