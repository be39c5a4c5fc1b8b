/** The flood on Mamfakinch.com of 31 July 2011, as its people told it. */
import type { Profile } from "../profile.ts";

/** Programs of that summer, and the lines that simple tools send. */
const browser2011 = (agent: string, ...lines: readonly string[]): readonly string[] => [
  `User-Agent: ${agent}`,
  "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  ...lines,
];

const person = (agent: string, language: string): readonly string[] => [
  `User-Agent: ${agent}`,
  "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  `Accept-Language: ${language}`,
];

const android =
  "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36";
const windows =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";
const iphone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";

export const mamfakinch2011: Profile = {
  name: "mamfakinch-2011",
  story:
    "Sunday 31 July 2011, in the middle of live coverage of marches all over Morocco: thousands of dynamic addresses, apparently in Saudi Arabia, " +
    "send automated requests; within hours the portal is gone until late evening.",
  defaults: { sources: 2_000, seconds: 20, ratePerSourceS: 2 },
  flood: {
    places: [
      [92, { country: "SA", asn: 64_500, name: "Drill network A", blocks: 10 }],
      [4, { country: "AE", asn: 64_501, name: "Drill network B", blocks: 2 }],
      [4, { country: "EG", asn: 64_502, name: "Drill network C", blocks: 2 }],
    ],
    headers: [
      [30, browser2011("Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; SV1)", "Accept-Language: ar-sa")],
      [
        25,
        browser2011(
          "Mozilla/5.0 (Windows; U; Windows NT 5.1; en-US; rv:1.9.2.18) Gecko/20110614 Firefox/3.6.18",
          "Accept-Language: en-us,en;q=0.5",
          "Keep-Alive: 115",
        ),
      ],
      [
        20,
        [
          "User-Agent: Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 5.1)",
          "Accept: */*",
          "Cache-Control: no-cache",
        ],
      ],
      [15, ["Accept: */*"]],
      [
        10,
        browser2011(
          "Opera/9.80 (Windows NT 5.1; U; ar) Presto/2.9.168 Version/11.50",
          "Accept-Language: ar,en;q=0.9",
        ),
      ],
    ],
    pages: [
      [80, "front"],
      [20, "linked"],
    ],
    perConnection: [1, 20],
  },
  readers: {
    count: 60,
    amongFlood: 0.2,
    places: [
      [70, { country: "MA", asn: 64_504, name: "Drill network D", blocks: 2 }],
      [30, { country: "FR", asn: 64_505, name: "Drill network E", blocks: 1 }],
    ],
    headers: [
      [45, person(android, "ar-MA,ar;q=0.9,fr;q=0.8")],
      [25, person(windows, "fr-MA,fr;q=0.9,ar;q=0.7")],
      [20, person(iphone, "fr-FR,fr;q=0.9,en;q=0.6")],
      [10, person(firefox, "ar,en;q=0.5")],
    ],
    thinkMs: 800,
  },
};
