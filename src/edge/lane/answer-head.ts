/**
 * The head of an answer, read strictly (RFC 9112): what two readers could understand in two ways is no answer at all. Pure.
 */

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
const [tab, space] = [9, 32];

const statusLine = /HTTP\/1\.([01]) ([1-5]\d\d)(?: [\t -~\x80-\xff]*)?/y;
/** Stops before whatever has no place in a value: also before a bare CR or LF, which some readers take for a line's end. */
const fieldLine = /\r\n([!#$%&'*+.^_`|~0-9A-Za-z-]+):[\t ]*([\t -~\x80-\xff]*)/y;

/** `text`: up to the empty line, as Latin-1. Undefined where it is malformed or ambiguous. */
export function readAnswerHead(text: string, method: string): AnswerHead | undefined {
  statusLine.lastIndex = 0;
  const [, minor, digits] = statusLine.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const fields = readFields(text, statusLine.lastIndex);
  if (fields === undefined) return undefined;
  const [lengths, codings]: [string[], string[]] = [[], []];
  let closes = false;
  for (const [name, value] of fields) {
    if (name === "content-length") lengths.push(value);
    else if (name === "transfer-encoding") codings.push(value);
    else if (name === "connection") closes ||= /(^|,)\s*close\s*(,|$)/i.test(value);
  }
  const status = Number(digits);
  const framing = framingOf({ status, method, minor, lengths, codings });
  if (framing === undefined) return undefined;
  return { status, fields, framing, persistent: minor === "1" && !closes && framing.kind !== "until-close" };
}

/** Up to the end of `text`, or there are none. */
function readFields(text: string, from: number): [name: string, value: string][] | undefined {
  const fields: [string, string][] = [];
  for (let at = from; at < text.length; at = fieldLine.lastIndex) {
    fieldLine.lastIndex = at;
    // By place: taking an array apart costs as much as the match.
    const match = fieldLine.exec(text);
    if (match === null || fields.length === fieldsMax) return undefined;
    fields.push([(match[1] ?? "").toLowerCase(), withoutEnd(match[2] ?? "")]);
  }
  return fields;
}

/** Without the spaces and tabs at its end; String.trim() would take bytes of UTF-8 letters away. */
function withoutEnd(value: string): string {
  if (!isBlank(value.charCodeAt(value.length - 1))) return value;
  let end = value.length - 1;
  while (end > 0 && isBlank(value.charCodeAt(end - 1))) end -= 1;
  return value.slice(0, end);
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
