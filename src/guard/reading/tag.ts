/** One start or end tag, read as browsers do (WHATWG HTML, 13.2.5.6 to 13.2.5.40): where it begins says all that it can hold. */
import { decodeHTMLAttribute } from "entities";
import { knownAttributes, knownElements, nameStart, nameStep } from "./names.ts";

/** More attributes than this are an attack. */
const attributesMax = 250;

const [tab, lineFeed, formFeed, carriageReturn, space] = [9, 10, 12, 13, 32];
const [letterO, letterN] = [111, 110];
const [doubleQuote, singleQuote, slash, equals, greater] = [34, 39, 47, 61, 62];

export function isSpace(code: number): boolean {
  return code === space || code === lineFeed || code === tab || code === carriageReturn || code === formFeed;
}

export function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

function endsName(code: number): boolean {
  return code === greater || code === slash || isSpace(code);
}

/** Filled anew for each tag: pages have thousands. Of equal names the first counts; `names` and `raw` hold all of them. */
export class Tag {
  name = "";
  /** Of its "<", and behind its ">". */
  start = 0;
  end = 0;
  isSelfClosing = false;
  readonly names: string[] = [];
  /** Values as they stand in the page. */
  readonly raw: string[] = [];
  count = 0;
  /** It holds more attributes than any page has. */
  isOverfull = false;
  readonly #keepsAll: boolean;

  /** `keepsAll`: also attributes that no fact comes from. */
  constructor(keepsAll = false) {
    this.#keepsAll = keepsAll;
  }

  has(name: string): boolean {
    return this.#at(name) >= 0;
  }

  /** Decoded; undefined where there is none. */
  get(name: string): string | undefined {
    const at = this.#at(name);
    return at < 0 ? undefined : this.value(at);
  }

  value(at: number): string {
    return decoded(this.raw[at] ?? "");
  }

  /** As XML sees it, which gives names any prefix: `x:href` is `href`. */
  dropPrefixes(): void {
    this.name = localName(this.name);
    for (let at = 0; at < this.count; at += 1) {
      const name = this.names[at] ?? "";
      if (!name.startsWith("xml")) this.names[at] = localName(name);
    }
  }

  #at(name: string): number {
    for (let at = 0; at < this.count; at += 1) if (this.names[at] === name) return at;
    return -1;
  }

  /**
   * Reads the tag whose name begins at `nameAt`; its "<" (and "/") stand before. False: the page ends within it, so that no browser makes
   * anything of it.
   */
  read(text: string, start: number, nameAt: number): boolean {
    let at = nameAt;
    let hash = nameStart;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (endsName(code)) break;
      hash = nameStep(hash, code);
      at += 1;
    }
    this.name = knownName(knownElements.get(hash), text, nameAt, at) ?? lowerCase(text.slice(nameAt, at));
    this.start = start;
    this.count = 0;
    this.isSelfClosing = false;
    this.isOverfull = false;
    this.end = this.#attributes(text, at);
    return this.end >= 0;
  }

  /** Where the tag ends, or -1. */
  #attributes(text: string, from: number): number {
    const { length } = text;
    let at = from;
    while (at < length) {
      const code = text.charCodeAt(at);
      if (code === greater) return at + 1;
      if (code === slash) {
        at += 1;
        this.isSelfClosing = text.charCodeAt(at) === greater;
      } else if (isSpace(code)) at += 1;
      else at = this.#attribute(text, at);
      if (at < 0) return -1;
    }
    return -1;
  }

  /** Behind the attribute, or -1 where the page ends within it. */
  #attribute(text: string, from: number): number {
    const { length } = text;
    // An "=" that begins a name belongs to it.
    let at = from + 1;
    let hash = nameStep(nameStart, text.charCodeAt(from));
    while (at < length) {
      const code = text.charCodeAt(at);
      if (code === equals || endsName(code)) break;
      hash = nameStep(hash, code);
      at += 1;
    }
    const name = this.#attributeName(text, from, at, hash);
    while (at < length && isSpace(text.charCodeAt(at))) at += 1;
    if (text.charCodeAt(at) !== equals) {
      this.#add(name, text, at, at);
      return at;
    }
    at += 1;
    while (at < length && isSpace(text.charCodeAt(at))) at += 1;
    return this.#attributeValue(text, name, at);
  }

  /** Empty where nothing can come of it. */
  #attributeName(text: string, from: number, to: number, hash: number): string {
    const known = knownName(knownAttributes.get(hash), text, from, to);
    if (known !== undefined) return known;
    const isHandler =
      (text.charCodeAt(from) | 32) === letterO && (text.charCodeAt(from + 1) | 32) === letterN;
    return isHandler || this.#keepsAll ? lowerCase(text.slice(from, to)) : "";
  }

  #attributeValue(text: string, name: string, from: number): number {
    const code = text.charCodeAt(from);
    if (code === doubleQuote || code === singleQuote) {
      const close = text.indexOf(code === doubleQuote ? '"' : "'", from + 1);
      if (close < 0) return -1;
      this.#add(name, text, from + 1, close);
      return close + 1;
    }
    let at = from;
    while (at < text.length) {
      const next = text.charCodeAt(at);
      if (next === greater || isSpace(next)) break;
      at += 1;
    }
    this.#add(name, text, from, at);
    return at;
  }

  #add(name: string, text: string, from: number, to: number): void {
    if (name === "") return;
    if (this.count >= attributesMax) {
      this.isOverfull = true;
      return;
    }
    this.names[this.count] = name;
    this.raw[this.count] = text.slice(from, to);
    this.count += 1;
  }
}

/** The name that a hash stands for, if that is what stands there. */
function knownName(name: string | undefined, text: string, from: number, to: number): string | undefined {
  if (name?.length !== to - from) return undefined;
  return text.startsWith(name, from) || lowerCase(text.slice(from, to)) === name ? name : undefined;
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** ASCII only, as browsers do it. */
function lowerCase(name: string): string {
  return name.replace(/[A-Z]+/g, (part) => part.toLowerCase());
}

/** An attribute's value without its character references. */
export function decoded(raw: string): string {
  return raw.includes("&") ? decodeHTMLAttribute(raw) : raw;
}
