/**
 * Search engines that say how to tell their crawlers from others': by names under a domain of theirs, forward-confirmed.
 *
 * - Google: developers.google.com/crawling/docs/crawlers-fetchers/verify-google-requests. Not `googleusercontent.com`: its customers' programs.
 * - Bing: bing.com/webmaster/help/how-to-verify-bingbot-3905dc26
 * - Apple: support.apple.com/en-us/119829
 * - Yandex: yandex.com/support/webmaster/robot-workings/check-yandex-robots.html
 * - Baidu: help.baidu.com/question?prod_id=99&class=476&id=2996
 * - DuckDuckGo publishes addresses, but no domain (duckduckgo.com/duckduckgo-help-pages/results/duckduckbot), so it stays unknown.
 */

export interface Engine {
  readonly name: string;
  /** Of its crawlers' User-Agent. */
  readonly pattern: RegExp;
  /** Its crawlers' names end in one of these; none: it names no domain. */
  readonly domains: readonly string[];
}

const engines: readonly Engine[] = [
  {
    name: "google",
    pattern:
      /Googlebot|GoogleOther|Google-InspectionTool|Storebot-Google|AdsBot-Google|Mediapartners-Google|APIs-Google/i,
    domains: ["googlebot.com", "google.com"],
  },
  { name: "bing", pattern: /bingbot|adidxbot|BingPreview|msnbot/i, domains: ["search.msn.com"] },
  { name: "apple", pattern: /Applebot/i, domains: ["applebot.apple.com"] },
  {
    name: "yandex",
    pattern: /Yandex\w*Bot|YandexImages|YandexRenderResourcesBot/i,
    domains: ["yandex.ru", "yandex.net", "yandex.com"],
  },
  { name: "baidu", pattern: /Baiduspider/i, domains: ["baidu.com", "baidu.jp"] },
  { name: "duckduckgo", pattern: /DuckDuckBot/i, domains: [] },
];

/** The one that this User-Agent says it belongs to. */
export function claimedEngine(agent: string): Engine | undefined {
  return engines.find(({ pattern }) => pattern.test(agent));
}

/** Whether a name of DNS, with or without its last dot, lies under one of the engine's domains. */
export function isOf({ domains }: Engine, name: string): boolean {
  const plain = name.toLowerCase().replace(/\.$/, "");
  return domains.some((domain) => plain.endsWith(`.${domain}`));
}
