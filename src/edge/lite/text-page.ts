/** A page's text as it stands in for the page: with a line on top that says so and leads to the whole, and a style of a few hundred bytes. Pure. */
import { rfc3339 } from "../../base/clock.ts";
import { writtenDate } from "../../language/dates.ts";
import { directionOf, type InterfaceLanguage } from "../../language/tags.ts";
import { escapeHtml } from "../errors.ts";
import { ownAddress } from "../gone/text-form.ts";
import { hashSource } from "../plain-shell.ts";
import { securityHeaders } from "../security-headers.ts";
import { type LineKind, lines, wholePage } from "./words.ts";

/**
 * As wide as a column that one reads through, in the browser's own colours for day and night, with nothing to load: more
 * style would weigh as much as the text.
 */
const style = `
:root { color-scheme: light dark }
body { max-width: 38rem; margin: 0 auto; padding: 1rem 1.25rem 3rem; font: 1.125rem/1.6 Charter, Georgia, serif; overflow-wrap: anywhere }
body:lang(ar) { line-height: 1.8 }
h1 { font-size: 1.9rem; line-height: 1.35; margin: 1rem 0 }
main > ul { list-style: none; padding: 0 }
main > ul > li { padding-block: .7rem; border-block-start: 1px solid #8886 }
time { font-size: .85rem; opacity: .8; white-space: nowrap }
table { display: block; overflow-x: auto }
.why { padding-block-end: .75rem; border-block-end: .15rem solid #a80; font: .9rem/1.5 system-ui, sans-serif }
`
  .replace(/\n/g, "")
  .replace(/ ?([{}:;,>]) ?/g, "$1");
const policy = `default-src 'none'; style-src ${hashSource(style)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
export const textType = "text/html; charset=utf-8";

export interface Line {
  readonly kind: LineKind;
  readonly language: InterfaceLanguage;
  /** Since when pages come as text, ms since 1970. */
  readonly sinceMs: number;
  /** IANA name. */
  readonly timeZone: string;
  /** Path and query of the page. */
  readonly page: string;
}

/** The line, as an element. */
export function lineHtml({ kind, language, sinceMs, timeZone, page }: Line): string {
  const since = writtenDate(rfc3339(sinceMs), "moment", language, timeZone);
  const words = escapeHtml(lines[kind][language].replace("{since}", () => since));
  const link = `<a href="${escapeHtml(wholeAddress(page))}">${wholePage[language]}</a>`;
  return `<p class="why" role="note" lang="${language}" dir="${directionOf(language)}">${words} ${link}</p>`;
}

export const headHtml = `<style>${style}</style>`;

/** Who follows it wants the page although it weighs more. */
export const wholeParameter = "kasbah=whole";

function wholeAddress(page: string): string {
  const address = ownAddress(page);
  return `${address}${address.includes("?") ? "&" : "?"}${wholeParameter}`;
}

/** Search engines are to leave out the text beside the page, not the page. */
const unlisted = /<meta name="robots" content="noindex"\s*\/?>/;

/** A signed text page of the newsroom's, which leads back to its page by `page`. Undefined where it isn't built as those are. */
export function standingIn(text: string, line: Line): string | undefined {
  const [head, rest, ...more] = text.split("</head>");
  const body = /^\s*<body[^>]*>/.exec(rest ?? "")?.[0];
  if (head === undefined || rest === undefined || body === undefined) return undefined;
  const content = [rest.slice(body.length), ...more].join("</head>");
  const toWhole = `href="${escapeHtml(line.page)}"`;
  const followed = content.replace(toWhole, () => `href="${escapeHtml(wholeAddress(line.page))}"`);
  return `${head.replace(unlisted, "")}${headHtml}</head>${body}${lineHtml(line)}${followed}`;
}

/** Nobody may keep it as the page. `kasbah-form` is for machines. */
export function textHeaders(language: string, tls: boolean): [string, string][] {
  return Object.entries({
    ...securityHeaders(undefined, textType, tls),
    "content-type": textType,
    "content-language": language,
    "content-security-policy": policy,
    "cache-control": "no-store",
    "kasbah-form": "text",
  });
}
