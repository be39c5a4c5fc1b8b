// Families of programs and languages, and the bounded memory of header lines.
import { expect, test } from "bun:test";
import * as fc from "fast-check";
import {
  type AgentFamily,
  agentFamilies,
  agentFamily,
  firstTag,
  kindName,
  kindNumber,
  kindOf,
  kinds,
  languageFamilies,
  languageFamily,
  parseKind,
} from "./traits.ts";

const agents: readonly (readonly [string, AgentFamily])[] = [
  ["", "none"],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "chrome",
  ],
  [
    "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
    "chrome",
  ],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "firefox"],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    "safari",
  ],
  ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0", "edge"],
  ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36 OPR/120.0.0.0", "opera"],
  [
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36",
    "samsung",
  ],
  [
    "Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36 [FBAN/EMA;FBAV/400]",
    "in-app",
  ],
  ["Lynx/2.9.2 libwww-FM/2.14", "text-browser"],
  ["Feedly/1.0 (+http://www.feedly.com/fetcher.html)", "feed-reader"],
  ["Mozilla/5.0 (compatible; archive.org_bot +http://archive.org/details/archive.org_bot)", "archive"],
  ["Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "crawler"],
  ["curl/8.14.1", "tool"],
  ["python-requests/2.32", "tool"],
  ["Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; SV1)", "outdated"],
  ["Mozilla/5.0 (Windows NT 6.1) AppleWebKit/535.1 Chrome/13.0.782.112 Safari/535.1", "outdated"],
  ["Opera/9.80 (J2ME/MIDP; Opera Mini/7.1/191.303; U; fr) Presto/2.12.423 Version/12.16", "opera"],
  ["Opera/9.80 (Windows NT 6.1; U; ar) Presto/2.9.168 Version/11.50", "outdated"],
  ["Mozilla/5.0 (Windows; U; Windows NT 6.1; en-US; rv:1.9.2.18) Gecko/20110614 Firefox/3.6.18", "outdated"],
  ["Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0", "firefox"],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "in-app",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 389.0.0.0.1",
    "in-app",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/141.0.0.0 Mobile/15E148 Safari/604.1",
    "chrome",
  ],
  ["w3m/0.5.3+git20230121", "text-browser"],
  ["Links (2.29; Linux 6.1.0 x86_64; GNU C 12.2; text)", "text-browser"],
  ["ELinks/0.16.1.1 (textmode; Linux 6.1.0 x86_64; 80x24-2)", "text-browser"],
  ["Dillo/3.2.0", "text-browser"],
  ["URL/Emacs Emacs/30.1 (X11; x86_64-pc-linux-gnu)", "text-browser"],
  ["newsboat/2.38.0 (Linux x86_64)", "feed-reader"],
  ["Liferea/1.15.8 (Linux; https://lzone.de/liferea/) AppleWebKit (KHTML, like Gecko)", "feed-reader"],
  ["NetNewsWire (RSS Reader; https://netnewswire.com/)", "feed-reader"],
  ["FreshRSS/1.26.3 (Linux; https://freshrss.org)", "feed-reader"],
  ["Tiny Tiny RSS/23.06-0a20dcb (https://tt-rss.org/)", "feed-reader"],
  ["Mozilla/5.0 (compatible; Miniflux/2.2.9; +https://miniflux.app)", "feed-reader"],
  ["Mozilla/5.0 (compatible; BazQux/2.4; +https://bazqux.com/fetcher; 3 subscribers)", "feed-reader"],
  ["Mozilla/5.0 (compatible; theoldreader.com; 4 subscribers; feed-id=4f2)", "feed-reader"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.4.0", "feed-reader"],
  ["AntennaPod/3.9.0", "feed-reader"],
  [
    "Archiveteam ArchiveBot/20240101.abc (wpull 2.0.3) and not Mozilla/5.0 (Windows NT 10.0) Chrome/128 Safari",
    "archive",
  ],
  [
    "Mozilla/5.0 (compatible; bnf.fr_bot; +https://www.bnf.fr/fr/capture-de-votre-site-web-par-le-robot)",
    "archive",
  ],
  ["Mastodon/4.4.5 (http.rb/5.3.1; +https://mastodon.example/)", "crawler"],
  ["facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "crawler"],
  ["Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "crawler"],
  ["Mozilla/5.0 (compatible; GoogleOther)", "crawler"],
  ["Go-http-client/2.0", "tool"],
  ["Mozilla/5.0 (unheard of)", "mozilla"],
  ["something else", "other"],
];

for (const [header, family] of agents) {
  test(`"${header.slice(0, 90)}" is of the family ${family}`, () => expect(agentFamily(header)).toBe(family));
}

test("the first language counts, and its primary subtag makes the family", () => {
  expect(firstTag("ar-MA,ar;q=0.9,fr;q=0.8")).toBe("ar-MA");
  expect(firstTag("  fr;q=0.5")).toBe("fr");
  expect([firstTag(""), firstTag("*"), firstTag(";;;")]).toEqual(["", "", ""]);
  expect(["ar-MA", "ary-Latn", "zgh", "FR", "xx", ""].map(languageFamily)).toEqual([
    "ar",
    "ar",
    "zgh",
    "fr",
    "other",
    "none",
  ]);
});

test("any header line has a family and a bounded first tag", () => {
  fc.assert(
    fc.property(fc.string(), (header) => {
      expect(agentFamilies).toContain(agentFamily(header));
      expect(languageFamilies).toContain(languageFamily(firstTag(header)));
      expect(firstTag(header).length).toBeLessThanOrEqual(35);
    }),
  );
});

test("every kind has its own number and name", () => {
  const names = new Set<string>();
  for (let agent = 0; agent < agentFamilies.length; agent += 1) {
    for (let language = 0; language < languageFamilies.length; language += 1) {
      for (const parts of [false, true]) {
        const number = kindNumber(agent, language, parts);
        expect(number).toBeLessThan(kinds);
        expect(kindOf(number)).toEqual(parseKind(kindName(kindOf(number))) as never);
        names.add(kindName(kindOf(number)));
      }
    }
  }
  expect(names.size).toBe(kinds);
  expect(parseKind("nonsense")).toBeUndefined();
});
