/** Thousands that ask so rarely that each of them could be a reader. */
import { alikeBrowser, usualReaders } from "../people.ts";
import type { Profile } from "../profile.ts";
import { agents } from "../programs.ts";

export const lowAndSlow: Profile = {
  name: "low-and-slow",
  summary: "thousands of sources, each of which asks no more often than a reader",
  story:
    "No source asks more than twice a minute; together they are ten times the readers, day after day, so that whoever learns what is usual learns them. " +
    "While the machine carries them they may be served; readers must not pay for it.",
  defaults: { sources: 6_000, seconds: 60, ratePerSourceS: 0.03 },
  flood: {
    places: [
      [50, { country: "MA", asn: 64_504, name: "Drill network D", blocks: 4 }],
      [50, { country: "TR", asn: 64_506, name: "Drill network F", blocks: 4 }],
    ],
    headers: [[1, [`User-Agent: ${agents.android}`, "Accept: */*"]]],
    headersFor: "source",
    addresses: "own",
    asks: [
      [60, { goal: "front" }],
      [40, { goal: "linked" }],
    ],
    perConnection: [1, 1],
  },
  readers: usualReaders(alikeBrowser(agents.android, "ar-MA,ar;q=0.9")),
};
