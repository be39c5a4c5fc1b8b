/** What costs most: searches, the largest page, forms. */
import { farAndNear } from "../bots.ts";
import { alikeBrowser, usualReaders, usualVisitors } from "../people.ts";
import type { Profile } from "../profile.ts";
import { agents, plainBrowser } from "../programs.ts";

export const expensiveEndpoint: Profile = {
  name: "expensive-endpoint",
  summary: "the costliest there is: searches, the largest page, forms",
  story:
    "A few hundred sources that ask rarely, but for what costs most: searches that go through to the site behind (`[origin]`), its largest page " +
    "as it is, and forms. A limit on requests alone does not see them.",
  defaults: { sources: 800, seconds: 20, ratePerSourceS: 2 },
  flood: {
    places: farAndNear,
    headers: [[1, plainBrowser(agents.windows, "fr-FR,fr;q=0.9")]],
    headersFor: "source",
    addresses: "own",
    asks: [
      [60, { goal: "front", query: "search" }],
      [20, { goal: "largest", query: "fresh" }],
      [20, { goal: "front", method: "POST" }],
    ],
    perConnection: [5, 20],
  },
  readers: usualReaders(alikeBrowser(agents.windows, "fr-FR,fr;q=0.9")),
  visitors: usualVisitors,
};
