/** Follows the scanner through a page: which text is seen, what is where, and what each element says. */
import { decodeHTML } from "entities";
import { buriedMarkup } from "./buried.ts";
import { type Page, readElement, readLink } from "./elements.ts";
import { Entries } from "./entries.ts";
import { Forms } from "./forms.ts";
import type { Gathering } from "./gathering.ts";
import { OpenElements, inText } from "./open-elements.ts";
import { Scanner, type Sink } from "./scanner.ts";
import type { Sketch } from "./sketch.ts";
import type { Tag } from "./tag.ts";
import { codeTexts } from "./xml-code.ts";

/** What all documents within a page add to. */
export interface Seen {
  title: string | undefined;
  readonly headings: string[];
  language: string;
  direction: "" | "ltr" | "rtl";
  /** Of what is seen, in its order; `betweenBlocks` between two blocks. */
  readonly text: string[];
  elements: number;
  readonly structure: Sketch;
}

/** Paragraph separator: texts of pages hold line feeds that mean nothing. */
export const betweenBlocks = "\u2029";

const headingsMax = 60;
const headingLength = 300;
const titleLength = 500;
/** Documents within each other. */
const innerMax = 3;
const headings: ReadonlySet<string> = new Set(["h1", "h2", "h3"]);
/** Of RSS and Atom. */
const items: ReadonlySet<string> = new Set(["item", "entry"]);

export class Markup implements Sink, Page {
  readonly facts: Gathering;
  readonly forms: Forms;
  readonly goesOn: (work: number) => boolean;
  readonly #source: string;
  readonly #seen: Seen;
  readonly #isXml: boolean;
  /** Of documents around this one. */
  readonly #depth: number;
  readonly #open: OpenElements;
  #type = "";
  #heading: string[] | undefined;
  readonly #entries: Entries;
  /** Of a feed: its title is a headline. */
  #isInItem = false;
  #itemTitle = "";
  /** Nothing but a link's end tag has been read since: the next link's words are others. */
  #isBehindLink = false;

  constructor(
    source: string,
    facts: Gathering,
    seen: Seen,
    options: { isXml: boolean; depth: number; isShown: boolean },
  ) {
    this.#source = source;
    this.facts = facts;
    this.forms = new Forms(facts);
    this.goesOn = facts.goesOn;
    this.#seen = seen;
    this.#isXml = options.isXml;
    this.#depth = options.depth;
    this.#entries = new Entries(facts);
    this.#open = new OpenElements(facts, seen.structure, options.isXml, options.isShown);
  }

  read(): void {
    new Scanner(this.#source, this, this.#isXml).run();
    this.#endHeading();
    this.forms.finish();
  }

  get isHidden(): boolean {
    return this.#open.top.isHidden;
  }

  start(tag: Tag, isMarkup: boolean): void {
    this.facts.countElement();
    if (tag.isOverfull) this.facts.over ??= "elements";
    if (tag.name === "script") this.#type = tag.get("type") ?? tag.get("language") ?? "";
    if (isMarkup) this.#enter(tag);
    readElement(this, tag);
  }

  end(name: string): void {
    if (headings.has(name)) this.#endHeading();
    if (name === "form") this.forms.close();
    if (!inText.has(name)) this.#part(betweenBlocks);
    this.#isBehindLink = name === "a";
    if (name === "a") this.#entries.linkEnds();
    if (this.#isInItem && items.has(name)) this.#endItem();
    this.#open.leave(name);
  }

  text(from: number, to: number): void {
    this.#isBehindLink = false;
    if (this.#isInItem && this.#ofItem(from, to)) return;
    if (this.#open.top.isUnseen && this.#open.top.name !== "title") return;
    if (isBlank(this.#source, from, to)) {
      this.#part(" ");
      return;
    }
    const raw = this.#source.slice(from, to);
    const text = raw.includes("&") ? decodeHTML(raw) : raw;
    if (this.#open.top.name === "title") this.#title(text);
    else this.#say(text);
  }

  raw(name: string, from: number, to: number, isXml: boolean): void {
    const text = this.#source.slice(from, to);
    if (name === "script") this.#script(text, isXml);
    else if (name === "style") this.facts.styleSheet(text);
    else if (name === "noscript" || name === "noframes") this.#within(text, false);
    else if (name === "title" && !this.#open.top.isForeign) this.#title(decodeHTML(text));
    else if (name === "xmp" && !this.#open.top.isUnseen) this.#say(text);
    if (name !== "script" && name !== "noscript") this.skipped(from, to);
  }

  skipped(from: number, to: number): void {
    if (this.#source.startsWith("<?xml-stylesheet", from)) this.#xmlStyleSheet(this.#source.slice(from, to));
    const hash = buriedMarkup(this.#source, from, to, this.facts.references);
    if (hash !== undefined) this.facts.add("buried", hash);
  }

  inner(markup: string): void {
    this.#within(markup, !this.#open.top.isUnseen);
  }

  #within(markup: string, isShown: boolean): void {
    if (this.#depth >= innerMax) {
      this.facts.over ??= "depth";
      return;
    }
    new Markup(markup, this.facts, this.#seen, { isXml: false, depth: this.#depth + 1, isShown }).read();
  }

  #enter(tag: Tag): void {
    const { name } = tag;
    if (!inText.has(name) || (name === "a" && this.#isBehindLink)) this.#part(betweenBlocks);
    this.#isBehindLink = false;
    const entry = this.#open.enter(tag);
    this.#seen.elements += 1;
    if (name === "html" || name === "body") this.#declared(tag);
    if (name === "a" || (name === "link" && this.#isInItem)) this.#entries.link(tag.get("href") ?? "");
    if (this.#isXml && items.has(name)) this.#beginItem();
    this.#say(saidBy(tag));
    if (headings.has(name)) {
      this.#endHeading();
      if (!entry.isUnseen) {
        this.#heading = [];
        this.#entries.begin();
      }
    }
  }

  #declared(tag: Tag): void {
    this.#seen.language ||= (tag.get("lang") ?? tag.get("xml:lang") ?? "").trim().slice(0, 40);
    const direction = tag.get("dir")?.trim().toLowerCase();
    if (direction === "ltr" || direction === "rtl") this.#seen.direction ||= direction;
    const color = tag.get("bgcolor")?.trim().toLowerCase();
    if (color !== undefined) this.facts.add("oddities", `bgcolor ${color.slice(0, 20)}`);
  }

  #script(code: string, isXml: boolean): void {
    const { facts } = this;
    const kind = runs.test(this.#type.trim()) ? "script" : "data";
    facts.code(kind, code);
    if (/importmap/i.test(this.#type))
      for (const [, address = ""] of code.matchAll(/:\s*"([^"]*)"/g)) facts.reference("scripts", address);
    if (!isXml || !/[&<]/.test(code)) return;
    for (const plain of codeTexts(code)) if (plain !== code) facts.code(kind, plain);
  }

  #xmlStyleSheet(instruction: string): void {
    const address = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(instruction);
    if (address !== null) this.facts.reference("styles", decodeHTML(address[1] ?? address[2] ?? ""));
  }

  #title(text: string): void {
    if (this.#depth === 0) this.#seen.title ??= spaced(text).slice(0, titleLength);
  }

  #say(text: string): void {
    if (text === "" || this.#open.top.isUnseen) return;
    this.#seen.text.push(text);
    this.#heading?.push(text);
  }

  /** Between words of two elements. */
  #part(by: " " | typeof betweenBlocks): void {
    const { text } = this.#seen;
    const last = text.at(-1);
    if (last === " ") text[text.length - 1] = by;
    else if (last !== betweenBlocks) text.push(by);
    this.#heading?.push(" ");
  }

  #endHeading(): void {
    if (this.#heading === undefined) return;
    const text = spaced(this.#heading.join("")).slice(0, headingLength);
    this.#headline(text);
    this.#heading = undefined;
  }

  #headline(text: string): void {
    this.#entries.end(text);
    if (text !== "" && this.#seen.headings.length < headingsMax) this.#seen.headings.push(text);
  }

  #beginItem(): void {
    this.#isInItem = true;
    this.#itemTitle = "";
    this.#entries.linkEnds();
    this.#entries.begin();
  }

  #endItem(): void {
    this.#isInItem = false;
    this.#headline(this.#itemTitle);
  }

  /** RSS 2.0 has a link as text; an item's title is what feed readers show first. */
  #ofItem(from: number, to: number): boolean {
    const { name } = this.#open.top;
    if ((name !== "link" && name !== "title") || isBlank(this.#source, from, to)) return false;
    const text = spaced(decodeHTML(this.#source.slice(from, to)));
    if (name === "link") {
      readLink(this, text);
      this.#entries.link(text);
      return true;
    }
    this.#itemTitle ||= text.slice(0, headingLength);
    this.#seen.text.push(betweenBlocks, text, betweenBlocks);
    return true;
  }
}

/** No type, JavaScript by any of its names, modules and what they are found by, and Internet Explorer's. */
const runs = /^$|^module$|^importmap$|(java|ecma|j|live|vb)script/i;

/** Words that an element shows without holding them. */
function saidBy(tag: Tag): string {
  if (tag.name === "img" || tag.name === "area") return tag.get("alt") ?? "";
  const isButton = tag.name === "input" && /^(submit|button|reset)$/i.test(tag.get("type") ?? "");
  return isButton ? (tag.get("value") ?? "") : "";
}

function isBlank(text: string, from: number, to: number): boolean {
  let at = from;
  while (at < to && text.charCodeAt(at) <= 32) at += 1;
  return at === to;
}

function spaced(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
