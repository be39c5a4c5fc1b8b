/** Spellings of one address: percent-encodings that mean the same are the same address (RFC 3986, section 6.2.2). */

const unreserved = /^[A-Za-z0-9._~-]$/;

/** Escapes in upper case, none where none is needed. Bad escapes stay as they are. Works on paths and on queries. */
export function canonicalSpelling(text: string): string {
  if (!text.includes("%")) return text;
  return text.replace(/%([0-9a-fA-F]{2})/g, (escape: string, digits: string) => {
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    return unreserved.test(character) ? character : escape.toUpperCase();
  });
}

/** The same path with its trailing slash taken away, or given one; undefined for "/". */
export function otherSlash(path: string): string | undefined {
  if (path === "/") return undefined;
  return path.endsWith("/") ? path.slice(0, -1) : `${path}/`;
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
