/** What a page says, as plain lines: what is shown of somebody else's page where its markup must not do anything. Inert, bounded, in one pass. */
import { decode } from "../guard/reading/charset.ts";
import { Scanner, type Sink } from "../guard/reading/scanner.ts";
import { decoded, type Tag } from "../guard/reading/tag.ts";
import type { DocumentKind } from "../guard/facts.ts";
import { inert } from "../language/inert.ts";

export interface Line {
  readonly kind: "title" | "heading" | "text";
  readonly text: string;
}

export interface PageText {
  readonly lines: readonly Line[];
  /** There is more. */
  readonly isCut: boolean;
}

/** Longer than any page that somebody reads through. */
const charactersMax = 1_000_000;
const linesMax = 400;
/** Beyond it a line is cut. */
const lineLength = 400;
const readable: readonly DocumentKind[] = ["html", "xml", "svg", "text", "script", "style"];
const markedUp: readonly DocumentKind[] = ["html", "xml", "svg"];

/** Undefined where it is no text: a picture, a font. `type`: the whole Content-Type. */
export function pageText(kind: DocumentKind, type: string, body: Uint8Array): PageText | undefined {
  if (!readable.includes(kind)) return undefined;
  const { text } = decode(body.subarray(0, charactersMax), type);
  const lines = markedUp.includes(kind) ? new Lines(text, kind !== "html").read() : plainLines(text);
  return {
    lines: lines.slice(0, linesMax).map((line) => ({ kind: line.kind, text: inert(line.text, lineLength) })),
    isCut: lines.length > linesMax || body.length > charactersMax,
  };
}

function plainLines(text: string): Line[] {
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
  readonly #lines: Line[] = [];
  #pieces: string[] = [];
  #length = 0;
  #isHeading = false;

  constructor(text: string, isXml: boolean) {
    this.#text = text;
    this.#isXml = isXml;
  }

  read(): readonly Line[] {
    new Scanner(this.#text, this, this.#isXml).run();
    this.#endLine();
    return this.#lines;
  }

  readonly goesOn = (): boolean => this.#lines.length <= linesMax;

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
    if (this.#length > 4 * lineLength) return;
    const piece = this.#text.slice(from, Math.min(to, from + 4 * lineLength));
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
