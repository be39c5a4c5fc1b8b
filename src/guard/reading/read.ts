/** Reads one answer of a protected site into what is known of it: pure, bounded, whatever it holds. */
import { sha256 } from "../../base/bytes.ts";
import type { DocumentKind, Facts } from "../facts.ts";
import { decode } from "./charset.ts";
import { contactsIn } from "./contacts.ts";
import { Gathering, type ReadingLimits } from "./gathering.ts";
import { languageOf, readHead } from "./head-facts.ts";
import { type AnswerHead, isXml, kindOf, mediaType } from "./kind.ts";
import { betweenBlocks, Markup, type Seen } from "./markup.ts";
import { References } from "./reference.ts";
import { Sketch } from "./sketch.ts";
import { readWords } from "./words.ts";

export { documentLimits, type ReadingLimits } from "./gathering.ts";
export { isHeldWhole, kindOf } from "./kind.ts";

export interface Document extends AnswerHead {
  readonly body: Uint8Array;
  /** Under which readers know it: `https://example.org/path?query`. */
  readonly url: string;
  /** Other names and addresses that mean the same site: its hosts, the origin's own address. */
  readonly ownHosts: ReadonlySet<string>;
}

/** Never throws; what is over a limit says so, and what was read until then is there. */
export function read(document: Document, limits: ReadingLimits): Facts {
  const { body, status } = document;
  const kind = kindOf(document, body);
  const type = mediaType(document);
  const facts = new Gathering(new References(document.url, document.ownHosts), limits);
  const location = readHead(document, facts);
  const seen = nothingSeen();
  if (body.length > limits.bytesMax) facts.over = "size";
  else readBody(document, kind, facts, seen);
  const said = seen.text.join("");
  for (const contact of contactsIn(said)) facts.add("contacts", contact);
  const { text, letters, words } = readWords(said);
  return {
    kind,
    status,
    type,
    bytes: body.length,
    sha256: sha256(body),
    location,
    title: seen.title ?? "",
    headings: seen.headings,
    language: seen.language || languageOf(document),
    direction: seen.direction,
    letters,
    sets: facts.sets(),
    inline: facts.inline(),
    text,
    structure: { count: seen.elements, sketch: seen.structure.values() },
    opening: openingOf(said),
    words,
    over: facts.over,
  };
}

const openingBlocks = 12;
const openingLength = 2_000;

function openingOf(text: string): string[] {
  const blocks = text.slice(0, openingLength).split(betweenBlocks);
  return blocks
    .map((block) => block.replace(/\s+/g, " ").trim())
    .filter((block) => block !== "")
    .slice(0, openingBlocks);
}

function readBody(document: Document, kind: DocumentKind, facts: Gathering, seen: Seen): void {
  if (kind === "image" || kind === "font" || kind === "other") return;
  const type = document.headers.findLast(([name]) => name === "content-type")?.[1] ?? "";
  const { text, encoding, oddities } = decode(document.body, type);
  if (kind === "html" || kind === "xml" || kind === "svg") {
    for (const oddity of [`charset ${encoding}`, ...oddities]) facts.add("oddities", oddity);
    const xml = kind !== "html" || isXml(mediaType(document));
    readMarkup(text, facts, seen, xml);
  } else if (kind === "style") facts.declarations(text);
  else if (kind === "text" || kind === "data") seen.text.push(text);
}

function readMarkup(text: string, facts: Gathering, seen: Seen, isXmlDocument: boolean): void {
  const options = { isXml: isXmlDocument, depth: 0, isShown: true };
  new Markup(text, facts, seen, options).read();
  if (!facts.hidesLate) return;
  facts.elements = 0;
  new Markup(text, facts, nothingSeen(), options).read();
}

function nothingSeen(): Seen {
  return {
    title: undefined,
    headings: [],
    language: "",
    direction: "",
    text: [],
    elements: 0,
    structure: new Sketch(),
  };
}
