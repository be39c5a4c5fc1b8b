/** The headers of an approved copy: those it was approved with, and since when it has been one. Nothing of the answer that it stands for. */
import type { BaselineEntry } from "../../guard/manifest.ts";
import { isHopByHop } from "../lane/hop-by-hop.ts";
import { hsts } from "../security-headers.ts";
import { provenanceHeader } from "./ready.ts";

/** Never a copy's to say: whose answer it was, and how its bytes travelled. */
const dropped = new Set([
  "set-cookie",
  "content-length",
  "content-encoding",
  "content-range",
  "accept-ranges",
  "alt-svc",
  "age",
  "date",
  "etag",
  "expires",
  "last-modified",
  "vary",
  "via",
]);

export function copyHeaders(
  { headers: approved, type, copy, taken_at: takenAt }: BaselineEntry,
  { nowMs, tls }: { readonly nowMs: number; readonly tls: boolean },
): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(approved)) {
    if (!dropped.has(name) && !isHopByHop(name)) headers.set(name, value);
  }
  const takenMs = Date.parse(takenAt);
  const ageS = Math.max(0, Math.floor((nowMs - takenMs) / 1000));
  headers.set("content-type", type);
  headers.set("age", String(ageS));
  headers.set("last-modified", new Date(takenMs).toUTCString());
  headers.set("etag", `"${copy.sha256.slice(0, 32)}"`);
  // The true page is to be seen again as soon as it is back.
  headers.set("cache-control", "no-cache");
  headers.set(provenanceHeader, "copy");
  if (tls) for (const [name, value] of Object.entries(hsts)) headers.set(name, value);
  return headers;
}
