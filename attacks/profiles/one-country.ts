/** A swarm from the very country that most readers come from, as fast as it goes, with no header but Host. */
import { usualReaders } from "../people.ts";
import type { Profile } from "../profile.ts";

export const oneCountry: Profile = {
  name: "one-country",
  summary: "a swarm from the country of most readers, as fast as it goes, with no header but Host",
  story:
    "Home routers of one country, the one that most readers read from, ask for the front page without end and say nothing about themselves. " +
    "Shutting that country out would be the attack's success.",
  defaults: { sources: 3_000, seconds: 20, ratePerSourceS: 0 },
  flood: {
    places: [[1, { country: "MA", asn: 64_504, name: "Drill network D", blocks: 4 }]],
    headers: [[1, []]],
    headersFor: "source",
    addresses: "own",
    asks: [[1, { goal: "front" }]],
    perConnection: [20, 100],
  },
  readers: usualReaders(),
};
