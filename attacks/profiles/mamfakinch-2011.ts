/** The flood on Mamfakinch.com of 31 July 2011, as its people told it. */
import { usualReaders } from "../people.ts";
import type { HeaderLines, Profile } from "../profile.ts";
import { agents } from "../programs.ts";

/** Programs of that summer, and the lines that simple tools send. */
const browser2011 = (agent: string, ...lines: readonly string[]): HeaderLines => [
  `User-Agent: ${agent}`,
  "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  ...lines,
];

export const mamfakinch2011: Profile = {
  name: "mamfakinch-2011",
  summary: "thousands of dynamic addresses, apparently in one country, with the programs of that summer",
  story:
    "Sunday 31 July 2011, in the middle of live coverage of marches all over Morocco: thousands of dynamic addresses, apparently in Saudi Arabia, " +
    "send automated requests; within hours the portal is gone until late evening.",
  defaults: { sources: 2_000, seconds: 20, ratePerSourceS: 2 },
  flood: {
    places: [
      [92, { country: "SA", asn: 64_500, name: "Drill network A", blocks: 10 }],
      [4, { country: "AE", asn: 64_501, name: "Drill network B", blocks: 2 }],
      [4, { country: "EG", asn: 64_502, name: "Drill network C", blocks: 2 }],
    ],
    headers: [
      [30, browser2011(agents.msie6, "Accept-Language: ar-sa")],
      [25, browser2011(agents.firefox3, "Accept-Language: en-us,en;q=0.5", "Keep-Alive: 115")],
      [20, [`User-Agent: ${agents.msie7}`, "Accept: */*", "Cache-Control: no-cache"]],
      [15, ["Accept: */*"]],
      [10, browser2011(agents.opera11, "Accept-Language: ar,en;q=0.9")],
    ],
    headersFor: "source",
    addresses: "own",
    asks: [
      [80, { goal: "front" }],
      [20, { goal: "linked" }],
    ],
    perConnection: [1, 20],
  },
  readers: usualReaders(),
};
