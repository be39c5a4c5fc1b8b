/**
 * Inline code and styles as a shape (what it does) and its literals (what it does it with): a nonce, a date, a list that changes on each
 * load is no new script.
 *
 * A literal is never lost: what is cut keeps a hash. So whoever fools this reading of JavaScript moves code among the literals, where it
 * is seen; where a "/" may begin a pattern or divide, comments count from there on.
 */
import { sha256 } from "../../base/bytes.ts";
import type { InlineCode } from "../facts.ts";
import { shortened } from "./reference.ts";

const literalsMax = 100;
const literalLength = 100;
/** A list or object of nothing but values is one literal if it has more of them. */
const dataLiteralsMax = 40;

const [doubleQuote, singleQuote, hash, dot, slash, star, backslash, backtick] = [
  34, 39, 35, 46, 47, 42, 92, 96,
];
const [lineFeed, carriageReturn, colon, comma, minus, dollar] = [10, 13, 58, 44, 45, 36];
const [openRound, closeRound, openSquare, closeSquare, openCurly, closeCurly] = [40, 41, 91, 93, 123, 125];

/** Behind these a "/" begins a pattern. */
const operators: ReadonlySet<number> = new Set(Buffer.from("(,=:[!&|?{;+-*%<>~^"));
const beforePattern: ReadonlySet<string> = new Set(
  "return typeof case in of delete void throw new do else instanceof yield await".split(" "),
);
const values: ReadonlySet<string> = new Set(["true", "false", "null", "undefined"]);

const spaces = 1;
const words = 2;
const digits = 3;
const classes = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
  const sign = String.fromCharCode(code);
  if (code <= 32) classes[code] = spaces;
  else if (/[A-Za-z_$]/.test(sign)) classes[code] = words;
  else if (/\d/.test(sign)) classes[code] = digits;
}

export function inlineCode(kind: InlineCode["kind"], code: string): InlineCode {
  const { shape, literals } = new CodeReader(code, kind === "style").read();
  return { kind, shape, literals, bytes: code.length };
}

interface Group {
  readonly code: number;
  readonly from: number;
  readonly piece: number;
  readonly literal: number;
  isData: boolean;
  /** `${` within a template. */
  readonly isHole: boolean;
}

class CodeReader {
  readonly #code: string;
  readonly #isStyle: boolean;
  readonly #pieces: string[] = [];
  /** Where each literal begins and ends, by turns. */
  readonly #literals: number[] = [];
  readonly #groups: Group[] = [];
  #at = 0;
  #canPattern: "yes" | "no" | "unsure" = "yes";
  #commentsCount = false;

  constructor(code: string, isStyle: boolean) {
    this.#code = code;
    this.#isStyle = isStyle;
  }

  read(): { shape: string; literals: string[] } {
    const { length } = this.#code;
    while (this.#at < length) this.#step(this.#code.charCodeAt(this.#at));
    return { shape: sha256(this.#pieces.join("\u0001")).slice(0, 32), literals: this.#texts() };
  }

  #step(code: number): void {
    const kind = code < 128 ? classes[code] : words;
    if (kind === spaces) this.#at += 1;
    else if (kind === words) this.#word();
    else if (kind === digits) this.#number();
    else if (code === doubleQuote || code === singleQuote) this.#string(code);
    else if (code === slash) this.#slash();
    else if (code === backtick && !this.#isStyle) this.#template();
    else if (code === openSquare || code === openCurly || code === openRound) this.#open(code, false);
    else if (code === closeSquare || code === closeCurly || code === closeRound) this.#close(code);
    else this.#sign(code);
  }

  #word(): void {
    const from = this.#at;
    this.#at = this.#wordEnd(from);
    const word = this.#code.slice(from, this.#at);
    this.#pieces.push(word);
    this.#canPattern = beforePattern.has(word) ? "yes" : "no";
    if (this.#isStyle) {
      if (word === "url" && this.#code.charCodeAt(this.#at) === openRound) this.#url();
    } else if (this.#code.charCodeAt(this.#at) !== colon && !values.has(word)) this.#isNoData();
  }

  #wordEnd(from: number): number {
    const code = this.#code;
    let at = from + 1;
    while (at < code.length) {
      const sign = code.charCodeAt(at);
      const kind = sign < 128 ? classes[sign] : words;
      if (kind !== words && kind !== digits && !(this.#isStyle && sign === minus)) break;
      at += 1;
    }
    return at;
  }

  #number(): void {
    const from = this.#at;
    let at = this.#wordEnd(from);
    while (this.#code.charCodeAt(at) === dot) at = this.#wordEnd(at);
    this.#at = at;
    this.#literal("0", from, at);
  }

  /** `url(` as in a style sheet. */
  #url(): void {
    const close = this.#code.indexOf(")", this.#at);
    const end = close < 0 ? this.#code.length : close;
    this.#literals.push(this.#at + 1, end);
    this.#at = end;
  }

  #string(quote: number): void {
    const code = this.#code;
    const from = this.#at;
    let at = from + 1;
    while (at < code.length) {
      const sign = code.charCodeAt(at);
      if (sign === quote || sign === lineFeed || sign === carriageReturn) break;
      at += sign === backslash ? 2 : 1;
    }
    const isWhole = code.charCodeAt(at) === quote;
    this.#at = Math.min(isWhole ? at + 1 : at, code.length);
    this.#literal('"', from + 1, Math.min(at, code.length));
    // No browser runs it.
    if (!isWhole) this.#pieces.push("unclosed");
  }

  #slash(): void {
    const next = this.#code.charCodeAt(this.#at + 1);
    if (next === star) this.#comment(this.#code.indexOf("*/", this.#at + 2), 2);
    else if (this.#isStyle) this.#sign(slash);
    else if (next === slash) this.#comment(lineEnd(this.#code, this.#at), 0);
    else if (this.#canPattern === "yes") this.#pattern();
    else {
      if (this.#canPattern === "unsure") this.#commentsCount = true;
      this.#sign(slash);
    }
  }

  #comment(end: number, markLength: number): void {
    const from = this.#at;
    this.#at = end < 0 ? this.#code.length : end + markLength;
    if (this.#commentsCount) this.#pieces.push(this.#code.slice(from, this.#at));
  }

  /** A regular expression counts as code. */
  #pattern(): void {
    const code = this.#code;
    const from = this.#at;
    let at = from + 1;
    let inClass = false;
    while (at < code.length) {
      const sign = code.charCodeAt(at);
      if (sign === lineFeed || sign === carriageReturn || (sign === slash && !inClass)) break;
      if (sign === openSquare) inClass = true;
      else if (sign === closeSquare) inClass = false;
      at += sign === backslash ? 2 : 1;
    }
    this.#at = Math.min(at + 1, code.length);
    this.#pieces.push(code.slice(from, this.#at));
    this.#canPattern = "no";
    this.#isNoData();
  }

  /** From "`", or from the "}" that ends a hole in it. */
  #template(): void {
    const code = this.#code;
    const from = this.#at + 1;
    let at = from;
    while (at < code.length) {
      const sign = code.charCodeAt(at);
      if (sign === backtick || (sign === dollar && code.charCodeAt(at + 1) === openCurly)) break;
      at += sign === backslash ? 2 : 1;
    }
    at = Math.min(at, code.length);
    this.#literal("`", from, at);
    this.#isNoData();
    this.#at = at + 1;
    if (code.charCodeAt(at) !== dollar) return;
    this.#open(openCurly, true);
  }

  #open(code: number, isHole: boolean): void {
    this.#groups.push({
      code,
      from: this.#at,
      piece: this.#pieces.length,
      literal: this.#literals.length,
      isData: !this.#isStyle && !isHole && code !== openRound,
      isHole,
    });
    this.#pieces.push(isHole ? "${" : String.fromCharCode(code));
    this.#at += 1;
    this.#canPattern = "yes";
  }

  #close(code: number): void {
    const group = this.#groups.pop();
    if (group?.isHole === true && code === closeCurly) {
      this.#pieces.push("}");
      this.#template();
      return;
    }
    this.#pieces.push(String.fromCharCode(code));
    this.#at += 1;
    this.#canPattern = code === closeSquare ? "no" : "unsure";
    if (group === undefined) return;
    if (group.isData) this.#data(group);
    else this.#isNoData();
  }

  /** Nothing but values: however many there are, its shape is the same. */
  #data({ code, from, piece, literal }: Group): void {
    this.#pieces.length = piece;
    this.#pieces.push("data");
    const isLong = this.#literals.length - literal > 2 * dataLiteralsMax;
    if (this.#literals.length === literal || (code === openCurly && !isLong)) return;
    this.#literals.length = literal;
    this.#literals.push(from, this.#at);
  }

  #sign(code: number): void {
    const from = this.#at;
    if (this.#isStyle && code === hash) {
      this.#at = this.#wordEnd(from);
      this.#literal("#", from, this.#at);
      return;
    }
    this.#at += 1;
    this.#pieces.push(this.#code.slice(from, this.#at));
    this.#canPattern = operators.has(code) ? "yes" : "no";
    if (code !== colon && code !== comma && code !== minus) this.#isNoData();
  }

  #literal(sign: string, from: number, to: number): void {
    this.#pieces.push(sign);
    this.#literals.push(from, to);
    this.#canPattern = "no";
  }

  #isNoData(): void {
    const group = this.#groups.at(-1);
    if (group !== undefined) group.isData = false;
  }

  #texts(): string[] {
    const all = this.#literals;
    const texts: string[] = [];
    for (let at = 0; at < all.length && texts.length < literalsMax; at += 2) {
      texts.push(shortened(this.#code.slice(all[at], all[at + 1]), literalLength));
    }
    const rest = all[2 * literalsMax];
    if (rest !== undefined) texts.push(`…${sha256(this.#code.slice(rest)).slice(0, 16)}`);
    return texts;
  }
}

function lineEnd(code: string, from: number): number {
  const ends = /[\n\r\u2028\u2029]/g;
  ends.lastIndex = from;
  return ends.exec(code)?.index ?? -1;
}
