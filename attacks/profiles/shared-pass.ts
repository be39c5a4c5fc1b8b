/** One of a botnet earns a pass, and all the others show it. */
import { alikeBrowser, usualReaders, usualVisitors } from "../people.ts";
import type { Profile } from "../profile.ts";
import { agents, completeChrome } from "../programs.ts";

export const sharedPass: Profile = {
  name: "shared-pass",
  summary: "thousands of sources that all show the one ticket or pass that was earned last",
  story:
    "Thousands of sources have one set of cookies between them: what one of them has waited for or solved, all show at once. A pass that is good " +
    "for whoever shows it is to be worth its small budget to all of them together.",
  defaults: { sources: 3_000, seconds: 30, ratePerSourceS: 5 / 3 },
  flood: {
    places: [
      [60, { country: "UA", asn: 64_506, name: "Drill network F", blocks: 16 }],
      [40, { country: "MA", asn: 64_504, name: "Drill network D", blocks: 2 }],
    ],
    headers: [[1, completeChrome(agents.android, "fr-FR,fr;q=0.9")]],
    headersFor: "source",
    addresses: "own",
    asks: [[1, { goal: "front", query: "search" }]],
    perConnection: [5, 50],
    atGates: { cookies: "shared", solvers: 1 },
  },
  readers: usualReaders(alikeBrowser(agents.android, "fr-FR,fr;q=0.9")),
  visitors: usualVisitors,
};
