/** Search engines are let through by name: so the flood takes that name. */
import { usualReaders } from "../people.ts";
import type { Profile } from "../profile.ts";
import { agents, crawler } from "../programs.ts";

export const fakeGooglebot: Profile = {
  name: "fake-googlebot",
  summary: "a flood that calls itself Googlebot",
  story:
    "Many sites let search engines through by their name alone, and so the flood takes that name and asks for everything. " +
    "The real one can be told by its address, looked up both ways; it is not part of the drill.",
  defaults: { sources: 1_500, seconds: 20, ratePerSourceS: 4 },
  flood: {
    places: [
      [70, { country: "US", asn: 64_506, name: "Drill network F", blocks: 4 }],
      [30, { country: "MA", asn: 64_504, name: "Drill network D", blocks: 2 }],
    ],
    headers: [
      [70, crawler(agents.googlebot)],
      [30, crawler(agents.googlebotPhone)],
    ],
    headersFor: "source",
    addresses: "own",
    asks: [
      [60, { goal: "linked" }],
      [30, { goal: "front" }],
      [10, { goal: "nowhere" }],
    ],
    perConnection: [5, 50],
  },
  readers: usualReaders(),
};
