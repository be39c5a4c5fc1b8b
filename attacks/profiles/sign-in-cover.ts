/** A flood of pages that hides passwords being tried where people sign in. */
import { usualReaders } from "../people.ts";
import type { Profile } from "../profile.ts";
import { agents, plainBrowser } from "../programs.ts";

export const signInCover: Profile = {
  name: "sign-in-cover",
  summary: "a flood that covers passwords being tried where people sign in",
  story:
    "While everybody looks at the flood, one request in twenty tries a password: at the studio's own name where it has one, " +
    "otherwise where the most used software has its sign-in. Neither may get further for the noise around it.",
  defaults: { sources: 1_500, seconds: 20, ratePerSourceS: 4 },
  flood: {
    places: [
      [60, { country: "UA", asn: 64_506, name: "Drill network F", blocks: 4 }],
      [40, { country: "MA", asn: 64_504, name: "Drill network D", blocks: 2 }],
    ],
    headers: [
      [60, [`User-Agent: ${agents.python}`, "Accept: */*"]],
      [40, plainBrowser(agents.msie7, "en-US")],
    ],
    headersFor: "source",
    addresses: "own",
    asks: [
      [95, { goal: "front" }],
      [5, { goal: "sign-in", method: "POST" }],
    ],
    perConnection: [5, 50],
  },
  readers: usualReaders(),
};
