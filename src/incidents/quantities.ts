/** Figures, shares, waits and places as each language writes them. */
import { rfc3339 } from "../base/clock.ts";
import { writtenDate, writtenSpan } from "../language/dates.ts";
import { formatOf, type InterfaceLanguage } from "../language/tags.ts";

export interface Quantities {
  /** 4,012; below 10 with one digit. */
  readonly number: (value: number) => string;
  /** 0.983 → 98.3 %; never 100 where something is missing. */
  readonly share: (value: number) => string;
  /** How long somebody waited: 12 milliseconds, 1.2 seconds; less than a millisecond is one. */
  readonly wait: (ms: number) => string;
  /** The same for a table: 12 ms. */
  readonly waitBriefly: (ms: number) => string;
  /** How long something lasted: 3 minutes, 20 seconds. */
  readonly duration: (ms: number) => string;
  /** By ISO 3166-1 code. */
  readonly country: (code: string) => string;
  /** By BCP 47 tag. */
  readonly language: (tag: string) => string;
  /** Hours and minutes. */
  readonly time: (ms: number) => string;
  /** The same with seconds. */
  readonly second: (ms: number) => string;
  /** From one moment to another. */
  readonly span: (fromMs: number, toMs: number) => string;
  /** Day and time. */
  readonly moment: (ms: number) => string;
}

const secondMs = 1_000;

export function quantitiesIn(language: InterfaceLanguage, timeZone: string): Quantities {
  const locale = formatOf(language);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const lasting = new Intl.DurationFormat(locale, { style: "long" });
  const regions = new Intl.DisplayNames(locale, { type: "region" });
  const languages = new Intl.DisplayNames(locale, { type: "language" });
  const written = (style: "time" | "second" | "moment") => (ms: number) =>
    writtenDate(rfc3339(ms), style, language, timeZone);
  return {
    number: (value) => value.toLocaleString(locale, { maximumFractionDigits: value < 10 ? 1 : 0 }),
    share: (value) => percent.format(value < 1 ? Math.min(value, 0.999) : 1),
    wait: waitIn(locale, "long"),
    waitBriefly: waitIn(locale, "short"),
    duration: (ms) => lasting.format(partsOf(ms)),
    country: (code) => named(regions, code),
    language: (tag) => named(languages, tag),
    time: written("time"),
    second: written("second"),
    span: (fromMs, toMs) => writtenSpan(rfc3339(fromMs), rfc3339(toMs), language, timeZone),
    moment: written("moment"),
  };
}

function waitIn(locale: string, unitDisplay: "long" | "short"): (ms: number) => string {
  const unit = (name: string, maximumFractionDigits: number) =>
    new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay, maximumFractionDigits });
  const [milliseconds, seconds] = [unit("millisecond", 0), unit("second", 1)];
  return (ms) => (ms < secondMs ? milliseconds.format(Math.max(1, ms)) : seconds.format(ms / secondMs));
}

/** At most two units; at least a second. */
function partsOf(ms: number): { hours?: number; minutes?: number; seconds?: number } {
  const s = Math.max(1, Math.round(ms / secondMs));
  const minutes = Math.floor(s / 60);
  if (minutes < 1) return { seconds: s };
  if (minutes < 60) return { minutes, seconds: s % 60 };
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
}

/** What the watch passes on may be no code at all; then it stands for itself. */
function named(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
