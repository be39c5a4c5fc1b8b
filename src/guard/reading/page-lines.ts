/** What a page says, as plain lines: its text without its markup, in one pass, bounded. Not inert: whoever shows it sees to that. */
import type { DocumentKind } from "../facts.ts";
import { decode } from "./charset.ts";
import { Scanner, type Sink } from "./scanner.ts";
import { decoded, type Tag } from "./tag.ts";

export interface Line {
  readonly kind: "title" | "heading" | "text";
  readonly text: string;
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

class Lines implements Sink {
  readonly #text: string;
  readonly #isXml: boolean;
  readonly #limits: LineLimits;
  readonly #lines: Line[] = [];
  #pieces: string[] = [];
  #length = 0;
  #isHeading = false;

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

  start({ name }: Tag, isMarkup: boolean): void {
    if (!isMarkup || inLine.has(name)) return;
    this.#endLine();
    if (heading.test(name)) this.#isHeading = true;
  }

  end(name: string): void {
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
    this.#pieces = [];
    this.#length = 0;
    if (text !== "") this.#lines.push({ kind, text });
  }
}

function oneSpaced(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
