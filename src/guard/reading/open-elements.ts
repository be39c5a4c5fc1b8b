/** The elements that are open where one reads, as far as seeing and comparing pages needs it: no browser's tree. */
import type { Gathering } from "./gathering.ts";
import { type Sketch, hashStart, hashStep } from "./sketch.ts";
import { hides, plainStyle, removes } from "./style.ts";
import type { Tag } from "./tag.ts";

/** How far an end tag looks for its start. */
const lookBack = 64;

/** How far a start tag looks for what it ends. */
const impliedBack = 3;

const empty: ReadonlySet<string> = new Set(
  "area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr".split(
    " ",
  ),
);
/** They don't part words. */
export const inText: ReadonlySet<string> = new Set(
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

/** Text that stands in the body itself. */
const flows = /^(p|h[1-6]|ul|ol|dl|figure|blockquote|table|center|img|hr)$/;

/** An element whose end hasn't come yet. */
export interface Open {
  readonly name: string;
  readonly hash: number;
  /** Of the nearest container with a class. */
  readonly container: number;
  readonly isHidden: boolean;
  readonly isUnseen: boolean;
  readonly isForeign: boolean;
}

const outside: Open = { name: "", hash: 0, container: 0, isHidden: false, isUnseen: false, isForeign: false };

export class OpenElements {
  /** The innermost. */
  top: Open;
  readonly #facts: Gathering;
  readonly #structure: Sketch;
  readonly #isXml: boolean;
  readonly #open: Open[] = [];

  constructor(facts: Gathering, structure: Sketch, isXml: boolean, isShown: boolean) {
    this.#facts = facts;
    this.#structure = structure;
    this.#isXml = isXml;
    this.top = { ...outside, isUnseen: !isShown };
    this.#open.push(this.top);
  }

  /** What the start tag opens, also where it ends at once. */
  enter(tag: Tag): Open {
    const { name } = tag;
    const closes = ended.get(name);
    if (closes !== undefined) this.#leaveOneOf(closes, impliedBack);
    if (this.top.name === "head" && bodyOnly.test(name)) this.#leaveTo(this.#open.length - 1);
    const entry = this.#opened(tag);
    if ((!this.#isXml && empty.has(name)) || (tag.isSelfClosing && (this.#isXml || entry.isForeign)))
      return entry;
    this.#open.push(entry);
    this.top = entry;
    if (this.#open.length > this.#facts.limits.depthMax) this.#facts.over ??= "depth";
    return entry;
  }

  /** Ends it and what is open in it; nothing where it isn't open. */
  leave(name: string): void {
    const open = this.#open;
    for (let at = open.length - 1; at >= Math.max(1, open.length - lookBack); at -= 1) {
      if (open[at]?.name !== name) continue;
      this.#leaveTo(at);
      return;
    }
  }

  #opened(tag: Tag): Open {
    const { name } = tag;
    const parent = this.top;
    const hash = hashOf(name);
    const ownClass = inText.has(name) ? undefined : tag.get("class");
    if (parent.name === "body" && !unseen.has(name) && !inText.has(name)) this.#section(tag);
    const container = ownClass === undefined || ownClass === "" ? parent.container : classHash(ownClass);
    const grandparent = this.#open.at(-2)?.hash ?? 0;
    this.#structure.add(hashStep(hashStep(hashStep(hash, parent.hash), grandparent), container));
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

  /** What nothing names is no box that a sheet could lay over the page: of that, only text. */
  #section(tag: Tag): void {
    const [first = ""] = (tag.get("class") ?? "").trim().split(/[\t\n\f\r ]+/, 1);
    const id = tag.get("id") ?? "";
    const mark = first === "" ? `#${id}` : `.${first}`;
    if (mark !== "#") this.#facts.add("sections", `${tag.name}${mark.replace(/\d+/g, "")}`);
    else if (flows.test(tag.name)) this.#facts.add("sections", tag.name);
  }

  #isHiddenByRule(tag: Tag): boolean {
    if (tag.count === 0 || !this.#facts.hasHidingRules) return false;
    const id = tag.get("id");
    if (id !== undefined && this.#facts.isHiddenByRule(`#${id}`)) return true;
    const classes = tag.get("class")?.split(/[\t\n\f\r ]+/) ?? [];
    return classes.some((name) => this.#facts.isHiddenByRule(`.${name}`));
  }

  #leaveOneOf(names: ReadonlySet<string>, back: number): void {
    const open = this.#open;
    for (let at = open.length - 1; at >= Math.max(1, open.length - back); at -= 1) {
      if (!names.has(open[at]?.name ?? "")) continue;
      this.#leaveTo(at);
      return;
    }
  }

  #leaveTo(length: number): void {
    const open = this.#open;
    while (open.length > length) open.pop();
    this.top = open.at(-1) ?? outside;
  }
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
