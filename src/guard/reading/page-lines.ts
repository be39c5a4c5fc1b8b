/** What a page says, as plain lines: its text without its markup, in one pass, bounded. Not inert: whoever shows it sees to that. */
import type { DocumentKind } from "../facts.ts";
import { decode } from "./charset.ts";
import { Scanner, type Sink } from "./scanner.ts";
import { decoded, type Tag } from "./tag.ts";

export interface Line {
  readonly kind: "title" | "heading" | "text";
  readonly text: string;
  /** Where nearly all of it leads, as the page says; only where links were asked for. */
  readonly href?: string;
}

export interface PageLines {
  readonly lines: readonly Line[];
  /** There is more. */
  readonly isCut: boolean;
}

export interface LineLimits {
  readonly linesMax: number;
  /** In characters; what is longer is cut, here or by whoever shows it. */
  readonly lineLength: number;
  readonly withLinks?: boolean;
}

/** Longer than any page that somebody reads through. */
const charactersMax = 1_000_000;
const readable: readonly DocumentKind[] = ["html", "xml", "svg", "text", "script", "style"];
const markedUp: readonly DocumentKind[] = ["html", "xml", "svg"];

/** Undefined where it is no text: a picture, a font. `type`: the whole Content-Type. */
export function pageLines(
  kind: DocumentKind,
  type: string,
  body: Uint8Array,
  limits: LineLimits,
): PageLines | undefined {
  if (!readable.includes(kind)) return undefined;
  const { linesMax } = limits;
  const { text } = decode(body.subarray(0, charactersMax), type);
  const lines = markedUp.includes(kind)
    ? new Lines(text, kind !== "html", limits).read()
    : plainLines(text, linesMax);
  return {
    lines: lines.slice(0, linesMax),
    isCut: lines.length > linesMax || body.length > charactersMax,
  };
}

function plainLines(text: string, linesMax: number): Line[] {
  return text
    .split("\n", linesMax + 1)
    .map((line) => ({ kind: "text", text: oneSpaced(line) }) as const)
    .filter((line) => line.text !== "");
}

/** Within these nothing begins a new line. */
const inLine: ReadonlySet<string> = new Set(
  (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark meter nobr output q s samp small span strike " +
    "strong sub sup time tt u var wbr"
  ).split(" "),
);
const heading = /^h[1-6]$/;
/** A line of which so much is one link's text leads there: a headline with its mark, not a sentence with a link in it. */
const linkedShare = 0.75;

class Lines implements Sink {
  readonly #text: string;
  readonly #isXml: boolean;
  readonly #limits: LineLimits;
  readonly #lines: Line[] = [];
  #pieces: string[] = [];
  #length = 0;
  #isHeading = false;
  /** Of the link that is open. */
  #open: string | undefined;
  /** Of the first one in this line, and so many characters of it. */
  #href: string | undefined;
  #linked = 0;

  constructor(text: string, isXml: boolean, limits: LineLimits) {
    this.#text = text;
    this.#isXml = isXml;
    this.#limits = limits;
  }

  read(): readonly Line[] {
    new Scanner(this.#text, this, this.#isXml).run();
    this.#endLine();
    return this.#lines;
  }

  readonly goesOn = (): boolean => this.#lines.length <= this.#limits.linesMax;

  start(tag: Tag, isMarkup: boolean): void {
    const { name } = tag;
    if (isMarkup && name === "a" && this.#limits.withLinks === true) this.#open = tag.get("href");
    if (!isMarkup || inLine.has(name)) return;
    this.#endLine();
    if (heading.test(name)) this.#isHeading = true;
  }

  end(name: string): void {
    if (name === "a") this.#open = undefined;
    if (inLine.has(name)) return;
    this.#endLine();
    if (heading.test(name)) this.#isHeading = false;
  }

  text(from: number, to: number): void {
    // What is cut off anyway needn't be kept.
    const most = 4 * this.#limits.lineLength;
    if (this.#length > most) return;
    const piece = this.#text.slice(from, Math.min(to, from + most));
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#open === undefined || piece.trim() === "") return;
    this.#href ??= this.#open;
    if (this.#href === this.#open) this.#linked += piece.length;
  }

  raw(name: string, from: number, to: number): void {
    if (name !== "title") return;
    this.#endLine();
    this.text(from, to);
    this.#endLine("title");
  }

  skipped(): void {}

  #endLine(kind: Line["kind"] = this.#isHeading ? "heading" : "text"): void {
    const text = oneSpaced(decoded(this.#pieces.join("")));
    const isLink = this.#href !== undefined && this.#linked >= linkedShare * text.length;
    const href = isLink ? this.#href : undefined;
    this.#pieces = [];
    this.#length = this.#linked = 0;
    this.#href = undefined;
    if (text !== "") this.#lines.push(href === undefined ? { kind, text } : { kind, text, href });
  }
}

function oneSpaced(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
