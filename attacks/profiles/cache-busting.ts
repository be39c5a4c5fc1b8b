/** Never the same address twice, so that no cache helps. */
import { alikeBrowser, usualReaders } from "../people.ts";
import type { Profile } from "../profile.ts";
import { agents, plainBrowser } from "../programs.ts";

export const cacheBusting: Profile = {
  name: "cache-busting",
  summary: "never the same address twice: ?z= and something else each time",
  story:
    "Each request carries another query, so that a cache in front never has the answer and the server behind makes every page anew. " +
    "The program takes a browser's name and leaves out what browsers say besides.",
  defaults: { sources: 2_000, seconds: 20, ratePerSourceS: 3 },
  flood: {
    places: [
      [70, { country: "VN", asn: 64_506, name: "Drill network F", blocks: 6 }],
      [30, { country: "FR", asn: 64_505, name: "Drill network E", blocks: 2 }],
    ],
    headers: [
      [80, plainBrowser(agents.windows, "en-US,en;q=0.9")],
      [20, plainBrowser(agents.firefox, "en-US,en;q=0.5")],
    ],
    headersFor: "source",
    addresses: "own",
    asks: [
      [70, { goal: "front", query: "fresh" }],
      [30, { goal: "linked", query: "fresh" }],
    ],
    perConnection: [10, 50],
  },
  readers: usualReaders(alikeBrowser(agents.windows, "en-US,en;q=0.9")),
};
