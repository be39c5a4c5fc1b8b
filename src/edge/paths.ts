/** Addresses that are answered alike although they are written differently: with and without a slash, with parameters that pick nothing. */
import { canonicalSpelling } from "../base/spelling.ts";

export { canonicalSpelling };

/** The same path with its trailing slash taken away, or given one; undefined for "/". */
export function otherSlash(path: string): string | undefined {
  if (path === "/") return undefined;
  return path.endsWith("/") ? path.slice(0, -1) : `${path}/`;
}

/** Added to links by those who share them, or by us (lite/text-page.ts); no site makes another page of them. */
const tracking =
  /^(kasbah|utm_[a-z_]+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_[ce]id|_ga|_gl|_hs(enc|mi)|srsltid)$/i;

/** `name`: of a parameter, in canonical spelling. */
export function isTracking(name: string): boolean {
  return tracking.test(name);
}

/** Names of the parameters in a query, in canonical spelling. */
export function parameterNames(query: string): string[] {
  return parameters(query).map(nameOf);
}

/** Only the named parameters, sorted: two queries that pick the same page have the same text. Empty where none is there. */
export function picked(query: string, names: ReadonlySet<string>): string {
  return parameters(query)
    .filter((parameter) => names.has(nameOf(parameter)))
    .sort((left, right) => (left < right ? -1 : 1))
    .join("&");
}

function parameters(query: string): string[] {
  return query
    .split("&")
    .filter((parameter) => parameter !== "")
    .map(canonicalSpelling);
}

function nameOf(parameter: string): string {
  const equals = parameter.indexOf("=");
  return equals < 0 ? parameter : parameter.slice(0, equals);
}
