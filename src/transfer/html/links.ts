/** Addresses found in somebody's HTML: made absolute, held to the schemes that a page may name, without user names. */

const addressLengthMax = 2_048;
const linkSchemes: ReadonlySet<string> = new Set(["http:", "https:", "mailto:", "tel:"]);
const mediaSchemes: ReadonlySet<string> = new Set(["http:", "https:"]);

/** `base` is where the document stood. Undefined for every other scheme, however it is spelt, and for what is no address. */
export function safeLink(value: string | undefined, base: string): string | undefined {
  return safeAddress(value, base, linkSchemes);
}

/** The same for what was shown in place: http and https only. */
export function safeMedia(value: string | undefined, base?: string): string | undefined {
  return safeAddress(value, base, mediaSchemes);
}

/** `URL` takes out tabs, line ends and leading spaces just as browsers do, so nothing is hidden from the check. */
function safeAddress(
  value: string | undefined,
  base: string | undefined,
  schemes: ReadonlySet<string>,
): string | undefined {
  if (value === undefined || value.trim() === "") return undefined;
  const url = URL.parse(value, base);
  if (url === null || !schemes.has(url.protocol)) return undefined;
  url.username = "";
  url.password = "";
  // A mail address may hold spaces for URL's sake; a body's link may not.
  const href = url.href.replace(/\s/g, "%20");
  return href.length <= addressLengthMax ? href : undefined;
}
