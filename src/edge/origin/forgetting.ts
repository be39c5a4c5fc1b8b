/** Forgetting what is kept, here and in all other workers: because somebody asks for it, or because a request changed it (RFC 9111, section 4.4). */
import type { Purge } from "../cache/purge.ts";
import type { Errand } from "./errand.ts";
import type { OriginWay } from "./way.ts";

export function forget({ cache, sharing }: OriginWay, what: Purge): void {
  cache.purge(what);
  sharing.purge(what);
}

/** What was asked for, and what the answer points to: three addresses at most, whatever else is kept. */
export function forgetChanged({ exchange, way, state }: Errand): void {
  const { headers } = exchange.response ?? {};
  const named = ["location", "content-location"].map((name) => ownTarget(headers?.get(name), exchange));
  for (const target of [exchange, ...named]) {
    if (target !== undefined)
      forget(way, { kind: "target", target: way.addresses.keptTarget(target, state.mode) });
  }
}

/** Of the host that was asked alone: otherwise any form would make any site's pages be asked for anew. */
function ownTarget(
  url: string | null | undefined,
  { scheme, request, path }: Errand["exchange"],
): { readonly path: string; readonly query: string | undefined } | undefined {
  const asked = URL.parse(path, `${scheme}://${request.headers.get("host") ?? ""}`);
  const named = asked === null || url === null || url === undefined ? null : URL.parse(url, asked);
  if (named === null || named.host !== asked?.host) return undefined;
  return { path: named.pathname, query: named.search === "" ? undefined : named.search.slice(1) };
}
