/** Days and months where the newsroom stands: addresses and archives are dated there, whatever zone the machine is in. */

/** `{ year: "2011", month: "07" }` of a moment (RFC 3339) in an IANA time zone. Throws RangeError where either is not one. */
export function monthOf(at: string, timeZone: string): { year: string; month: string } {
  const parts = formatter(timeZone).formatToParts(new Date(at));
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? "";
  return { year: part("year"), month: part("month") };
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making one costs a hundred times what using it does. */
function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
    year: "numeric",
    month: "2-digit",
    timeZone,
  });
  formatters.set(timeZone, made);
  return made;
}
