/**
 * The line at the top of an approved copy that is shown because its site can't be reached: since when, what it is, and what can't be done.
 * Pure. It goes in where a browser would have the body begin, whatever odd HTML stands around it, as one element whose characters all are
 * ASCII: it reads the same in every encoding that extends it, and it adds nothing but itself to the page.
 */
import { type DefaultTreeAdapterTypes as Tree, parse } from "parse5";
import { rfc3339 } from "../../base/clock.ts";
import { writtenDate } from "../../language/dates.ts";
import { directionOf, type InterfaceLanguage } from "../../language/tags.ts";
import { lastForm, lastKept, textOnly } from "./words.ts";

export interface NoticeFacts {
  /** Since when the site can't be reached, ms since 1970. */
  readonly sinceMs: number;
  /** Where the page doesn't say its own. */
  readonly language: InterfaceLanguage;
  /** IANA name. */
  readonly timeZone: string;
  /** Its approved form, or just the last one that came. */
  readonly form: "approved" | "kept";
  /** Where its text is to be had alone; undefined: nowhere. */
  readonly textAt?: string | undefined;
}

/** Where the body begins in nearly all pages; reading them as browsers do takes ms. The whole is read where it doesn't. */
const beginningsBytes = [16 * 1024, 128 * 1024] as const;
/** The longest name of a character: &CounterClockwiseContourIntegral; */
const referenceMax = 40;
const encodedAs16Bits = [
  [0xfe, 0xff],
  [0xff, 0xfe],
] as const;
const utf8Mark = [0xef, 0xbb, 0xbf] as const;

/** The same bytes where there is no body to put it into: framesets, empty pages, and what is not encoded as an extension of ASCII. */
export function withNotice(html: Uint8Array, facts: NoticeFacts): Uint8Array<ArrayBuffer> {
  const place = encodedAs16Bits.some((mark) => beginsWith(html, mark)) ? undefined : placeIn(html);
  if (place === undefined) return new Uint8Array(html);
  const notice = Buffer.from(noticeElement(place.language ?? facts.language, facts), "latin1");
  return new Uint8Array(Buffer.concat([html.subarray(0, place.at), notice, html.subarray(place.at)]));
}

/** As the page itself says, of the interface's languages the one that its readers read; undefined: it doesn't. */
export function languageOfPage(html: Uint8Array): InterfaceLanguage | undefined {
  return placeIn(html)?.language;
}

interface Place {
  /** Bytes before it. */
  readonly at: number;
  readonly language: InterfaceLanguage | undefined;
}

function placeIn(html: Uint8Array): Place | undefined {
  const skipped = beginsWith(html, utf8Mark) ? utf8Mark.length : 0;
  const text = Buffer.from(html.buffer, html.byteOffset + skipped, html.length - skipped);
  for (const length of beginningsBytes) {
    if (text.length <= length) break;
    const found = placeInBeginning(text.toString("latin1", 0, length));
    if (found !== undefined) return { ...found, at: found.at + skipped };
  }
  const place = placeInText(text.toString("latin1"));
  return place && { ...place, at: place.at + skipped };
}

/** Up to its last whole tag. */
function placeInBeginning(text: string): Place | undefined {
  return placeInText(text.slice(0, text.lastIndexOf("<")));
}

/** `text`: one character for each byte. */
function placeInText(text: string): Place | undefined {
  const root = childNamed(parse(text, { sourceCodeLocationInfo: true }), "html");
  const body = root && childNamed(root, "body");
  if (root === undefined || body === undefined) return undefined;
  const begins = body.sourceCodeLocation?.startTag?.endOffset ?? firstOf(body, text);
  return begins === undefined ? undefined : { at: begins, language: spoken(root) };
}

/** Of a body whose tag is left out. What stands first in the tree may have come later: text inside a table's. */
function firstOf({ childNodes }: Tree.Element, text: string): number | undefined {
  const offsets = childNodes.flatMap(({ sourceCodeLocation }) => sourceCodeLocation?.startOffset ?? []);
  if (offsets.length === 0) return undefined;
  const first = Math.min(...offsets);
  // Of text that begins with a reference like &eacute; after white space, parse5 (8.1) says where that ends.
  const reference = /&#?\w*$/.exec(text.slice(Math.max(0, first - referenceMax), first));
  return first - (reference?.[0].length ?? 0);
}

function childNamed({ childNodes }: Tree.Document | Tree.Element, name: string): Tree.Element | undefined {
  return childNodes.find((node): node is Tree.Element => node.nodeName === name && "attrs" in node);
}

/** Whoever reads Darija or Tamazight reads Arabic or French; in Arabic letters, rather Arabic. */
const languages: Readonly<Record<string, InterfaceLanguage>> = {
  ar: "ar",
  ary: "ar",
  arq: "ar",
  fr: "fr",
  zgh: "fr",
  ber: "fr",
  shi: "fr",
  rif: "fr",
  en: "en",
};

function spoken({ attrs }: Tree.Element): InterfaceLanguage | undefined {
  const said = attrs.find(({ name }) => name === "lang" || name === "xml:lang")?.value ?? "";
  const main = /^[a-z]{2,3}(?=$|[-_])/i.exec(said.trim())?.[0].toLowerCase() ?? "";
  return Object.hasOwn(languages, main) ? languages[main] : undefined;
}

/**
 * Where the page's Content-Security-Policy refuses the style, plain text is left. It takes a line of its own also where the body is laid out
 * as a row or a grid, and nothing of the page's own style reaches it.
 */
const style = [
  "all:initial",
  "display:block",
  "box-sizing:border-box",
  "flex:0 0 100%",
  "grid-column:1/-1",
  "margin:0",
  "padding:.6em 1em",
  "background:#fff3cd",
  "color:#3b2f00",
  "border-bottom:1px solid #c79a00",
  "font:16px/1.5 system-ui,sans-serif",
  "text-align:start",
  "overflow-wrap:anywhere",
].join(";");

const linkStyle = "all:initial;font:inherit;color:inherit;text-decoration:underline;cursor:pointer";

function noticeElement(
  language: InterfaceLanguage,
  { sinceMs, timeZone, form, textAt }: NoticeFacts,
): string {
  const since = writtenDate(rfc3339(sinceMs), "moment", language, timeZone);
  const text = (form === "approved" ? lastForm : lastKept)[language].replace("{since}", since);
  const direction = directionOf(language);
  const link =
    textAt === undefined
      ? ""
      : ` <a href="${asReferences(textAt)}" style="${linkStyle}">${asReferences(textOnly[language])}</a>`;
  return `<div role="status" lang="${language}" dir="${direction}" style="${style}">${asReferences(text)}${link}</div>`;
}

/** Text, never markup; and nothing but ASCII. */
function asReferences(text: string): string {
  return text.replace(/[^ -~]|[&<>"']/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);
}

function beginsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, at) => bytes[at] === byte);
}
