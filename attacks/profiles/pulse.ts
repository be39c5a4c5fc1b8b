/** Two seconds on, two seconds off: what a defence learns is to be worth nothing when it comes back. */
import { usualReaders } from "../people.ts";
import type { Profile } from "../profile.ts";
import { agents } from "../programs.ts";

export const pulse: Profile = {
  name: "pulse",
  summary: "two seconds as fast as it goes, two seconds of silence, again and again",
  story:
    "The flood stops before limits and people react, and comes back when they have let go. Rules must outlive the pauses, and the mode must not flap.",
  defaults: { sources: 2_000, seconds: 20, ratePerSourceS: 0 },
  flood: {
    places: [
      [50, { country: "US", asn: 64_506, name: "Drill network F", blocks: 4 }],
      [50, { country: "FR", asn: 64_505, name: "Drill network E", blocks: 2 }],
    ],
    headers: [[1, [`User-Agent: ${agents.go}`, "Accept-Encoding: gzip"]]],
    headersFor: "source",
    addresses: "own",
    asks: [
      [90, { goal: "front" }],
      [10, { goal: "nowhere" }],
    ],
    perConnection: [10, 100],
    pulse: { onS: 2, offS: 2 },
  },
  readers: usualReaders(),
};
