/** Forms that want to be kept, and come back. */
import { farAndNear } from "../bots.ts";
import { alikeBrowser, usualReaders, usualVisitors } from "../people.ts";
import type { Profile } from "../profile.ts";
import { agents, plainBrowser } from "../programs.ts";

export const formFlood: Profile = {
  name: "form-flood",
  summary: "forms as long as may be kept, sent, given back, and sent again",
  story:
    "Hundreds of sources send forms of half of what may be kept for its sender, and send again what they are given back. Each has to be read, closed " +
    "and opened; none of that is to fill the edge's memory or take the time that readers need.",
  defaults: { sources: 600, seconds: 20, ratePerSourceS: 1 },
  flood: {
    places: farAndNear,
    headers: [[1, plainBrowser(agents.windows, "fr-FR,fr;q=0.9")]],
    headersFor: "source",
    addresses: "own",
    asks: [[1, { goal: "front", method: "POST", formBytes: 32 * 1_024 }]],
    perConnection: [5, 20],
    atGates: { cookies: "own", returnsForms: true },
  },
  readers: usualReaders(alikeBrowser(agents.windows, "fr-FR,fr;q=0.9")),
  visitors: usualVisitors,
};
