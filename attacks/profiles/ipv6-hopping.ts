/** Each request from another /64 of one IPv6 provider, seen through a proxy that the instance trusts. */
import { alikeBrowser, usualReaders } from "../people.ts";
import type { Profile } from "../profile.ts";
import { agents } from "../programs.ts";

export const ipv6Hopping: Profile = {
  name: "ipv6-hopping",
  summary: "each request from another /64 of one IPv6 network, through a proxy that is trusted",
  story:
    "A provider hands out a /32 of IPv6, and the flood takes another /64 of it for each request, more than any table holds. It comes through a proxy " +
    "that the instance trusts, and so do readers: the proxy's own address must never be banned.",
  defaults: { sources: 500, seconds: 20, ratePerSourceS: 6 },
  flood: {
    places: [[1, { country: "NL", asn: 64_508, name: "Drill network H", blocks: "2001:db8::/32" }]],
    headers: [
      [30, []],
      [70, [`User-Agent: ${agents.windows}`]],
    ],
    headersFor: "source",
    addresses: "fresh",
    asks: [
      [80, { goal: "front" }],
      [20, { goal: "linked" }],
    ],
    perConnection: [20, 100],
    behindProxy: true,
  },
  readers: usualReaders(alikeBrowser(agents.windows, "en-US,en;q=0.9")),
};
