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
const limits = { linesMax: 1_500, lineLength: 10_000 } as const;
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
  const body = textPage(lines, { page, language, takenMs, timeZone });
  return { kind: "data", type: "text/html; charset=utf-8", body: Buffer.from(body), immutable: false };
}

interface ReadPage {
  readonly lines: readonly Line[];
  /** As the page says; undefined: it doesn't. */
  readonly spoken: InterfaceLanguage | undefined;
}

/** Of bytes that stay the same, once. */
const known = new WeakMap<Uint8Array, ReadPage>();

function readPage(body: Uint8Array, type: string): ReadPage {
  const before = known.get(body);
  if (before !== undefined) return before;
  const all = pageLines("html", type, body, limits)?.lines ?? [];
  let left: number = charactersMax;
  const lines = all
    .map(({ kind, text }) => ({ kind, text: readable(text) }))
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

interface About {
  /** Path and query. */
  readonly page: string;
  readonly language: InterfaceLanguage;
  readonly takenMs: number;
  readonly timeZone: string;
}

const tags = { title: "h1", heading: "h2", text: "p" } as const;

/** Each line finds its own direction. */
function textPage(lines: readonly Line[], { page, language, takenMs, timeZone }: About): string {
  const at = writtenDate(rfc3339(takenMs), "moment", language, timeZone);
  const said = escapeHtml(approvedText[language].replace("{at}", at));
  const title = escapeHtml(lines.find(({ kind }) => kind === "title")?.text ?? page);
  // Two strokes would name a host.
  const href = escapeHtml(page.startsWith("//") ? `/.${page}` : page);
  const link = `<a href="${href}">${wholePage[language]}</a>`;
  return [
    '<!doctype html><html><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<meta name="robots" content="noindex"><title>${title}</title>`,
    `<p lang="${language}" dir="${directionOf(language)}">${said} ${link}</p><hr>`,
    ...lines.map(({ kind, text }) => `<${tags[kind]} dir="auto">${escapeHtml(text)}</${tags[kind]}>`),
    "</html>",
  ].join("\n");
}
