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
