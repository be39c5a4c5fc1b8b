/** Another User-Agent with every request, and no Accept: so no name is worth a rule. */
import { alikeBrowser, usualReaders } from "../people.ts";
import type { Profile } from "../profile.ts";
import { agents } from "../programs.ts";

export const rotatingAgents: Profile = {
  name: "rotating-agents",
  summary: "another User-Agent with every request",
  story:
    "The tool draws another name from its list for each request, so that none of them stands out; what it forgets is everything else that browsers send.",
  defaults: { sources: 3_000, seconds: 20, ratePerSourceS: 0 },
  flood: {
    places: [
      [70, { country: "IN", asn: 64_506, name: "Drill network F", blocks: 6 }],
      [30, { country: "MA", asn: 64_504, name: "Drill network D", blocks: 2 }],
    ],
    headers: [
      agents.windows,
      agents.firefox,
      agents.iphone,
      agents.android,
      agents.opera11,
      agents.msie7,
    ].map((agent) => [1, [`User-Agent: ${agent}`]] as const),
    headersFor: "request",
    addresses: "own",
    asks: [
      [80, { goal: "front" }],
      [10, { goal: "linked" }],
      [10, { goal: "front", method: "HEAD" }],
    ],
    perConnection: [10, 100],
  },
  readers: usualReaders(alikeBrowser(agents.iphone, "fr-FR,fr;q=0.9")),
};
