/** Where a waiting page leads back to: a path and query of the same site, or nowhere else but where it is. Pure. */

/** It stands in the page twice, up to five bytes a character. A browser that is told nothing takes the address that it shows. */
const charactersMax = 250;
/** Two slashes, or a slash and what browsers take for one, would begin the name of another host. */
const ownAddress = /^\/(?![/\\])[\x21-\x7e]*$/;

/** Undefined where it isn't one of this site's beyond doubt, or too long: the page then says nothing. */
export function returnAddress(target: string): string | undefined {
  return target.length <= charactersMax && ownAddress.test(target) ? target : undefined;
}
