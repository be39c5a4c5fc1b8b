/** Days and months where the newsroom stands, and how each language writes them. */
import { formatOf, type LanguageTag } from "./tags.ts";

/** `{ year: "2011", month: "07" }` of a moment (RFC 3339) in an IANA time zone. Throws RangeError where either is not one. */
export function monthOf(at: string, timeZone: string): { year: string; month: string } {
  const format = { year: "numeric", month: "2-digit" } as const;
  const parts = formatter("en-u-ca-gregory-nu-latn", timeZone, format).formatToParts(new Date(at));
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? "";
  return { year: part("year"), month: part("month") };
}

/** `day`: 31 July 2011; `moment`: 31 July 2011 at 14:05; `dateline`: Sunday 31 July 2011 at 14:05; `month`: July 2011; `brief`: 31 July at 14:05; `time`: 14:05; `second`: 14:05:09. */
const styles = {
  day: { dateStyle: "long" },
  moment: { dateStyle: "long", timeStyle: "short" },
  dateline: { dateStyle: "full", timeStyle: "short" },
  month: { year: "numeric", month: "long" },
  monthName: { month: "long" },
  brief: { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" },
  time: { timeStyle: "short" },
  second: { timeStyle: "medium" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
export type DateStyle = keyof typeof styles;

/** In the Gregorian calendar and the digits that readers of that language use in Morocco. */
export function writtenDate(at: string, style: DateStyle, language: LanguageTag, timeZone: string): string {
  return formatter(`${formatOf(language)}-u-ca-gregory`, timeZone, styles[style]).format(new Date(at));
}

/** From one moment to a later one, saying once what they have in common: 31 July 2011, 14:05–14:08. */
export function writtenSpan(from: string, to: string, language: LanguageTag, timeZone: string): string {
  const format = formatter(`${formatOf(language)}-u-ca-gregory`, timeZone, styles.moment);
  return format.formatRange(new Date(from), new Date(to));
}

/** How far the time zone is ahead of UTC at that moment, s. Browsers know other rules than we do, older or newer ones. */
export function offsetS(at: string, timeZone: string): number {
  const parts = formatter("en", timeZone, { timeZoneName: "longOffset" }).formatToParts(new Date(at));
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign = "+", hours = "0", minutes = "0"] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making one costs a hundred times what using it does. One for each language and style: a handful. */
function formatter(
  locale: string,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, { ...options, timeZone });
  formatters.set(key, made);
  return made;
}
