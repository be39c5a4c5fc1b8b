/** Bots on telephones behind the addresses of one carrier, and its readers behind the very same. */
import { alikeBrowser, usualReaders } from "../people.ts";
import type { Profile } from "../profile.ts";
import { agents } from "../programs.ts";

export const carrierNat: Profile = {
  name: "carrier-nat",
  summary: "bots and readers behind the same few addresses of a carrier",
  story:
    "An app with a hidden purpose runs on telephones of one carrier: forty public addresses, behind each of them dozens of bots and people who only want to read. " +
    "Whoever bans an address bans the people behind it.",
  defaults: { sources: 1_500, seconds: 20, ratePerSourceS: 4 },
  flood: {
    places: [[1, { country: "MA", asn: 64_504, name: "Drill network D", blocks: 1 }]],
    headers: [
      [60, [`User-Agent: ${agents.okhttp}`, "Accept-Encoding: gzip"]],
      [40, [`User-Agent: ${agents.android}`, "Accept: */*"]],
    ],
    headersFor: "source",
    addresses: 40,
    asks: [
      [80, { goal: "front" }],
      [20, { goal: "linked" }],
    ],
    perConnection: [5, 50],
  },
  readers: { ...usualReaders(alikeBrowser(agents.android, "ar-MA,ar;q=0.9")), amongFlood: 0.5 },
};
