/** Every request from an address that nobody has seen before: whoever counts by address counts to one. */
import { usualReaders } from "../people.ts";
import type { Profile } from "../profile.ts";
import { agents } from "../programs.ts";

export const addressPerRequest: Profile = {
  name: "address-per-request",
  summary: "every request from an address that was never seen before",
  story:
    "Residential proxies, rented by the request: none of their addresses comes back, so that no limit per address ever meets one. " +
    "What they have in common is the programs that drive them: one says nothing of itself, the other its name.",
  defaults: { sources: 1_000, seconds: 20, ratePerSourceS: 3 },
  flood: {
    places: [
      [60, { country: "BR", asn: 64_506, name: "Drill network F", blocks: 6 }],
      [30, { country: "ID", asn: 64_507, name: "Drill network G", blocks: 4 }],
      [10, { country: "MA", asn: 64_504, name: "Drill network D", blocks: 2 }],
    ],
    headers: [
      [30, []],
      [70, [`User-Agent: ${agents.python}`, "Accept-Encoding: gzip, deflate", "Accept: */*"]],
    ],
    headersFor: "source",
    addresses: "fresh",
    asks: [
      [70, { goal: "front" }],
      [30, { goal: "linked" }],
    ],
    perConnection: [1, 1],
  },
  readers: usualReaders(),
};
