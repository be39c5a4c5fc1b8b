/** What a browser would make of an answer (WHATWG MIME Sniffing), and which answers are judged whole. */
import type { DocumentKind } from "../facts.ts";

export interface AnswerHead {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: readonly (readonly [string, string])[];
}

/** Bytes that browsers look at. */
const sniffedBytes = 1_445;
/** Tab, line feed, form feed, carriage return, escape. */
const textControls: ReadonlySet<number> = new Set([9, 10, 12, 13, 27]);

const form = /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+$/;

/**
 * In lower case, without parameters; empty where none is said or it is none. Of several, in one field or in many, the last that is one (Fetch,
 * "extract a MIME type"): `video/mp4, text/html` is a page.
 */
export function mediaType({ headers }: Pick<AnswerHead, "headers">): string {
  const said = headers.filter(([name]) => name === "content-type").flatMap(([, value]) => value.split(","));
  const types = said.map((value) => value.split(";", 1)[0]?.trim().toLowerCase() ?? "");
  return types.findLast((type) => form.test(type)) ?? "";
}

/** A browser reads it with an XML parser. */
export function isXml(type: string): boolean {
  return type.endsWith("+xml") || type === "text/xml" || type === "application/xml";
}

export function kindOf(head: AnswerHead, firstBytes: Uint8Array): DocumentKind {
  const type = mediaType(head);
  const sniffs = !head.headers.some(
    ([name, value]) => name === "x-content-type-options" && /^\s*nosniff\s*(,|$)/i.test(value),
  );
  if (type === "" || type === "unknown/unknown" || type === "application/unknown" || type === "*/*") {
    // "nosniff" doesn't keep browsers from guessing where no type is said.
    return sniffed(firstBytes);
  }
  // A server's habit, not its word: browsers look whether it is text at all.
  if (type === "text/plain" && sniffs && looksBinary(firstBytes)) return signature(firstBytes) ?? "other";
  return kindOfType(type);
}

/** Its first false byte must not leave: what a page shows or runs. */
export function isHeldWhole(kind: DocumentKind): boolean {
  return kind !== "other";
}

const types: readonly (readonly [RegExp, DocumentKind])[] = [
  [
    /^(text\/html|application\/xhtml\+xml|multipart\/x-mixed-replace|multipart\/related|message\/rfc822)$/,
    "html",
  ],
  [/^image\/svg(\+xml)?$/, "svg"],
  [/(^text\/|[/+])(javascript|ecmascript|jscript|livescript|x-javascript|x-ecmascript)[\d.]*$/, "script"],
  [/^application\/wasm$/, "script"],
  [/^text\/css$/, "style"],
  [/^text\/xsl$|[/+]xml$/, "xml"],
  [/^(font\/|application\/(x-)?font-|application\/vnd\.ms-fontobject$)/, "font"],
  [/[/+]json$|^text\/x-json$|^application\/manifest$/, "data"],
  [/^text\//, "text"],
  [/^image\//, "image"],
];

function kindOfType(type: string): DocumentKind {
  return types.find(([pattern]) => pattern.test(type))?.[1] ?? "other";
}

const htmlStarts =
  /^[\t\n\f\r ]*<(!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)[\s>]|^[\t\n\f\r ]*<!--/i;

function sniffed(bytes: Uint8Array): DocumentKind {
  const start = text(bytes);
  if (htmlStarts.test(start)) return "html";
  if (/^[\t\n\f\r ]*<\?xml/.test(start)) return "xml";
  return signature(bytes) ?? (looksBinary(bytes) ? "other" : "text");
}

const signatures: readonly (readonly [string, DocumentKind])[] = [
  ["GIF8", "image"],
  ["\x89PNG\r\n\x1a\n", "image"],
  ["\xff\xd8\xff", "image"],
  ["BM", "image"],
  ["\0\0\x01\0", "image"],
  ["\0\0\x02\0", "image"],
  ["wOFF", "font"],
  ["wOF2", "font"],
  ["OTTO", "font"],
  ["ttcf", "font"],
  ["\0\x01\0\0", "font"],
  ["\0asm", "script"],
  ["\xfe\xff", "text"],
  ["\xff\xfe", "text"],
  ["\xef\xbb\xbf", "text"],
];

function signature(bytes: Uint8Array): DocumentKind | undefined {
  const start = text(bytes);
  if (start.startsWith("RIFF") && start.startsWith("WEBPVP", 8)) return "image";
  return signatures.find(([mark]) => start.startsWith(mark))?.[1];
}

/** Bytes that no text has (MIME Sniffing, 7.2). */
function looksBinary(bytes: Uint8Array): boolean {
  if (/^(\xfe\xff|\xff\xfe|\xef\xbb\xbf)/.test(text(bytes.subarray(0, 3)))) return false;
  return bytes.subarray(0, sniffedBytes).some((byte) => byte < 32 && !textControls.has(byte));
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(sniffedBytes, bytes.length)).toString("latin1");
}
