/** What programs call themselves and which header lines they send: those of readers and those that floods put on. */
import type { HeaderLines } from "./profile.ts";

export const agents = {
  android:
    "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
  iphone:
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
  inApp:
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/520.0.0.38.101;FBDV/iPhone14,5]",
  windows:
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
  firefox: "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
  mac: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
  /** Tor Browser says the same on every machine. */
  tor: "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0",
  lynx: "Lynx/2.9.2 libwww-FM/2.14 SSL-MM/1.4.1 OpenSSL/3.0.13",
  w3m: "w3m/0.5.3+git20230121",
  freshRss: "FreshRSS/1.26.1 (Linux; https://freshrss.org)",
  miniflux: "Mozilla/5.0 (compatible; Miniflux/2.2.6; +https://miniflux.app)",
  netNewsWire: "NetNewsWire (RSS Reader; https://netnewswire.com/)",
  archiveOrg: "Mozilla/5.0 (compatible; archive.org_bot +http://archive.org/details/archive.org_bot)",
  googlebot: "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  googlebotPhone:
    "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  msie6: "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; SV1)",
  msie7: "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 5.1)",
  firefox3: "Mozilla/5.0 (Windows; U; Windows NT 5.1; en-US; rv:1.9.2.18) Gecko/20110614 Firefox/3.6.18",
  opera11: "Opera/9.80 (Windows NT 5.1; U; ar) Presto/2.9.168 Version/11.50",
  python: "python-requests/2.32.3",
  go: "Go-http-client/1.1",
  okhttp: "okhttp/4.12.0",
} as const;

const pageTypes = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/** As browsers ask over plain HTTP, less what makes answers hard to compare. */
export function plainBrowser(agent: string, language: string): HeaderLines {
  return [
    `User-Agent: ${agent}`,
    `Accept: ${pageTypes}`,
    `Accept-Language: ${language}`,
    "Accept-Encoding: identity",
  ];
}

/** Everything that Chrome sends with a page that somebody opens. */
export function completeChrome(agent: string, language: string, referrer?: string): HeaderLines {
  const mobile = agent.includes("Mobile");
  return [
    'sec-ch-ua: "Chromium";v="141", "Google Chrome";v="141", "Not?A_Brand";v="8"',
    `sec-ch-ua-mobile: ?${mobile ? 1 : 0}`,
    `sec-ch-ua-platform: "${mobile ? "Android" : "Windows"}"`,
    "Upgrade-Insecure-Requests: 1",
    `User-Agent: ${agent}`,
    `Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7`,
    `Sec-Fetch-Site: ${referrer === undefined ? "none" : "cross-site"}`,
    "Sec-Fetch-Mode: navigate",
    "Sec-Fetch-User: ?1",
    "Sec-Fetch-Dest: document",
    ...(referrer === undefined ? [] : [`Referer: ${referrer}`]),
    "Accept-Encoding: gzip, deflate, br, zstd",
    `Accept-Language: ${language}`,
  ];
}

/** The same for Firefox, and with little left out for Tor Browser, which is one. */
export function completeFirefox(agent: string, language: string): HeaderLines {
  return [
    `User-Agent: ${agent}`,
    `Accept: ${pageTypes}`,
    `Accept-Language: ${language}`,
    "Accept-Encoding: gzip, deflate, br, zstd",
    "Upgrade-Insecure-Requests: 1",
    "Sec-Fetch-Dest: document",
    "Sec-Fetch-Mode: navigate",
    "Sec-Fetch-Site: none",
    "Sec-Fetch-User: ?1",
    "Priority: u=0, i",
  ];
}

export function textBrowser(agent: string, language: string): HeaderLines {
  return [
    `User-Agent: ${agent}`,
    "Accept: text/html, text/plain, text/sgml, text/css, application/xhtml+xml, */*;q=0.01",
    `Accept-Language: ${language}`,
    "Accept-Encoding: gzip",
  ];
}

/** Most send no language. */
export function feedReader(agent: string): HeaderLines {
  return [
    `User-Agent: ${agent}`,
    "Accept: application/atom+xml,application/rss+xml;q=0.9,application/xml;q=0.8,*/*;q=0.5",
    "Accept-Encoding: gzip, br",
  ];
}

export function crawler(agent: string): HeaderLines {
  return [`User-Agent: ${agent}`, `Accept: ${pageTypes}`, "Accept-Encoding: gzip, deflate, br"];
}
