/** What an approved copy is sent with: headers that say something of the page itself, none that were meant for one visit, one connection or one machine. */
import type { Answer } from "../client/client.ts";
import { addressAt, type ProtectedSite } from "../client/protected-site.ts";

/** The type and the status stand beside them. Cookies, dates, validators and what proxies add are the visit's, not the page's. */
const replayed = new Set([
  "access-control-allow-origin",
  "content-disposition",
  "content-language",
  "content-security-policy",
  "cross-origin-embedder-policy",
  "cross-origin-opener-policy",
  "cross-origin-resource-policy",
  "link",
  "location",
  "permissions-policy",
  "refresh",
  "referrer-policy",
  "strict-transport-security",
  "x-content-type-options",
  "x-frame-options",
  "x-robots-tag",
  "x-xss-protection",
]);

const valueLengthMax = 4_096;

/** One that is longer than an edition may carry is left out. */
export function replayedHeaders({ headers }: Answer, site: ProtectedSite): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of headers) {
    if (!replayed.has(name) || !/^[\t -~]*$/.test(value)) continue;
    const said = name === "location" ? publicLocation(value, site) : value;
    const all = kept[name] === undefined ? said : `${kept[name]}, ${said}`;
    if (all.length <= valueLengthMax) kept[name] = all;
  }
  return kept;
}

/** Redirects of the site to itself say its path alone: true under each of its names, and no leak of where it stands. */
function publicLocation(value: string, site: ProtectedSite): string {
  const address = addressAt(value, site);
  const fragment = /#.*$/s.exec(value)?.[0] ?? "";
  return address === undefined ? value : address + fragment;
}
