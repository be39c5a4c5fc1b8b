/** The forms of one verified page (as it is, br, zstd, gzip), each with its headers ready to be sent. */
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Target } from "../edition/target.ts";
import type { Coding } from "./accept-encoding.ts";
import type { Entry } from "./outcome.ts";
import { securityHeaders } from "./security-headers.ts";

export interface Form {
  /** A blob, because Bun sends one without copying it for each answer; that is a fifth of a request's time. */
  readonly body: Blob;
  /** Strong: it names these very bytes. */
  readonly etag: string;
  readonly whole: { readonly status: number; readonly headers: Headers };
}

/** Below this, headers weigh more than what is saved. */
const worthwhileBytesMin = 512;

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** What a page is made of, not a page itself. */
export function isPartType(type: string): boolean {
  return /^(text\/(css|javascript)|application\/javascript|image\/|font\/)/.test(type);
}

export function isCompressible(target: Target): boolean {
  return (
    target.length >= worthwhileBytesMin &&
    /^(text\/|image\/svg\+xml|application\/(json|xml|javascript|[a-z.-]+\+(json|xml)))/.test(target.type)
  );
}

/**
 * On a thread of the pool; the worker goes on answering meanwhile. Higher levels save one or two per cent more and take several
 * times the time and memory (brotli 9: 33 MB for each page that is being compressed; 5: one).
 */
export async function compress(
  coding: Coding,
  body: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  switch (coding) {
    case "br":
      return exact(await brotli(body, { params: brotliParameters(body.length) }));
    case "zstd":
      return exact(await Bun.zstdCompress(body, { level: 9 }));
    case "gzip":
      return exact(await gzipped(body, { level: 6 }));
  }
}

function brotliParameters(length: number): Readonly<Record<number, number>> {
  return {
    [constants.BROTLI_PARAM_QUALITY]: 5,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: length,
    [constants.BROTLI_PARAM_LGWIN]: Math.min(22, Math.max(10, Math.ceil(Math.log2(length)))),
  };
}

/** Compressors return windows onto larger buffers; what is held has to be as large as it is counted. */
function exact(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

export function createForm(
  entry: Entry,
  coding: Coding | undefined,
  body: Uint8Array<ArrayBuffer>,
  tls: boolean,
): Form {
  const etag = entityTag(entry, coding);
  const { status } = entry.target;
  return { body: new Blob([body]), etag, whole: { status, headers: headersOf(entry, coding, etag, tls) } };
}

/** For who has this form already (RFC 9110, section 15.4.5). */
export function notModified(whole: Headers): Response {
  const headers = new Headers(whole);
  for (const name of ["content-type", "content-encoding"]) headers.delete(name);
  return new Response(null, { status: 304, headers });
}

/** Half of the SHA-256 is far beyond what could be guessed or collide by chance. */
export function entityTag({ target }: Entry, coding: Coding | undefined): string {
  return `"${target.sha256.slice(0, 32)}${coding === undefined ? "" : `-${coding}`}"`;
}

export function headersOf(entry: Entry, coding: Coding | undefined, etag: string, tls: boolean): Headers {
  const { target } = entry;
  const headers = new Headers({
    "content-type": target.type,
    // Whatever is withdrawn has to disappear from browsers and proxies too: they ask each time, and get 304.
    "cache-control": "no-cache",
    ...target.headers,
    ...securityHeaders(target.area, target.type, tls),
  });
  if (target.status === 200) {
    headers.set("etag", etag);
    headers.set("accept-ranges", "bytes");
  }
  if (entry.isCompressible) headers.set("vary", "accept-encoding");
  if (coding !== undefined) headers.set("content-encoding", coding);
  return headers;
}
