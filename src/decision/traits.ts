/**
 * What requests have in common: the family of the client's program, the language that it asks for first, and whether it also
 * fetches the parts of a page. Together they are its kind, a small number; no kind by itself is refused anything.
 */

/** In the order of their numbers. `outdated` browsers are older than 2015; `none` sent nothing. */
export const agentFamilies = [
  "none",
  "chrome",
  "safari",
  "firefox",
  "edge",
  "opera",
  "samsung",
  "in-app",
  "text-browser",
  "feed-reader",
  "archive",
  "crawler",
  "tool",
  "outdated",
  "mozilla",
  "other",
] as const;
export type AgentFamily = (typeof agentFamilies)[number];

/** In the order of their numbers: primary subtags of BCP 47. */
export const languageFamilies = [
  "none",
  "ar",
  "zgh",
  "fr",
  "en",
  "es",
  "de",
  "it",
  "nl",
  "pt",
  "tr",
  "ru",
  "fa",
  "he",
  "zh",
  "other",
] as const;
export type LanguageFamily = (typeof languageFamilies)[number];

/** Kinds are 0 to `kinds` - 1. */
export const kinds = agentFamilies.length * languageFamilies.length * 2;

export interface Kind {
  readonly agent: AgentFamily;
  readonly language: LanguageFamily;
  /** Its source also fetched style sheets, scripts, images or fonts. */
  readonly parts: boolean;
}

/** `agent` and `language` by their number. */
export function kindNumber(agent: number, language: number, parts: boolean): number {
  return (agent * languageFamilies.length + language) * 2 + (parts ? 1 : 0);
}

export function kindOf(number: number): Kind {
  const pair = number >> 1;
  return {
    agent: agentFamilies[Math.floor(pair / languageFamilies.length)] ?? "other",
    language: languageFamilies[pair % languageFamilies.length] ?? "other",
    parts: (number & 1) === 1,
  };
}

/** `firefox fr parts`, `none none bare`. */
export function kindName({ agent, language, parts }: Kind): string {
  return `${agent} ${language} ${parts ? "parts" : "bare"}`;
}

/** Undefined where it is not a kind's name. */
export function parseKind(name: string): Kind | undefined {
  const [agent, language, parts] = name.split(" ");
  const known = {
    agent: agentFamilies.find((family) => family === agent),
    language: languageFamilies.find((family) => family === language),
  };
  if (known.agent === undefined || known.language === undefined) return undefined;
  return { agent: known.agent, language: known.language, parts: parts === "parts" };
}

/** First match wins: programs that call themselves by several names come before those whose name they borrow. */
const agentPatterns: readonly (readonly [RegExp, AgentFamily])[] = [
  [
    /archive\.org_bot|wayback|heritrix|archive-it|archiveteam|archivebot|ia_archiver|perma\.cc|brozzler|browsertrix|bnf\.fr_bot/i,
    "archive",
  ],
  [
    /feed|rss|newsblur|inoreader|theoldreader|bazqux|thunderbird|miniflux|netnewswire|newsboat|newsbeuter|liferea|akregator|simplepie/i,
    "feed-reader",
  ],
  [/^(Reeder|Vienna|Nextcloud-News|Blogtrottr|AntennaPod|gPodder|Overcast)\b/, "feed-reader"],
  [/bot\b|bot[/;)]|crawl|spider|slurp|externalhit|externalagent|bingpreview|chatgpt-user/i, "crawler"],
  [/^Google[-A-Z]|GoogleOther|Google-InspectionTool|Mediapartners-Google|Google-Read-Aloud/, "crawler"],
  [/^(Mastodon|Pleroma|Akkoma|Misskey|Lemmy|Friendica)\b/i, "crawler"],
  [
    /^(curl|wget|python|go-http|java|okhttp|libwww|ruby|php|node|undici|axios|apache-httpclient|aiohttp|httpx|scrapy|httrack)/i,
    "tool",
  ],
  [/^(lynx|w3m|e?links|browsh|dillo|netsurf|edbrowse|offpunk|chawan|URL\/Emacs)\b/i, "text-browser"],
  [/Opera Mini\/|Opera Mobi\//, "opera"],
  [
    /FBAN|FBAV|FB_IAB|Instagram|WhatsApp|Telegram|Twitter|TikTok|musical_ly|Bytedance|Snapchat|LinkedInApp|MicroMessenger|; wv\)/,
    "in-app",
  ],
  // A page inside another program on iOS: Safari itself ends with its version.
  [
    /^Mozilla\/5\.0 \((iPhone|iPad|iPod)[^)]*\) AppleWebKit\/[\d.]+ \(KHTML, like Gecko\) Mobile\/\w+$/,
    "in-app",
  ],
  [
    /MSIE |Trident\/|Presto\/|Windows NT 5|(Chrome|Firefox)\/([1-3]?\d)\.|Version\/[1-7]\..*Safari/,
    "outdated",
  ],
  [/SamsungBrowser\//, "samsung"],
  [/OPR\/|Opera/, "opera"],
  [/Edg(e|A|iOS)?\//, "edge"],
  [/Firefox\/|FxiOS\//, "firefox"],
  [/Chrome\/|CriOS\/|Chromium\//, "chrome"],
  [/Safari\//, "safari"],
  [/^Mozilla\//, "mozilla"],
];

export function agentFamily(userAgent: string): AgentFamily {
  if (userAgent === "") return "none";
  return agentPatterns.find(([pattern]) => pattern.test(userAgent))?.[1] ?? "other";
}

/** The first tag of an Accept-Language (RFC 9110, section 12.5.4) as it was sent: `ar-MA`; the empty string where there is none. */
export function firstTag(acceptLanguage: string): string {
  return /^\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,3})/.exec(acceptLanguage)?.[1] ?? "";
}

const sameFamily: Readonly<Record<string, LanguageFamily>> = {
  ary: "ar",
  ber: "zgh",
  tzm: "zgh",
  shi: "zgh",
  rif: "zgh",
};

export function languageFamily(tag: string): LanguageFamily {
  const primary = tag.split("-", 1)[0]?.toLowerCase() ?? "";
  if (primary === "") return "none";
  return sameFamily[primary] ?? languageFamilies.find((family) => family === primary) ?? "other";
}
