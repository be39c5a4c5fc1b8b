/** A flood that says what feed readers say, while feed readers read. */
import { usualReaders } from "../people.ts";
import type { Person, Profile, Weighted } from "../profile.ts";
import { agents, feedReader } from "../programs.ts";

/** As many as there are of phones, so that harm to them shows. */
const feedReaders: Weighted<Person> = [
  [15, { client: "feed-reader", headers: feedReader(agents.freshRss) }],
  [15, { client: "feed-reader", headers: feedReader(agents.miniflux) }],
];

export const fakeFeedReaders: Profile = {
  name: "fake-feed-readers",
  summary: "a flood that says what feed readers say, while real ones read",
  story:
    "Feed readers send few headers and come back by themselves, and so do bots: the flood takes the names of the most used ones. " +
    "A third of the readers are real ones, some of them in its own networks; none of them asks more than once or twice a second.",
  defaults: { sources: 1_500, seconds: 20, ratePerSourceS: 8 },
  flood: {
    places: [
      [60, { country: "DE", asn: 64_506, name: "Drill network F", blocks: 4 }],
      [40, { country: "FR", asn: 64_505, name: "Drill network E", blocks: 2 }],
    ],
    headers: [
      [60, feedReader(agents.freshRss)],
      [40, feedReader(agents.miniflux)],
    ],
    headersFor: "source",
    addresses: "own",
    asks: [
      [70, { goal: "front" }],
      [30, { goal: "linked" }],
    ],
    perConnection: [10, 100],
  },
  readers: usualReaders(feedReaders),
};
