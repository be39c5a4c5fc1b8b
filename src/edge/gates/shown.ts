/** The gates' own cookies: read here, and taken out of the request, because they are nobody else's business. */
import { cookieName, cookies } from "../gate-pages/names.ts";

export interface Shown {
  readonly ticket: string | undefined;
  readonly pass: string | undefined;
}

const nothing: Shown = { ticket: undefined, pass: undefined };
const mark = "kasbah-";

/** Bun's requests can be changed; what is left of their Cookie header is the site's. */
export function takeShown(headers: Headers, tls: boolean): Shown {
  const header = headers.get("cookie");
  if (header === null || !header.includes(mark)) return nothing;
  const pairs = header.split(";").map((pair) => pair.trim());
  const startOf = (name: string): string => `${cookieName(name, tls)}=`;
  const valueOf = (name: string): string | undefined =>
    pairs.find((pair) => pair.startsWith(startOf(name)))?.slice(startOf(name).length);
  const ours = Object.values(cookies).map(startOf);
  const others = pairs.filter((pair) => !ours.some((start) => pair.startsWith(start)));
  if (others.length === 0) headers.delete("cookie");
  else headers.set("cookie", others.join("; "));
  return { ticket: valueOf(cookies.ticket), pass: valueOf(cookies.pass) };
}
