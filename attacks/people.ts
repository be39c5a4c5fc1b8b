/** Usual readers of a portal from Morocco: who they are, what they read with, and how they are spread over a drill. */
import type { Person, Place, ReadersStory, VisitorsStory, Weighted } from "./profile.ts";
import {
  agents,
  completeChrome,
  completeFirefox,
  crawler,
  feedReader,
  plainBrowser,
  textBrowser,
} from "./programs.ts";

const places: Weighted<Place> = [
  [70, { country: "MA", asn: 64_504, name: "Drill network D", blocks: 2 }],
  [30, { country: "FR", asn: 64_505, name: "Drill network E", blocks: 1 }],
];

/** The smallest share is two in a hundred: one of 60. */
const everybody: Weighted<Person> = [
  [18, { client: "phone", headers: plainBrowser(agents.android, "ar-MA,ar;q=0.9,fr;q=0.8") }],
  [12, { client: "phone", headers: completeChrome(agents.android, "ar-MA,ar;q=0.9,fr;q=0.8") }],
  [14, { client: "phone", headers: plainBrowser(agents.iphone, "fr-FR,fr;q=0.9,en;q=0.6") }],
  [6, { client: "phone", headers: plainBrowser(agents.inApp, "fr-MA") }],
  [12, { client: "desktop", headers: plainBrowser(agents.windows, "fr-MA,fr;q=0.9,ar;q=0.7") }],
  [8, { client: "desktop", headers: completeChrome(agents.windows, "fr-MA,fr;q=0.9,ar;q=0.7") }],
  [6, { client: "desktop", headers: plainBrowser(agents.firefox, "ar,en;q=0.5") }],
  [4, { client: "desktop", headers: plainBrowser(agents.mac, "en-US,en;q=0.9") }],
  [6, { client: "tor", headers: completeFirefox(agents.tor, "en-US,en;q=0.5") }],
  [2, { client: "text-browser", headers: textBrowser(agents.lynx, "ar") }],
  [2, { client: "text-browser", headers: textBrowser(agents.w3m, "en;q=1.0") }],
  [3, { client: "feed-reader", headers: feedReader(agents.freshRss) }],
  [2, { client: "feed-reader", headers: feedReader(agents.miniflux) }],
  [2, { client: "feed-reader", headers: feedReader(agents.netNewsWire) }],
  [3, { client: "archive", headers: crawler(agents.archiveOrg) }],
];

/** Of the readers: half come after onset, a quarter from the flood's own networks, and `alike` read with the very programs that it names. */
export function usualReaders(alike: Weighted<Person> = []): ReadersStory {
  return {
    count: 60,
    amongFlood: 0.25,
    late: 0.5,
    places,
    people: [...everybody, ...alike],
    thinkMs: 800,
  };
}

/** A browser that says the same as the flood's. */
export function alikeBrowser(agent: string, language: string, weight = 15): Weighted<Person> {
  const client = agent.includes("Mobile") ? "phone" : "desktop";
  return [[weight, { client, headers: plainBrowser(agent, language) }]];
}

/** A search, a comment, a page that nobody keeps. */
export const usualVisitors: VisitorsStory = { perS: 5, plain: 1 / 3 };
