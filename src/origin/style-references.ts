/** What a style sheet loads: other sheets, pictures, fonts (CSS Values 4, section 4.5). */

const referencesMax = 500;
const lengthMax = 2_048;
const reference =
  /@import\s+(?:url\(\s*)?["']([^"'\n]{1,2048})["']|url\(\s*(?:"([^"\n]{1,2048})"|'([^'\n]{1,2048})'|([^"'()\s]{1,2048}))\s*\)/gi;

/** As they are written there; what carries its contents in itself is left out. */
export function styleReferences(css: string): string[] {
  const found = new Set<string>();
  for (const [, imported, double, single, bare] of css.replace(/\/\*[^]*?\*\//g, "").matchAll(reference)) {
    const written = imported ?? double ?? single ?? bare ?? "";
    if (written.length <= lengthMax && !/^(data|about|blob):|^#/i.test(written)) found.add(written);
    if (found.size === referencesMax) break;
  }
  return [...found];
}
