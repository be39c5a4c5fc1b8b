/** Which requests get a page's text in place of the page: somebody who opens it, and doesn't insist on the whole. Pure. */
import type { Exchange } from "../exchange.ts";
import { wholeParameter } from "./text-page.ts";

/** A page, or something that shows as one. A script that fetches a page may want its parts. */
const opened = new Set(["document", "iframe", "frame", "embed", "object"]);
const insisting = new RegExp(`(?:^|&)${wholeParameter}(?:&|$)`);

export function isOpened({ method, request }: Exchange): boolean {
  if (method !== "GET" && method !== "HEAD") return false;
  const destination = request.headers.get("sec-fetch-dest");
  return destination === null || opened.has(destination);
}

export function wantsWhole({ query }: Exchange): boolean {
  return query !== undefined && insisting.test(query);
}
