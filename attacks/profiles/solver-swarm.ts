/** A botnet that answers puzzles, with real processors. */
import { alikeBrowser, usualReaders, usualVisitors } from "../people.ts";
import type { Profile } from "../profile.ts";
import { agents, completeChrome } from "../programs.ts";

export const solverSwarm: Profile = {
  name: "solver-swarm",
  summary: "searches by sources that keep their cookies and solve what they are asked to, with real proofs",
  story:
    "Thousands of sources want what costs the site behind most, keep their tickets, and have two processors of this machine solve the puzzles for " +
    "all of them, with the site's own solver. What that buys them is to be no more than what it costs them.",
  defaults: { sources: 3_000, seconds: 30, ratePerSourceS: 5 / 3 },
  flood: {
    places: [
      [60, { country: "RU", asn: 64_506, name: "Drill network F", blocks: 16 }],
      [40, { country: "MA", asn: 64_504, name: "Drill network D", blocks: 2 }],
    ],
    headers: [[1, completeChrome(agents.windows, "fr-FR,fr;q=0.9")]],
    headersFor: "source",
    addresses: "own",
    asks: [[1, { goal: "front", query: "search" }]],
    perConnection: [5, 50],
    atGates: { cookies: "own", solvers: 2 },
  },
  readers: usualReaders(alikeBrowser(agents.windows, "fr-FR,fr;q=0.9")),
  visitors: usualVisitors,
};
