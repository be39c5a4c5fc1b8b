/** Not an attack: fifty times the readers, all from one link, one country, one model of telephone. */
import { alikeBrowser, usualReaders } from "../people.ts";
import type { Profile } from "../profile.ts";
import { agents, completeChrome } from "../programs.ts";

const link = "https://news.example/live";

export const flashCrowd: Profile = {
  name: "flash-crowd",
  summary: "no attack at all: fifty times the readers, one link, one country, one model of telephone",
  story:
    "A television channel shows a link. Fifty times the usual readers come within seconds, nearly all of them on the most sold telephone of one country, " +
    "open the page that was shown with all its parts, and perhaps another one. Nobody may be refused or slowed.",
  defaults: { sources: 3_000, seconds: 20, ratePerSourceS: 0.25 },
  flood: {
    places: [[1, { country: "MA", asn: 64_504, name: "Drill network D", blocks: 4 }]],
    headers: [[1, completeChrome(agents.android, "ar-MA,ar;q=0.9,fr;q=0.8", link)]],
    headersFor: "source",
    addresses: "own",
    asks: [[1, { goal: "visit" }]],
    perConnection: [2, 12],
    isCrowd: true,
  },
  readers: usualReaders(alikeBrowser(agents.android, "ar-MA,ar;q=0.9,fr;q=0.8")),
};
