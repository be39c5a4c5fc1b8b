/** Connections that ask for much and take nothing of it, so that none is left for anybody else. */
import { farAndNear } from "../bots.ts";
import { usualReaders } from "../people.ts";
import type { Profile } from "../profile.ts";
import { agents, plainBrowser } from "../programs.ts";

export const slowReader: Profile = {
  name: "slow-reader",
  summary: "connections that ask for the largest page and take next to nothing of it",
  story:
    "A few hundred sources ask for the largest page three hundred times at once, and read no more than its beginning, on " +
    "one connection each. What they use up is connections, and what waits in them.",
  defaults: { sources: 600, seconds: 120, ratePerSourceS: 0.2 },
  flood: {
    places: farAndNear,
    headers: [[1, plainBrowser(agents.windows, "fr-FR,fr;q=0.9")]],
    headersFor: "source",
    addresses: "own",
    asks: [[1, { goal: "largest" }]],
    perConnection: [300, 300],
    takesNothing: true,
  },
  readers: usualReaders(),
};
