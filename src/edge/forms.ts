/** The forms of one verified page (as it is, br, zstd, gzip), each with its headers ready to be sent. */
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Entry } from "./outcome.ts";
import type { Coding } from "./accept-encoding.ts";
import { securityHeaders } from "./security-headers.ts";

export interface Form {
  /** A blob, because Bun sends one without copying it for each answer; that is a fifth of a request's time. */
  readonly body: Blob;
  /** Strong: it names these very bytes. */
  readonly etag: string;
  readonly whole: { readonly status: number; readonly headers: Headers };
  readonly notModified: { readonly status: 304; readonly headers: Headers };
}

/** Below this, headers weigh more than what is saved. */
const worthwhileBytesMin = 512;
/** Above this, the best quality takes too long for what it saves. */
const bestQualityBytesMax = 256 * 1024;

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

export function isCompressible({ target }: Entry): boolean {
  return (
    target.status !== 301 &&
    target.length >= worthwhileBytesMin &&
    /^(text\/|image\/svg\+xml|application\/(json|xml|javascript|[a-z.-]+\+(json|xml)))/.test(target.type)
  );
}

/** On a thread of the pool; the worker goes on answering meanwhile. */
export async function compress(
  coding: Coding,
  body: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const best = body.length <= bestQualityBytesMax;
  switch (coding) {
    case "br":
      return exact(await brotli(body, { params: brotliParameters(best, body.length) }));
    case "zstd":
      return exact(await Bun.zstdCompress(body, { level: best ? 15 : 6 }));
    case "gzip":
      return exact(await gzipped(body, { level: best ? 9 : 6 }));
  }
}

function brotliParameters(best: boolean, length: number): Readonly<Record<number, number>> {
  return {
    [constants.BROTLI_PARAM_QUALITY]: best ? 9 : 5,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: length,
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
  const headers = headersOf(entry, coding, etag, tls);
  const notModified = new Headers(headers);
  notModified.delete("content-type");
  notModified.delete("content-encoding");
  return {
    body: new Blob([body]),
    etag,
    whole: { status, headers },
    notModified: { status: 304, headers: notModified },
  };
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
  if (isCompressible(entry)) headers.set("vary", "accept-encoding");
  if (coding !== undefined) headers.set("content-encoding", coding);
  return headers;
}
