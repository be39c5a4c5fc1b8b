/** Names of elements and attributes that a page is made of: known again while they are read, so that few have to be copied out of it. */

/** Attributes that some fact comes from; with them all that begin with "on". */
const attributes = (
  "action alt archive autoplay background bgcolor by class code codebase content data data-lazy-src data-original data-src data-srcset " +
  "dir dynsrc form formaction from hidden href hreflang http-equiv id imagesrcset lang language lowsrc manifest method name ping poster property rel src " +
  "srcdoc srcset style to type value values xlink:href xml:lang"
).split(" ");

const elements = (
  "a abbr address area article aside audio b blockquote body br button canvas caption center circle cite code col colgroup dd defs del div " +
  "dl dt em embed fieldset figcaption figure font footer form frame frameset g h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins " +
  "label legend li link main map mask math meta nav nobr noscript object ol optgroup option p param path picture polygon pre rect s script " +
  "section select small source span strike strong style sub summary sup svg symbol table tbody td template textarea tfoot th thead time " +
  "title tr tt u ul use var video wbr"
).split(" ");

export const nameStart = 7;

/** One sign more, whatever its case. */
export function nameStep(hash: number, code: number): number {
  return (Math.imul(hash, 31) + (code | 32)) | 0;
}

export const knownAttributes = byHash(attributes);
export const knownElements = byHash(elements);

function byHash(names: readonly string[]): ReadonlyMap<number, string> {
  return new Map(names.map((name) => [Array.from(Buffer.from(name)).reduce(nameStep, nameStart), name]));
}
