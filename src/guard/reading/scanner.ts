/**
 * Walks through markup once, as a browser's tokenizer does (WHATWG HTML, 13.2.5), without building a tree.
 *
 * A browser's tree can change how its tokenizer reads on: `<style>` within `<svg>` or `<select>` doesn't hide what stands in it. Where that
 * may make a difference, every "<letter" of the rest is read as a tag besides (`isTangled`): a tag depends only on where it begins, so
 * whatever a browser makes of it is among them.
 */
import { Tag, isLetter } from "./tag.ts";

export interface Sink {
  /** `isMarkup`: false where only another reading of the page has this tag. */
  start(tag: Tag, isMarkup: boolean): void;
  end(name: string): void;
  text(from: number, to: number): void;
  /** What stands in an element whose contents aren't markup. `isXml`: its character references and CDATA are read. */
  raw(name: string, from: number, to: number, isXml: boolean): void;
  /** What a browser skips: a comment, CDATA, a declaration. */
  skipped(from: number, to: number): void;
  /** False: enough, a limit is met. `work`: tags, or kilobytes read. */
  readonly goesOn: (work: number) => boolean;
}

const [bang, slash, question, greater] = [33, 47, 63, 62];

/** Their contents are text, up to their own end tag. */
const rawNames: ReadonlySet<string> = new Set([
  "script",
  "style",
  "title",
  "textarea",
  "xmp",
  "iframe",
  "noembed",
  "noframes",
  "noscript",
]);
const rawEnds = new Map([...rawNames].map((name) => [name, new RegExp(`</${name}[\\t\\n\\f\\r />]`, "gi")]));
const scriptMarks = /<!--|-->|<\/?script[\t\n\f\r />]/gi;
const foreignRoots: ReadonlySet<string> = new Set(["svg", "math"]);
/** Within these, svg and math hold HTML again. */
const integrationPoints: ReadonlySet<string> = new Set([
  "foreignobject",
  "desc",
  "title",
  "annotation-xml",
  "mi",
  "mo",
  "mn",
  "ms",
  "mtext",
]);
/** HTML that ends svg and math wherever it appears (WHATWG HTML, 13.2.6.5). */
const breakouts: ReadonlySet<string> = new Set(
  (
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p pre ruby s " +
    "small span strong strike sub sup table tt u ul var"
  ).split(" "),
);

export class Scanner {
  readonly #text: string;
  readonly #sink: Sink;
  readonly #isXml: boolean;
  readonly #tag: Tag;
  /** svg or math and what is open in it. */
  readonly #foreign: string[] = [];
  #inSelect = false;
  #inTemplate = 0;
  /** What a tree makes of the page can't be known without building it. */
  #isRisky = false;
  #tangledFrom = -1;

  constructor(text: string, sink: Sink, isXml: boolean) {
    this.#text = text;
    this.#sink = sink;
    this.#isXml = isXml;
    // Any prefix may stand before a name.
    this.#tag = new Tag(isXml);
    if (isXml && /<!ENTITY/.test(text)) this.#tangledFrom = 0;
  }

  run(): void {
    let at = 0;
    const text = this.#text;
    while (at >= 0 && at < text.length && this.#sink.goesOn(1)) {
      const less = text.indexOf("<", at);
      if (less < 0) {
        this.#sink.text(at, text.length);
        break;
      }
      if (less > at) this.#sink.text(at, less);
      at = this.#markup(less);
    }
    if (this.#tangledFrom >= 0) this.#everyTag(this.#tangledFrom);
  }

  /** Reads what begins with the "<" at `at`; behind it, or -1 at the page's end. */
  #markup(at: number): number {
    const code = this.#text.charCodeAt(at + 1);
    if (isLetter(code)) return this.#startTag(at);
    if (code === slash) return this.#endTag(at);
    if (code === bang) return this.#declaration(at);
    if (code === question) return this.#skip(at, this.#behind(this.#isXml ? "?>" : ">", at + 2));
    this.#sink.text(at, at + 1);
    return at + 1;
  }

  #startTag(at: number): number {
    const tag = this.#tag;
    if (!this.#read(at, at + 1)) return -1;
    const { name, end, isSelfClosing } = tag;
    this.#sink.start(tag, true);
    if (this.#isXml) {
      if (!isSelfClosing && (name === "script" || name === "style")) this.#xmlCode(name, end);
      return end;
    }
    this.#follow(name, isSelfClosing);
    if (name === "plaintext") this.#tangle(end);
    return rawNames.has(name) ? this.#raw(name, at, end, isSelfClosing) : end;
  }

  #read(at: number, nameAt: number): boolean {
    const isWhole = this.#tag.read(this.#text, at, nameAt);
    if (this.#isXml) this.#tag.dropPrefixes();
    return isWhole;
  }

  /** Code in XML is what markup leaves of it: both are read. */
  #xmlCode(name: string, from: number): void {
    const ends = new RegExp(`</(?:[^\\s:<>/]+:)?${name}[\\s>]`, "g");
    ends.lastIndex = from;
    this.#sink.raw(name, from, ends.exec(this.#text)?.index ?? this.#text.length, true);
  }

  #endTag(at: number): number {
    const code = this.#text.charCodeAt(at + 2);
    if (!isLetter(code)) {
      return code === greater ? at + 3 : this.#skip(at, this.#behind(">", at + 2));
    }
    if (!this.#read(at, at + 2)) return -1;
    const { name, end } = this.#tag;
    this.#unfollow(name);
    this.#sink.end(name);
    return end;
  }

  #declaration(at: number): number {
    const text = this.#text;
    if (text.startsWith("--", at + 2)) return this.#skip(at, this.#commentEnd(at + 4));
    if (!text.startsWith("[CDATA[", at + 2)) return this.#skip(at, this.#behind(">", at + 2));
    const section = this.#behind("]]>", at + 9);
    if (this.#isXml) return this.#section(at, section);
    const bogus = this.#behind(">", at + 2);
    const isForeign = this.#foreign.length > 0;
    if ((isForeign || this.#isRisky) && bogus !== section) this.#tangle(at);
    return isForeign ? this.#section(at, section) : this.#skip(at, bogus);
  }

  /** CDATA where it is one: its contents are text. */
  #section(at: number, end: number): number {
    this.#sink.skipped(at, end < 0 ? this.#text.length : end);
    this.#sink.text(Math.min(at + 9, this.#text.length), end < 0 ? this.#text.length : end - 3);
    return end;
  }

  #commentEnd(from: number): number {
    const text = this.#text;
    if (this.#isXml) return this.#behind("-->", from);
    if (text.charCodeAt(from) === greater) return from + 1;
    if (text.startsWith("->", from)) return from + 2;
    const end = /--!?>/g;
    end.lastIndex = from;
    return end.test(text) ? end.lastIndex : -1;
  }

  #skip(at: number, end: number): number {
    this.#sink.skipped(at, end < 0 ? this.#text.length : end);
    return end;
  }

  #behind(mark: string, from: number): number {
    const at = this.#text.indexOf(mark, from);
    return at < 0 ? -1 : at + mark.length;
  }

  /** Keeps in mind what decides whether raw text is raw. */
  #follow(name: string, isSelfClosing: boolean): void {
    if (name === "frameset" || (this.#inTemplate > 0 && (name === "col" || name === "colgroup"))) {
      this.#isRisky = true;
    }
    if (name === "template") {
      this.#inTemplate += 1;
      if (this.#inSelect) this.#isRisky = true;
    }
    if (name === "select") this.#inSelect = true;
    if (this.#foreign.length > 0) this.#followForeign(name, isSelfClosing);
    else if (foreignRoots.has(name) && !isSelfClosing) this.#foreign.push(name);
  }

  #followForeign(name: string, isSelfClosing: boolean): void {
    if (name === "font" || this.#foreign.some((outer) => integrationPoints.has(outer))) this.#isRisky = true;
    else if (breakouts.has(name)) this.#foreign.length = 0;
    else if (!isSelfClosing) this.#foreign.push(name);
  }

  #unfollow(name: string): void {
    if (name === "select") this.#inSelect = false;
    if (name === "template") this.#inTemplate = Math.max(0, this.#inTemplate - 1);
    if (this.#foreign.length === 0) return;
    const at = this.#foreign.lastIndexOf(name);
    if (at >= 0) this.#foreign.length = at;
    // It may end something around svg, and svg with it.
    else this.#isRisky = true;
  }

  #raw(name: string, at: number, from: number, isSelfClosing: boolean): number {
    const isForeign = this.#foreign.length > 0;
    if (isForeign && isSelfClosing) {
      if (this.#isRisky || this.#inSelect) this.#tangle(at);
      return from;
    }
    const to = name === "script" ? this.#scriptEnd(from) : this.#rawEnd(name, from);
    const end = to < 0 ? this.#text.length : to;
    const isUnsure = isForeign || this.#isRisky || (this.#inSelect && name !== "script");
    if (isUnsure && this.#mayHoldMarkup(from, end)) this.#tangle(at);
    this.#sink.raw(name, from, end, isForeign);
    return to;
  }

  /** CDATA that ends within is text either way. */
  #mayHoldMarkup(from: number, to: number): boolean {
    const inside = this.#text.slice(from, to).trimStart();
    if (!inside.startsWith("<![CDATA[")) return inside.includes("<");
    const end = inside.indexOf("]]>");
    return end < 0 || inside.includes("<", end);
  }

  #rawEnd(name: string, from: number): number {
    const end = rawEnds.get(name);
    if (end === undefined) return -1;
    end.lastIndex = from;
    return end.exec(this.#text)?.index ?? -1;
  }

  /** Script data with its escapes: within `<!-- <script>` an end tag doesn't end it (WHATWG HTML, 13.2.5.15 to 13.2.5.31). */
  #scriptEnd(from: number): number {
    let state: "plain" | "escaped" | "doubly" = "plain";
    scriptMarks.lastIndex = from;
    for (let mark = scriptMarks.exec(this.#text); mark !== null; mark = scriptMarks.exec(this.#text)) {
      const [found] = mark;
      if (found === "-->") state = "plain";
      else if (found === "<!--") {
        if (state === "plain") state = "escaped";
        // Its dashes may belong to "-->", too.
        scriptMarks.lastIndex -= 2;
      } else if (found.charCodeAt(1) !== slash) {
        if (state === "escaped") state = "doubly";
      } else if (state === "doubly") state = "escaped";
      else return mark.index;
    }
    return -1;
  }

  #tangle(from: number): void {
    if (this.#tangledFrom < 0) this.#tangledFrom = from;
  }

  /** Each "<letter", whatever the first reading took it for: facts are sets. */
  #everyTag(from: number): void {
    const text = this.#text;
    const tag = this.#tag;
    let work = 1;
    for (
      let at = text.indexOf("<", from);
      at >= 0 && this.#sink.goesOn(work);
      at = text.indexOf("<", at + 1)
    ) {
      if (!isLetter(text.charCodeAt(at + 1))) continue;
      const isWhole = this.#read(at, at + 1);
      work = 1 + ((isWhole ? tag.end : text.length) - at) / 1_024;
      if (!isWhole) continue;
      const { name, end } = tag;
      this.#sink.start(tag, false);
      if (name !== "script" && name !== "style") continue;
      const to = name === "script" ? this.#scriptEnd(end) : this.#rawEnd(name, end);
      this.#sink.raw(name, end, to < 0 ? text.length : to, true);
      work += ((to < 0 ? text.length : to) - end) / 1_024;
    }
  }
}
