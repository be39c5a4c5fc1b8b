/** Every header that a browser sends, as fast as it goes: only what they do tells them from readers. */
import { alikeBrowser, usualReaders } from "../people.ts";
import type { Profile } from "../profile.ts";
import { agents, completeChrome, completeFirefox } from "../programs.ts";

export const completeBrowsers: Profile = {
  name: "complete-browsers",
  summary: "every header that browsers send, as fast as it goes",
  story:
    "A flood of browsers without windows: their headers are complete and current, and the same as readers'. " +
    "Only what they do tells them from readers: they ask far faster than anybody reads, and never for a page's parts.",
  defaults: { sources: 3_000, seconds: 20, ratePerSourceS: 0 },
  flood: {
    places: [
      [50, { country: "MA", asn: 64_504, name: "Drill network D", blocks: 3 }],
      [50, { country: "FR", asn: 64_505, name: "Drill network E", blocks: 2 }],
    ],
    headers: [
      [50, completeChrome(agents.windows, "fr-FR,fr;q=0.9,en;q=0.6")],
      [30, completeChrome(agents.android, "ar-MA,ar;q=0.9,fr;q=0.8")],
      [20, completeFirefox(agents.firefox, "fr,en;q=0.5")],
    ],
    headersFor: "source",
    addresses: "own",
    asks: [
      [60, { goal: "front" }],
      [40, { goal: "linked" }],
    ],
    perConnection: [20, 100],
  },
  readers: usualReaders([
    ...alikeBrowser(agents.windows, "fr-FR,fr;q=0.9,en;q=0.6"),
    ...alikeBrowser(agents.android, "ar-MA,ar;q=0.9,fr;q=0.8"),
  ]),
};
