/**
 * The head of an answer, read strictly (RFC 9112): what two readers could understand in two ways is no answer at all. Pure.
 */
import { Remembered } from "../../decision/traits.ts";

/** How the body ends. */
export type AnswerFraming =
  | { readonly kind: "none" }
  | { readonly kind: "length"; readonly bytes: number }
  | { readonly kind: "chunked" }
  | { readonly kind: "until-close" };

export interface AnswerHead {
  readonly status: number;
  /** Names in lower case, in their order; values are Latin-1. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly framing: AnswerFraming;
  /** The connection may carry another request after this. */
  readonly persistent: boolean;
}

export const answerHeadBytesMax = 64 * 1024;
const fieldsMax = 256;
/** Longer names are read anew each time, so that what is remembered stays small. */
const rememberedLengthMax = 64;
const [tab, space] = [9, 32];

const statusLine = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: [\t -~\x80-\xff]*)?$/;
const fieldName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Also a bare CR or LF, which some readers take for a line's end. */
// oxlint-disable-next-line no-control-regex
const forbiddenInValue = /[\0-\x08\x0a-\x1f\x7f]/;

/** `text`: up to the empty line, as Latin-1. Undefined where it is malformed or ambiguous. */
export function readAnswerHead(text: string, method: string): AnswerHead | undefined {
  const lines = text.split("\r\n");
  const [, minor, digits] = statusLine.exec(lines[0] ?? "") ?? [];
  if (digits === undefined || lines.length > fieldsMax + 1) return undefined;
  const fields: (readonly [string, string])[] = [];
  const [lengths, codings]: [string[], string[]] = [[], []];
  let closes = false;
  for (let at = 1; at < lines.length; at += 1) {
    const field = readField(lines[at] ?? "");
    if (field === undefined) return undefined;
    fields.push(field);
    const [name, value] = field;
    if (name === "content-length") lengths.push(value);
    else if (name === "transfer-encoding") codings.push(value);
    else if (name === "connection") closes ||= /(^|,)\s*close\s*(,|$)/i.test(value);
  }
  const status = Number(digits);
  const framing = framingOf({ status, method, minor, lengths, codings });
  if (framing === undefined) return undefined;
  return { status, fields, framing, persistent: minor === "1" && !closes && framing.kind !== "until-close" };
}

function readField(line: string): readonly [string, string] | undefined {
  const colon = line.indexOf(":");
  const written = line.slice(0, Math.max(0, colon));
  const name = written.length > rememberedLengthMax ? inLowerCase(written) : names.of(written);
  const value = trimmed(line, colon + 1);
  return name === "" || forbiddenInValue.test(value) ? undefined : [name, value];
}

/** Servers send the same few names again and again. */
const names = new Remembered(inLowerCase, 512);

/** Empty where it is no field's name. */
function inLowerCase(name: string): string {
  return fieldName.test(name) ? name.toLowerCase() : "";
}

/** Without the spaces and tabs around it; String.trim() would take bytes of UTF-8 letters away. */
function trimmed(line: string, from: number): string {
  let [start, end] = [from, line.length];
  while (start < end && isBlank(line.charCodeAt(start))) start += 1;
  while (end > start && isBlank(line.charCodeAt(end - 1))) end -= 1;
  return line.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === space || code === tab;
}

interface FramingFields {
  readonly status: number;
  readonly method: string;
  readonly minor: string | undefined;
  readonly lengths: readonly string[];
  readonly codings: readonly string[];
}

/** RFC 9112, section 6.3, without its leniencies: lengths that are repeated or beside a coding are how answers are split. */
function framingOf({ status, method, minor, lengths, codings }: FramingFields): AnswerFraming | undefined {
  const [length] = lengths;
  if (lengths.length > 1 || codings.length > 1) return undefined;
  if (length !== undefined && (codings.length > 0 || !/^\d{1,15}$/.test(length))) return undefined;
  if (codings[0] !== undefined && (minor === "0" || codings[0].toLowerCase() !== "chunked")) return undefined;
  if (method === "HEAD" || status < 200 || status === 204 || status === 304) return { kind: "none" };
  if (codings.length > 0) return { kind: "chunked" };
  return length === undefined ? { kind: "until-close" } : { kind: "length", bytes: Number(length) };
}
