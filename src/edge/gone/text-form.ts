/**
 * The text of an approved copy, for whoever has a bad connection or wants nothing but to read: headings and paragraphs, no script, no picture, a few
 * kilobytes. Below `/_kasbah/text`, at the page's own address, whether the site is there or not: the origin is never asked.
 */
import { rfc3339 } from "../../base/clock.ts";
import { type Line, pageLines } from "../../guard/reading/page-lines.ts";
import { writtenDate } from "../../language/dates.ts";
import { directionOf, type InterfaceLanguage, interfaceOf } from "../../language/tags.ts";
import { escapeHtml, languageOf } from "../errors.ts";
import type { Exchange } from "../exchange.ts";
import type { Outcome } from "../outcome.ts";
import type { EdgeState } from "../state.ts";
import { languageOfPage } from "./notice.ts";
import { approvedText, wholePage } from "./words.ts";

/** Then the page's path. */
export const textPrefix = "/_kasbah/text/";

/** Books are no pages: what is longer is cut. */
const limits = { linesMax: 1_500, lineLength: 10_000, withLinks: true } as const;
const charactersMax = 60_000;

type Place = Pick<Exchange, "path" | "query">;

/** Where the text is of the copy that stands for it; undefined: it has none. */
export function textAddress({
  path,
  query,
  way: { judge },
}: Place & { readonly way: NonNullable<EdgeState["origin"]> }): string | undefined {
  const page = judge.pageOf({ path, query });
  return page === undefined ? undefined : `${textPrefix}${page.slice(1)}`;
}

/** Undefined where nothing was approved at that address. */
export async function textForm(exchange: Exchange, state: EdgeState): Promise<Outcome | undefined> {
  const { origin, lanes, book, languages, timeZone } = state;
  if (origin === undefined || lanes.get(exchange.site) !== origin.lane) return undefined;
  const place = { path: exchange.path.slice(textPrefix.length - 1), query: exchange.query };
  const page = origin.judge.pageOf(place);
  if (page === undefined || book?.isWithdrawn(exchange.site, place.path) === true) return undefined;
  const copy = await origin.judge.copy({ ...place, method: "GET", isStaff: false, exchange });
  if (copy === undefined || copy.body instanceof Blob) return undefined;
  const type = copy.headers.get("content-type") ?? "";
  const takenMs = Date.parse(copy.headers.get("last-modified") ?? "");
  const { lines, spoken } = readPage(copy.body, type);
  const language = spoken ?? interfaceOf(languageOf(place.path, languages));
  const top = approvedLine({ page, language, takenMs, timeZone });
  const body = textPage(lines, { page, language, top });
  return { kind: "data", type: "text/html; charset=utf-8", body: Buffer.from(body), immutable: false };
}

export interface ReadPage {
  readonly lines: readonly Line[];
  /** As the page says; undefined: it doesn't. */
  readonly spoken: InterfaceLanguage | undefined;
}

/** Of bytes that stay the same, once. */
const known = new WeakMap<Uint8Array, ReadPage>();

/** `type`: the whole Content-Type. */
export function readPage(body: Uint8Array, type: string): ReadPage {
  const before = known.get(body);
  if (before !== undefined) return before;
  const all = pageLines("html", type, body, limits)?.lines ?? [];
  let left: number = charactersMax;
  const lines = all
    .map((line) => Object.assign({}, line, { text: readable(line.text) }))
    .filter(({ text }) => text !== "" && (left -= text.length) >= 0);
  const read = { lines, spoken: languageOfPage(body) };
  known.set(body, read);
  return read;
}

/** Signs that turn the line around them, and controls, do nothing any more; marks and joiners that Arabic is written with stay. */
function readable(text: string): string {
  return text
    .slice(0, limits.lineLength)
    .replace(/(?![\u200c-\u200f\u061c])[\p{C}\p{Zl}\p{Zp}]/gu, "")
    .trim();
}

interface Taken {
  /** Path and query. */
  readonly page: string;
  readonly language: InterfaceLanguage;
  readonly takenMs: number;
  readonly timeZone: string;
}

function approvedLine({ page, language, takenMs, timeZone }: Taken): string {
  const at = writtenDate(rfc3339(takenMs), "moment", language, timeZone);
  const said = escapeHtml(approvedText[language].replace("{at}", at));
  const link = `<a href="${escapeHtml(ownAddress(page))}">${wholePage[language]}</a>`;
  return `<p lang="${language}" dir="${directionOf(language)}">${said} ${link}</p><hr>`;
}

/** Two strokes would name a host. */
export function ownAddress(page: string): string {
  return page.startsWith("//") ? `/.${page}` : page;
}

export interface TextPage {
  /** Path and query. */
  readonly page: string;
  readonly language: InterfaceLanguage;
  /** Markup: what stands above the text. */
  readonly top: string;
  /** Markup, instead of what keeps search engines away. */
  readonly head?: string;
}

const tags = { title: "h1", heading: "h2", text: "p" } as const;
const unlisted = '<meta name="robots" content="noindex">';

/** Each line finds its own direction. */
export function textPage(lines: readonly Line[], { page, language, top, head = unlisted }: TextPage): string {
  const title = escapeHtml(lines.find(({ kind }) => kind === "title")?.text ?? page);
  return [
    `<!doctype html><html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width,initial-scale=1">${head}<title>${title}</title></head><body>`,
    top,
    ...lines.map((line) => lineHtml(line, page)),
    "</body></html>",
  ].join("\n");
}

function lineHtml({ kind, text, href }: Line, page: string): string {
  const words = escapeHtml(text);
  const address = href === undefined ? undefined : addressOf(href, page);
  const content = address === undefined ? words : `<a href="${escapeHtml(address)}">${words}</a>`;
  return `<${tags[kind]} dir="auto">${content}</${tags[kind]}>`;
}

const anyHost = "http://site.invalid";

/** From the root where it is the site's own; undefined where it leads to no page. */
function addressOf(href: string, page: string): string | undefined {
  const url = URL.parse(href, `${anyHost}${ownAddress(page)}`);
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) return undefined;
  if (url.origin !== anyHost) return url.href;
  return ownAddress(`${url.pathname}${url.search}${url.hash}`);
}
