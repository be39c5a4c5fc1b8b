/** As whom the site is looked at: what one of them gets and the others don't is shown to them alone. */
import type { Visitor } from "../client/client.ts";

export type VisitorName = "browser" | "googlebot" | "searcher" | "elsewhere";

/** Of Google's published ranges (developers.google.com/search/apis/ipranges/googlebot.json): who hides things from everybody else asks for it. */
const googlebotAddress = "66.249.66.1";
/** RFC 5737: nobody's. */
const readerAddress = "192.0.2.10";

const browser = {
  "user-agent":
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
  accept: "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8",
  "accept-language": "fr,en;q=0.8,ar;q=0.6",
} as const;

const googlebot = {
  "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
} as const;

/** `proxy`: empty where there is none, and then nobody looks from elsewhere. */
export function visitorsBy(proxy: string): ReadonlyMap<VisitorName, Visitor> {
  const visitors = new Map<VisitorName, Visitor>([
    ["browser", { headers: browser, address: readerAddress }],
    ["googlebot", { headers: googlebot, address: googlebotAddress }],
    ["searcher", { headers: { ...browser, referer: "https://www.google.com/" }, address: readerAddress }],
  ]);
  if (proxy !== "") visitors.set("elsewhere", { headers: browser, address: "", proxy });
  return visitors;
}
