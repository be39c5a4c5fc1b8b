/** Proofs, right and wrong, sent to be looked at. */
import { alikeBrowser, usualReaders, usualVisitors } from "../people.ts";
import type { Profile } from "../profile.ts";
import { agents, completeChrome } from "../programs.ts";

export const verifierFlood: Profile = {
  name: "verifier-flood",
  summary: "one right proof, sent again and again, with its own ticket and with others",
  story:
    "Thousands of sources fetch tickets; one puzzle is solved, and its proof is sent ever again: half of the time with the ticket that it was for, " +
    "so that it is right and used, half with another one, so that it is wrong. Looking at proofs is to cost no more than giving out pages.",
  defaults: { sources: 3_000, seconds: 30, ratePerSourceS: 5 / 3 },
  flood: {
    places: [
      [60, { country: "RU", asn: 64_506, name: "Drill network F", blocks: 16 }],
      [40, { country: "FR", asn: 64_505, name: "Drill network E", blocks: 2 }],
    ],
    headers: [[1, completeChrome(agents.windows, "en-US,en;q=0.9")]],
    headersFor: "source",
    addresses: "own",
    asks: [[1, { goal: "front", query: "search" }]],
    perConnection: [5, 50],
    atGates: { cookies: "own", solvers: 1, usesProofsAgain: true },
  },
  readers: usualReaders(alikeBrowser(agents.windows, "en-US,en;q=0.9")),
  visitors: usualVisitors,
};
