/** Conditional and range requests (RFC 9110, sections 13 and 14), as far as pages need them. Pure. */

/** Whether If-None-Match names this entity tag: `*`, one tag or a list, weak or strong. */
export function matchesNone(header: string, etag: string): boolean {
  if (header === etag) return true;
  if (header.trim() === "*") return true;
  if (!header.includes(etag)) return false;
  for (const [, tag] of header.matchAll(/(?:^|,)\s*(?:W\/)?("[^"]*")\s*(?=,|$)/g)) {
    if (tag === etag) return true;
  }
  return false;
}

export type Range =
  /** Bytes `first` to `last`, both included. */
  | { readonly kind: "part"; readonly first: number; readonly last: number }
  | { readonly kind: "unsatisfiable" }
  /** No range, one that can't be read, or several: the whole is the answer. */
  | { readonly kind: "whole" };

const whole: Range = { kind: "whole" };
const unsatisfiable: Range = { kind: "unsatisfiable" };

/**
 * `bytes=0-499`, `bytes=500-`, `bytes=-500`. Several ranges at once are answered with the whole (RFC 9110, 14.2 lets us), because
 * many small ones are an old way to make a server work.
 */
export function readRange(header: string, length: number): Range {
  const match = /^bytes\s*=\s*(\d{0,16})\s*-\s*(\d{0,16})$/i.exec(header.trim());
  if (match === null) return whole;
  const [, from = "", to = ""] = match;
  if (from === "" && to === "") return whole;
  if (from === "") return suffix(Number(to), length);
  const first = Number(from);
  const last = to === "" ? length - 1 : Number(to);
  if (to !== "" && last < first) return whole;
  return first >= length ? unsatisfiable : { kind: "part", first, last: Math.min(last, length - 1) };
}

function suffix(wanted: number, length: number): Range {
  if (wanted === 0 || length === 0) return unsatisfiable;
  return { kind: "part", first: Math.max(0, length - wanted), last: length - 1 };
}

/** If-Range: the part is only of use to who holds the very same form; dates and weak tags never match. */
export function rangeApplies(ifRange: string | null, etag: string): boolean {
  return ifRange === null || ifRange.trim() === etag;
}
