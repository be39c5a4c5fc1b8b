/** Follows the scanner through a page: which text is seen, what is where, and what each element says. */
import { decodeHTML } from "entities";
import { buriedMarkup } from "./buried.ts";
import { type Page, readElement } from "./elements.ts";
import { Forms } from "./forms.ts";
import type { Gathering } from "./gathering.ts";
import { Scanner, type Sink } from "./scanner.ts";
import { type Sketch, hashStart, hashStep } from "./sketch.ts";
import { hides, plainStyle, removes } from "./style.ts";
import { codeTexts } from "./xml-code.ts";
import type { Tag } from "./tag.ts";

/** What all documents within a page add to. */
export interface Seen {
  title: string | undefined;
  readonly headings: string[];
  language: string;
  direction: "" | "ltr" | "rtl";
  /** Of what is seen, in its order. */
  readonly text: string[];
  elements: number;
  readonly structure: Sketch;
}

const headingsMax = 60;
const headingLength = 300;
const titleLength = 500;
/** Documents within each other. */
const innerMax = 3;
/** How far an end tag looks for its start. */
const lookBack = 64;

const empty: ReadonlySet<string> = new Set(
  "area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr".split(
    " ",
  ),
);
/** They don't part words. */
const inText: ReadonlySet<string> = new Set(
  "a abbr acronym b bdi bdo big blink cite code del dfn em font i ins kbd label mark nobr q s samp small span strike strong sub sup time tt u var wbr".split(
    " ",
  ),
);
const unseen: ReadonlySet<string> = new Set([
  "script",
  "style",
  "template",
  "title",
  "noembed",
  "noframes",
  "noscript",
  "head",
]);
const headings: ReadonlySet<string> = new Set(["h1", "h2", "h3"]);
const cell = new Set(["td", "th"]);
const row = new Set(["td", "th", "tr"]);
const paragraph = new Set(["p"]);
/** What a start tag ends without an end tag. */
const ended: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["li", new Set(["li", "p"])],
  ["dt", new Set(["dt", "dd", "p"])],
  ["dd", new Set(["dt", "dd", "p"])],
  ["td", cell],
  ["th", cell],
  ["tr", row],
  ["tbody", new Set(["td", "th", "tr", "thead", "tbody"])],
  ["tfoot", new Set(["td", "th", "tr", "thead", "tbody"])],
  ["a", new Set(["a"])],
  ["option", new Set(["option"])],
  ["body", new Set(["head"])],
  ..."address article aside blockquote div dl fieldset footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section table ul"
    .split(" ")
    .map((name) => [name, paragraph] as const),
]);
const bodyOnly =
  /^(body|div|p|table|center|section|article|main|nav|header|h[1-6]|ul|ol|a|img|form|span|font)$/;

interface Open {
  readonly name: string;
  readonly hash: number;
  /** Of the nearest container with a class. */
  readonly container: number;
  readonly isHidden: boolean;
  readonly isUnseen: boolean;
  readonly isForeign: boolean;
}

const outside: Open = { name: "", hash: 0, container: 0, isHidden: false, isUnseen: false, isForeign: false };

export class Markup implements Sink, Page {
  readonly facts: Gathering;
  readonly forms: Forms;
  readonly goesOn: (work: number) => boolean;
  readonly #source: string;
  readonly #seen: Seen;
  readonly #isXml: boolean;
  /** Of documents around this one. */
  readonly #depth: number;
  readonly #open: Open[] = [];
  #top: Open;
  #type = "";
  #heading: string[] | undefined;
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
    this.#top = { ...outside, isUnseen: !options.isShown };
    if (!options.isShown) this.#open.push(this.#top);
  }

  read(): void {
    new Scanner(this.#source, this, this.#isXml).run();
    this.#endHeading();
    this.forms.finish();
  }

  get isHidden(): boolean {
    return this.#top.isHidden;
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
    if (!inText.has(name)) this.#part();
    this.#isBehindLink = name === "a";
    const open = this.#open;
    for (let at = open.length - 1; at >= Math.max(0, open.length - lookBack); at -= 1) {
      if (open[at]?.name !== name) continue;
      this.#leaveTo(at);
      return;
    }
  }

  text(from: number, to: number): void {
    this.#isBehindLink = false;
    if (this.#top.isUnseen && this.#top.name !== "title") return;
    if (isBlank(this.#source, from, to)) {
      this.#part();
      return;
    }
    const raw = this.#source.slice(from, to);
    const text = raw.includes("&") ? decodeHTML(raw) : raw;
    if (this.#top.name === "title") this.#title(text);
    else this.#say(text);
  }

  raw(name: string, from: number, to: number, isXml: boolean): void {
    const text = this.#source.slice(from, to);
    if (name === "script") this.#script(text, isXml);
    else if (name === "style") this.facts.styleSheet(text);
    else if (name === "noscript" || name === "noframes") this.#within(text, false);
    else if (name === "title" && !this.#top.isForeign) this.#title(decodeHTML(text));
    else if (name === "xmp" && !this.#top.isUnseen) this.#say(text);
    if (name !== "script" && name !== "noscript") this.skipped(from, to);
  }

  skipped(from: number, to: number): void {
    if (this.#source.startsWith("<?xml-stylesheet", from)) this.#xmlStyleSheet(this.#source.slice(from, to));
    const hash = buriedMarkup(this.#source, from, to, this.facts.references);
    if (hash !== undefined) this.facts.add("buried", hash);
  }

  inner(markup: string): void {
    this.#within(markup, !this.#top.isUnseen);
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
    if (!inText.has(name) || (name === "a" && this.#isBehindLink)) this.#part();
    this.#isBehindLink = false;
    const closes = ended.get(name);
    if (closes !== undefined) this.#endImplied(closes);
    if (this.#top.name === "head" && bodyOnly.test(name)) this.#leaveTo(this.#open.length - 1);
    const entry = this.#opened(tag);
    this.#seen.elements += 1;
    if (name === "html" || name === "body") this.#declared(tag);
    if (name === "img" || name === "area") this.#say(tag.get("alt") ?? "");
    if (headings.has(name)) {
      this.#endHeading();
      if (!entry.isUnseen) this.#heading = [];
    }
    if (empty.has(name) || (tag.isSelfClosing && (this.#isXml || entry.isForeign))) return;
    this.#open.push(entry);
    this.#top = entry;
    if (this.#open.length > this.facts.limits.depthMax) this.facts.over ??= "depth";
  }

  #opened(tag: Tag): Open {
    const { name } = tag;
    const parent = this.#top;
    const hash = hashOf(name);
    const ownClass = inText.has(name) ? undefined : tag.get("class");
    const container = ownClass === undefined || ownClass === "" ? parent.container : classHash(ownClass);
    const grandparent = this.#open.at(-2)?.hash ?? 0;
    this.#seen.structure.add(hashStep(hashStep(hashStep(hash, parent.hash), grandparent), container));
    const style = plainStyle(tag.get("style") ?? "");
    const isRemoved = tag.has("hidden") || (style !== "" && removes(style));
    const isHidden =
      parent.isHidden || isRemoved || (style !== "" && hides(style)) || this.#isHiddenByRule(tag);
    return {
      name,
      hash,
      container,
      isHidden,
      isUnseen: parent.isUnseen || isRemoved || unseen.has(name),
      isForeign: parent.isForeign || name === "svg" || name === "math",
    };
  }

  #isHiddenByRule(tag: Tag): boolean {
    if (tag.count === 0 || !this.facts.hasHidingRules) return false;
    const id = tag.get("id");
    if (id !== undefined && this.facts.isHiddenByRule(`#${id}`)) return true;
    const classes = tag.get("class")?.split(/[\t\n\f\r ]+/) ?? [];
    return classes.some((name) => this.facts.isHiddenByRule(`.${name}`));
  }

  #declared(tag: Tag): void {
    this.#seen.language ||= (tag.get("lang") ?? tag.get("xml:lang") ?? "").trim().slice(0, 40);
    const direction = tag.get("dir")?.trim().toLowerCase();
    if (direction === "ltr" || direction === "rtl") this.#seen.direction ||= direction;
    const color = tag.get("bgcolor")?.trim().toLowerCase();
    if (color !== undefined) this.facts.add("oddities", `bgcolor ${color.slice(0, 20)}`);
  }

  #endImplied(names: ReadonlySet<string>): void {
    const open = this.#open;
    for (let at = open.length - 1; at >= Math.max(0, open.length - 3); at -= 1) {
      if (names.has(open[at]?.name ?? "")) {
        this.#leaveTo(at);
        return;
      }
    }
  }

  #leaveTo(length: number): void {
    const open = this.#open;
    while (open.length > length) open.pop();
    this.#top = open.at(-1) ?? outside;
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
    if (text === "" || this.#top.isUnseen) return;
    this.#seen.text.push(text);
    this.#heading?.push(text);
  }

  /** Between words of two elements. */
  #part(): void {
    const { text } = this.#seen;
    if (text.at(-1) !== " ") text.push(" ");
    this.#heading?.push(" ");
  }

  #endHeading(): void {
    if (this.#heading === undefined) return;
    const text = spaced(this.#heading.join("")).slice(0, headingLength);
    if (text !== "" && this.#seen.headings.length < headingsMax) this.#seen.headings.push(text);
    this.#heading = undefined;
  }
}

/** No type, JavaScript by any of its names, modules and what they are found by, and Internet Explorer's. */
const runs = /^$|^module$|^importmap$|(java|ecma|j|live|vb)script/i;

function isBlank(text: string, from: number, to: number): boolean {
  let at = from;
  while (at < to && text.charCodeAt(at) <= 32) at += 1;
  return at === to;
}

function spaced(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

const nameHashes = new Map<string, number>();

function hashOf(name: string): number {
  const known = nameHashes.get(name);
  if (known !== undefined) return known;
  let hash = hashStart;
  for (let at = 0; at < Math.min(name.length, 32); at += 1) hash = hashStep(hash, name.charCodeAt(at));
  if (nameHashes.size < 1_000) nameHashes.set(name, hash);
  return hash;
}

/** Of the first class, without digits: "post-123" is a kind of container. */
function classHash(classes: string): number {
  let hash = hashStart;
  let at = 0;
  while (at < classes.length && classes.charCodeAt(at) <= 32) at += 1;
  for (; at < classes.length; at += 1) {
    const code = classes.charCodeAt(at);
    if (code <= 32) break;
    if (code < 48 || code > 57) hash = hashStep(hash, code);
  }
  return hash;
}
